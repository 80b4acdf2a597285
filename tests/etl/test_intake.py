"""The committed facts as they come out of the intake, and what hand edits in other styles make of them."""

import json
from datetime import date

import polars as pl
from polars.testing import assert_frame_equal

from etl.contracts import TABLES
from etl.sources.intake import Facts, load_facts
from tests.etl.data_folder import DATA, ISSUANCES, PARTNERS, PROJECTS, DataFolder


def row(facts: Facts, name: str, key: str) -> dict[str, object]:
    frame = facts.frames[name]
    return frame.filter(pl.col(frame.columns[0]) == key).row(0, named=True)


def test_every_committed_row_is_kept() -> None:
    facts = load_facts(DATA)
    assert facts.rejected == []
    assert facts.remarks == []
    assert set(facts.frames) == {table.name for table in TABLES if table.is_read}
    files = facts.source_files()
    assert files.filter(pl.col("rows_kept") != pl.col("rows_read")).is_empty()
    assert files["rows_read"].sum() == sum(frame.height for frame in facts.frames.values())
    assert {name: facts.frames[name].height for name in ("project", "issuance", "partner_country")} == {
        "project": 282,
        "issuance": 46,
        "partner_country": 31,
    }


def test_missing_is_null_and_never_zero() -> None:
    facts = load_facts(DATA)
    assert facts.frames["issuance"]["total_tco2"].null_count() > 0
    assert 0 not in facts.frames["issuance"]["total_tco2"]
    for frame in facts.frames.values():
        for column in frame.iter_columns():
            assert column.dtype != pl.String or "" not in column


def test_a_month_keeps_its_precision_and_an_interval_its_ends() -> None:
    facts = load_facts(DATA)
    signed = row(facts, "partner_country", "ARE")
    assert signed["signed_precision"] == "interval"
    assert signed["signed_from_on"] < signed["signed_to_on"]  # type: ignore[operator]
    months = facts.frames["project"].filter(pl.col("operation_start_precision") == "month")
    assert months.height > 0
    assert (months["operation_start_on"].dt.day() == 1).all()


def test_corrections_are_in_the_rows() -> None:
    facts = load_facts(DATA)
    assert row(facts, "issuance", "MN003-2")["partner_issued_on"] == date(2022, 2, 22)
    pending = facts.frames["issuance"].filter("is_partner_issuance_pending")
    assert pending["issuance_id"].to_list() == ["MN001-3", "MN002-3", "MN006-1"]


def test_one_fact_in_any_style_is_one_fact(data: DataFolder) -> None:
    data.set(
        PROJECTS,
        "BD003",
        est_annual_tco2="１,５１８ t-CO2",
        registered_on="平成31年4月4日",
        fy_selected="2015年度",
    )
    data.set(ISSUANCES, "BD002-1", decided_on="28 March 2022", period_start="2017/3/1", period_end="R1.7.31")
    data.set(PARTNERS, "MNG", signed_on="2013年1月8日(火)")
    facts = load_facts(data.path)
    assert facts.rejected == []
    as_committed = load_facts(DATA)
    for name, frame in as_committed.frames.items():
        assert_frame_equal(facts.frames[name], frame)
    assert facts.remarks == [
        f"{file} was changed since its descriptor was written: the hash differs."
        for file in (PARTNERS, PROJECTS, ISSUANCES)
    ]


def test_a_file_saved_by_a_spreadsheet_in_japan_holds_the_same_rows(data: DataFolder) -> None:
    for file in ("vocabulary/technologies.csv", "vocabulary/sector_names.csv", "vocabulary/programmes.csv"):
        data.write(file, data.content(file).decode().replace("\n", "\r\n").encode("cp932"))
    data.write(PROJECTS, b"\xef\xbb\xbf" + data.content(PROJECTS).replace(b"\n", b"\r\n"))
    facts = load_facts(data.path)
    as_committed = load_facts(DATA)
    for name, frame in as_committed.frames.items():
        assert_frame_equal(facts.frames[name], frame)


def test_formulas_and_html_stay_text(data: DataFolder) -> None:
    formula, html = '=HYPERLINK("http://example.org","x")', "<script>alert(1)</script><b>Boilers</b> & more"
    data.set(
        PROJECTS, "BD001", title_en=html, note=formula, location="+81-3", partner_participants="@SUM(A1:A9)"
    )
    facts = load_facts(data.path)
    assert facts.rejected == []
    found = row(facts, "project", "BD001")
    assert (found["title_en"], found["note"]) == (html, formula)
    assert (found["location"], found["partner_participants"]) == ("+81-3", "@SUM(A1:A9)")


def test_the_order_of_columns_does_not_matter(data: DataFolder) -> None:
    data.write_rows(ISSUANCES, [row[::-1] for row in data.rows(ISSUANCES)])
    assert_frame_equal(load_facts(data.path).frames["issuance"], load_facts(DATA).frames["issuance"])


def test_a_rejected_row_is_kept_whole(data: DataFolder) -> None:
    line = data.set(PROJECTS, "BD003", est_annual_tco2="12,34", note="kept word for word")
    facts = load_facts(data.path)
    (reason,) = [r for r in facts.rejected if r.table_name == "project"]
    assert (reason.file, reason.line, reason.column, reason.value) == (
        PROJECTS,
        line,
        "est_annual_tco2",
        "12,34",
    )
    whole = json.loads(reason.row_json)
    assert whole["note"] == "kept word for word"
    assert list(whole) == data.rows(PROJECTS)[0]
    (file,) = [f for f in facts.source_files().iter_rows(named=True) if f["file"] == PROJECTS]
    assert (file["rows_read"], file["rows_kept"], file["rows_rejected"]) == (282, 281, 1)


def test_a_row_with_several_faults_tells_each_and_counts_once(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", fy_selected="long ago", registered_on="03/04/2025", latitude="north")
    facts = load_facts(data.path)
    reasons = [r for r in facts.rejected if r.table_name == "project"]
    assert [r.column for r in reasons] == ["latitude", "fy_selected", "registered_on"]
    counts = {f["file"]: f["rows_rejected"] for f in facts.source_files().iter_rows(named=True)}
    assert counts[PROJECTS] == 1
