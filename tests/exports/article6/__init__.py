"""Tests of the agreed electronic format."""
