"""Fixtures of the tests of refreshing."""

from pathlib import Path

import pytest

from tests.etl.data_folder import DataFolder, data
from tests.etl.refresh.lists_of_the_record import Sources, listed

__all__ = ["data"]


@pytest.fixture
def sources(data: DataFolder, tmp_path: Path) -> Sources:
    """The list of projects as the record has it, to be changed."""
    found = Sources(data.path, tmp_path / "sources")
    found.save_list(listed(data.path))
    return found
