"""Tonnes never enter or leave the record without a word: what moved, by whom, and how to acknowledge it."""

import shutil
from pathlib import Path

import pytest

from etl.sources.stops import BuildStopped
from etl.warehouse.build import build
from tests.etl.data_folder import ISSUANCES, PROJECTS, DataFolder

ACKNOWLEDGED = "acknowledged/findings.csv"


@pytest.fixture
def folder(warehouse_dir: Path, tmp_path: Path) -> Path:
    """A warehouse folder with the committed facts published."""
    copy = tmp_path / "warehouse"
    shutil.copytree(warehouse_dir, copy, symlinks=True)
    return copy


def stopped(data: DataFolder, folder: Path) -> BuildStopped:
    with pytest.raises(BuildStopped) as raised:
        build(data.path, folder)
    return raised.value


def acknowledge(data: DataFolder, *cells: str) -> None:
    row = [*cells, "a test", "試験", "2026-11-29"]
    data.write_rows(ACKNOWLEDGED, [*data.rows(ACKNOWLEDGED), row])


def test_an_event_that_leaves_is_told_with_its_tonnes_and_stops_the_build(
    data: DataFolder, folder: Path
) -> None:
    before = (folder / "current.duckdb").resolve()
    data.remove(ISSUANCES, "MN004-1")
    told = stopped(data, folder)
    assert "MN004-1 -8,947 t" in told.message_en
    assert "MNG notified" in told.message_en
    assert "MN004-1 -8,947 t" in told.message_ja
    assert (folder / "current.duckdb").resolve() == before


def test_a_reason_given_with_the_command_lets_it_pass(data: DataFolder, folder: Path) -> None:
    data.remove(ISSUANCES, "MN004-1")
    assert build(data.path, folder, acknowledged="withdrawn by the ministry").is_new


def test_a_committed_line_acknowledges_one_value_and_no_other(data: DataFolder, folder: Path) -> None:
    data.remove(ISSUANCES, "MN004-1")
    lines = [
        line.rpartition("[")[2].rstrip("]").split(",")
        for line in stopped(data, folder).message_en.splitlines()
        if "[WHOLE-" in line
    ]
    assert lines
    for code, key, value in lines:
        acknowledge(data, code, key, str(int(value) + 1))
    stopped(data, folder)
    for cells in lines:
        acknowledge(data, *cells)
    assert build(data.path, folder).is_new


def test_a_change_that_moves_no_figure_passes_and_a_dash_in_an_optional_cell_moves_none(
    data: DataFolder, folder: Path
) -> None:
    data.set(PROJECTS, "VN017", note="looked at again")
    data.set(PROJECTS, "MN003", location="－", methodology="未定")
    assert build(data.path, folder).is_new


def test_a_cell_with_tonnes_that_cannot_be_read_stops_even_the_first_build(
    data: DataFolder, tmp_path: Path
) -> None:
    line = data.set(ISSUANCES, "MN003-2", total_tco2="35.419,0")
    told = stopped(data, tmp_path / "first")
    assert f"{ISSUANCES}, line {line}" in told.message_en
    assert "MN003-2" in told.message_en
