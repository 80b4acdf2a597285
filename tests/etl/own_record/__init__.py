"""Tests of an own record laid over the public one."""
