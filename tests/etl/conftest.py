"""Fixtures of the tests of the build."""

from tests.etl.data_folder import data

__all__ = ["data"]
