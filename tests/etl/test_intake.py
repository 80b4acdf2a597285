"""The committed facts as they come out of the intake, and what hand edits in other styles make of them."""

import json
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from etl.contracts import TABLES
from etl.sources.intake import Facts, load_facts
from tests.etl.data_folder import DATA, ISSUANCES, PARTNERS, PROJECTS, DataFolder

FULL_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


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
    assert all(facts.frames[name].height for name in ("project", "issuance", "partner_country"))


def test_missing_is_null_and_never_zero() -> None:
    facts = load_facts(DATA)
    assert facts.frames["issuance"]["total_tco2"].null_count() > 0
    assert 0 not in facts.frames["issuance"]["total_tco2"]
    for frame in facts.frames.values():
        for column in frame.iter_columns():
            assert column.dtype != pl.String or "" not in column


def test_a_month_keeps_its_precision_and_an_interval_its_ends(data: DataFolder) -> None:
    data.set(PARTNERS, "MNG", signed_on="2013-01-06/2013-01-08", signed_on_precision="interval")
    facts = load_facts(data.path)
    signed = row(facts, "partner_country", "MNG")
    assert (signed["signed_from_on"], signed["signed_to_on"]) == (date(2013, 1, 6), date(2013, 1, 8))
    months = facts.frames["project"].filter(pl.col("operation_start_precision") == "month")
    assert months.height > 0
    assert (months["operation_start_on"].dt.day() == 1).all()


def test_corrections_are_in_the_rows() -> None:
    facts = load_facts(DATA)
    assert row(facts, "issuance", "MN003-2")["partner_issued_on"] == date(2022, 2, 22)
    pending = facts.frames["issuance"].filter("is_partner_issuance_pending")
    assert pending["issuance_id"].to_list() == ["MN001-3", "MN002-3", "MN006-1"]


def test_one_fact_in_any_style_is_one_fact(data: DataFolder) -> None:
    estimate = row(load_facts(DATA), "project", "BD003")["est_annual_tco2"]
    written = f"{estimate:,} t-CO2".translate(FULL_WIDTH_DIGITS)
    data.set(
        PROJECTS,
        "BD003",
        est_annual_tco2=written,
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
    assert facts.remarks[:3] == [
        f"{file} was changed since its descriptor was written: the hash differs."
        for file in (PARTNERS, PROJECTS, ISSUANCES)
    ]
    assert set(facts.readings.select("column", "text", "read").rows()) == {
        ("signed_on", "2013年1月8日(火)", "2013-01-08/2013-01-08"),
        ("est_annual_tco2", written, f"{estimate:,}"),
        ("registered_on", "平成31年4月4日", "2019-04-04"),
        ("fy_selected", "2015年度", "2015"),
        ("decided_on", "28 March 2022", "2022-03-28"),
        ("period_start", "2017/3/1", "2017-03-01"),
        ("period_end", "R1.7.31", "2019-07-31"),
    }


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


@pytest.mark.parametrize(
    ("text", "read"),
    [("約1,518", "1,518"), ("1,518※1", "1,518"), ("1.518 kt/年", "1,518"), ("―", "not stated")],
)
def test_what_was_read_otherwise_than_it_stands_is_remarked_on(
    text: str, read: str, data: DataFolder
) -> None:
    line = data.set(PROJECTS, "BD003", est_annual_tco2=text)
    facts = load_facts(data.path)
    assert f"{PROJECTS}, line {line}, column est_annual_tco2: “{text}” is read as {read}." in facts.remarks
    assert facts.readings.filter(pl.col("text") == text).select("file", "line").rows() == [(PROJECTS, line)]


def test_many_remarks_on_one_column_are_summed_up(data: DataFolder) -> None:
    header, *rows = data.rows(PROJECTS)
    at = header.index("note")
    data.write_rows(PROJECTS, [header, *([*row[:at], "－", *row[at + 1 :]] for row in rows)])
    facts = load_facts(data.path)
    assert facts.rejected == []
    assert facts.frames["project"]["note"].null_count() == len(rows) == facts.readings.height
    assert (
        facts.remarks[-1]
        == f"{PROJECTS}, column note: {len(rows) - 20} more cells are not in plain form either."
    )


@pytest.mark.parametrize("text", ["－", "N/A", "未定", "…"])
def test_what_is_not_stated_is_null_and_costs_nothing(text: str, data: DataFolder) -> None:
    as_committed = load_facts(data.path)
    data.set(PROJECTS, "BD003", fy_selected=text)
    facts = load_facts(data.path)
    assert row(facts, "project", "BD003")["fy_selected"] is None
    assert facts.frames["project"].height == as_committed.frames["project"].height
    assert facts.frames["issuance"].equals(as_committed.frames["issuance"])
    assert not [reason for reason in facts.rejected if reason.table_name == "project"]


def test_words_that_only_look_like_nothing_stay_text(data: DataFolder) -> None:
    texts = {"note": "NA", "location": "なし", "jp_participants": "未定の会社"}
    data.set(PROJECTS, "BD003", **texts)
    found = row(load_facts(data.path), "project", "BD003")
    assert {name: found[name] for name in texts} == texts


def test_a_rejected_row_is_kept_whole(data: DataFolder) -> None:
    line = data.set(PROJECTS, "BD003", in_target_scope="perhaps", note="kept word for word")
    facts = load_facts(data.path)
    (reason,) = [r for r in facts.rejected if r.table_name == "project"]
    assert (reason.file, reason.line, reason.level, reason.column, reason.value) == (
        PROJECTS,
        line,
        "row",
        "in_target_scope",
        "perhaps",
    )
    whole = json.loads(reason.row_json)
    assert whole["note"] == "kept word for word"
    assert list(whole) == data.rows(PROJECTS)[0]
    (file,) = [f for f in facts.source_files().iter_rows(named=True) if f["file"] == PROJECTS]
    assert (file["rows_kept"], file["rows_rejected"]) == (file["rows_read"] - 1, 1)


def test_a_row_with_several_faults_tells_each_and_counts_once(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", fy_selected="long ago", in_target_scope="perhaps", latitude="north")
    facts = load_facts(data.path)
    reasons = [r for r in facts.rejected if r.table_name == "project"]
    assert [(r.column, r.level) for r in reasons] == [
        ("latitude", "row"),
        ("fy_selected", "row"),
        ("in_target_scope", "row"),
    ]
    counts = {f["file"]: f["rows_rejected"] for f in facts.source_files().iter_rows(named=True)}
    assert counts[PROJECTS] == 1
