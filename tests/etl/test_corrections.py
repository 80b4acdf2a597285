"""Corrections are made on the text, say what they expect to find, and stop the build once it is no longer there."""

from datetime import date

import polars as pl
import pytest

from etl.sources.intake import load_facts
from etl.sources.stops import BuildStopped
from tests.etl.data_folder import ISSUANCES, PROJECTS, DataFolder

CORRECTIONS = "corrections/corrections.csv"
SOURCE = "gh-ctsdb-issuance-records"


def correct(data: DataFolder, table: str, key: str, field: str, change: tuple[str, str]) -> None:
    data.write_rows(
        CORRECTIONS,
        [*data.rows(CORRECTIONS), ["C900", table, key, field, *change, "A reason.", "理由。", SOURCE]],
    )


def stop(data: DataFolder) -> BuildStopped:
    with pytest.raises(BuildStopped) as stopped:
        load_facts(data.path)
    return stopped.value


def value(data: DataFolder, table: str, key: str, column: str) -> object:
    frame = load_facts(data.path).frames[table]
    return frame.filter(pl.col(frame.columns[0]) == key)[column].item()


def test_a_correction_changes_the_cell_it_names(data: DataFolder) -> None:
    correct(data, "project", "BD003", "location", ("", "Gazipur"))
    assert value(data, "project", "BD003", "location") == "Gazipur"


def test_a_new_value_is_read_like_any_other_text(data: DataFolder) -> None:
    correct(data, "issuance", "BD002-1", "issued_on", ("", "令和4年4月"))
    frame = load_facts(data.path).frames["issuance"].filter(pl.col("issuance_id") == "BD002-1")
    assert frame.select("issued_on", "issued_precision").row(0) == (date(2022, 4, 1), "month")


def test_a_value_can_be_taken_away(data: DataFolder) -> None:
    correct(data, "issuance", "BD002-1", "japan_government_tco2", ("73", ""))
    assert value(data, "issuance", "BD002-1", "japan_government_tco2") is None


def test_a_column_under_another_heading_is_named_as_in_the_table(data: DataFolder) -> None:
    correct(data, "project", "BD003", "sector_number", ("4", "3"))
    assert value(data, "project", "BD003", "sector_number") == 3


def test_a_row_of_a_key_of_several_columns_can_be_named(data: DataFolder) -> None:
    correct(
        data, "project_claim", "BD001;fy_selected;2014;nies-15296", "claim_scope", ("project", "inferred")
    )
    claims = load_facts(data.path).frames["project_claim"]
    claim = claims.filter((pl.col("project_id") == "BD001") & (pl.col("field") == "fy_selected"))
    assert claim["claim_scope"].to_list() == ["inferred"]


def test_what_was_made_is_in_the_table_of_corrections(data: DataFolder) -> None:
    correct(data, "project", "BD003", "location", ("", "Gazipur"))
    last = load_facts(data.path).frames["correction"].row(-1, named=True)
    assert (last["table_name"], last["expected_old"], last["new_value"]) == ("project", None, "Gazipur")
    assert (last["reason_en"], last["reason_ja"]) == ("A reason.", "理由。")


@pytest.mark.parametrize(
    ("expected", "now"),
    [("Chattogram", "Dhaka suburbs"), ("", "Dhaka suburbs"), ("dhaka suburbs", "Dhaka suburbs")],
)
def test_a_correction_whose_old_value_is_gone_stops_the_build(
    expected: str, now: str, data: DataFolder
) -> None:
    correct(data, "project", "BD001", "location", (expected, "Dhaka"))
    stopped = stop(data)
    assert stopped.message_en == (
        f"Correction C900 no longer fits: {PROJECTS}, line 2, column location holds “{now}”, expected “{expected}”."
        f" Look at the source again, then remove or renew the correction in data/{CORRECTIONS}."
    )
    assert "訂正 C900 の前提が変わりました。" in stopped.message_ja
    assert f"「{expected}」が期待されています" in stopped.message_ja


def test_a_source_that_was_repaired_stops_the_build(data: DataFolder) -> None:
    data.set(CORRECTIONS, "C001", expected_old="2022-02-21")
    assert "Correction C001 no longer fits" in stop(data).message_en


@pytest.mark.parametrize(
    ("table", "key", "field", "message"),
    [
        ("projects", "BD001", "location", "the table projects is not read from files"),
        ("reduction", "BD001", "tco2", "the table reduction is not read from files"),
        ("project", "BD999", "location", "project has no row BD999"),
        ("project", "BD001", "place", "project has no column place"),
        ("project", "BD001", "sectoral_scope", "project has no column sectoral_scope"),
    ],
)
def test_a_correction_without_a_place_stops_the_build(
    table: str, key: str, field: str, message: str, data: DataFolder
) -> None:
    correct(data, table, key, field, ("", "x"))
    stopped = stop(data)
    assert stopped.message_en == f"Correction C900 has no place: {message}. Mend data/{CORRECTIONS}."
    assert stopped.message_ja.startswith("訂正 C900 の対象がありません")


def test_a_correction_of_a_row_that_stands_twice_stops_the_build(data: DataFolder) -> None:
    line = data.repeat(ISSUANCES, "MN003-2")
    assert "issuance has the row MN003-2 more than once, on lines" in stop(data).message_en
    assert str(line) in stop(data).message_en


def test_a_correction_cannot_bring_in_what_the_contract_refuses(data: DataFolder) -> None:
    held = str(value(data, "project", "BD003", "est_annual_tco2"))
    correct(data, "project", "BD003", "est_annual_tco2", (held, "3,000,000"))
    facts = load_facts(data.path)
    reason = next(r for r in facts.rejected if r.table_name == "project")
    assert "found “3,000,000”. Expected 1 to 2,000,000 tCO2." in reason.message_en
    project = facts.frames["project"].filter(pl.col("project_id") == "BD003")
    assert project["est_annual_tco2"].to_list() == [None]


def test_a_correction_without_a_source_that_exists_stops_the_build(data: DataFolder) -> None:
    data.set(CORRECTIONS, "C001", source_id="nowhere")
    assert "nowhere is not in source." in stop(data).message_en


def test_two_corrections_of_one_cell_follow_each_other(data: DataFolder) -> None:
    correct(data, "project", "BD001", "location", ("Dhaka suburbs", "Dhaka"))
    data.write_rows(
        CORRECTIONS,
        [
            *data.rows(CORRECTIONS),
            ["C901", "project", "BD001", "location", "Dhaka", "Savar", "r", "理由", SOURCE],
        ],
    )
    assert value(data, "project", "BD001", "location") == "Savar"
