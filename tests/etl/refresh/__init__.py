"""Tests of refreshing."""
