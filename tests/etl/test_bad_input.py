"""Files spoiled as files are spoiled. Each test reads the message: file, line, column, value, what was expected."""

import json
import re
from collections.abc import Mapping, Sequence

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.contracts import TABLES, table
from etl.sources.cells import cell_names
from etl.sources.intake import Facts, load_facts
from etl.sources.limits import Limits
from etl.sources.quarantine import Rejected, tonnes_at_stake
from etl.sources.rule_messages import message_of
from etl.sources.stops import BuildStopped
from etl.warehouse.build import prepare
from tests.etl.data_folder import ISSUANCES, PARTNERS, PROJECTS, DataFolder

SOURCES = "snapshot/sources.csv"
AGGREGATES = "snapshot/aggregates.csv"
SECTORS = "snapshot/sectoral_scopes.csv"
MILESTONES = "snapshot/milestones.csv"
# So that one spoiled row of a small table does not stop the whole.
PATIENT = Limits(max_reject_share=0.5)


def reasons_of(facts: Facts, key: str) -> list[Rejected]:
    return [r for r in facts.rejected if next(iter(json.loads(r.row_json).values())) == key]


def project(facts: Facts, key: str) -> dict[str, object]:
    return facts.frames["project"].filter(pl.col("project_id") == key).row(0, named=True)


def stop(data: DataFolder, limits: Limits | None = None) -> BuildStopped:
    with pytest.raises(BuildStopped) as stopped:
        load_facts(data.path, limits)
    return stopped.value


def test_a_missing_file_stops_the_build(data: DataFolder) -> None:
    (data.path / ISSUANCES).unlink()
    stopped = stop(data)
    assert stopped.message_en.startswith(f"{ISSUANCES} is missing.")
    assert stopped.message_ja.startswith(f"{ISSUANCES} がありません。")


def test_an_empty_file_stops_the_build(data: DataFolder) -> None:
    data.write(PROJECTS, b"")
    assert stop(data).message_en.startswith(
        f"{PROJECTS} is empty. Expected a heading with the columns project_id, "
    )


def test_a_file_with_a_heading_alone_stops_the_build(data: DataFolder) -> None:
    data.write_rows(MILESTONES, data.rows(MILESTONES)[:1])
    stopped = stop(data)
    assert stopped.message_en == f"{MILESTONES} has a heading and no row below it. Expected at least one row."
    assert "見出し行しかありません" in stopped.message_ja


def test_corrections_may_be_none(data: DataFolder) -> None:
    corrections = "corrections/corrections.csv"
    data.write_rows(corrections, data.rows(corrections)[:1])
    assert load_facts(data.path).frames["correction"].is_empty()


def test_a_missing_column_stops_the_build(data: DataFolder) -> None:
    data.drop_column(PROJECTS, "est_annual_tco2")
    assert f"{PROJECTS}, line 1: the column est_annual_tco2 is missing." in stop(data).message_en


def test_an_extra_column_stops_the_build(data: DataFolder) -> None:
    data.write_rows(
        PROJECTS, [[*row, "x" if n else "capacity_mw"] for n, row in enumerate(data.rows(PROJECTS))]
    )
    assert stop(data).message_en == (
        f"{PROJECTS}, line 1: the column capacity_mw is not known. Remove it, or add it to the contract."
    )


def test_a_column_that_stands_twice_stops_the_build(data: DataFolder) -> None:
    data.write_rows(PROJECTS, [[*row, row[-1]] for row in data.rows(PROJECTS)])
    assert (
        stop(data).message_en
        == f"{PROJECTS}, line 1: the column source_ids stands twice; which one is meant?"
    )


def test_every_broken_file_is_told_at_once(data: DataFolder) -> None:
    (data.path / ISSUANCES).unlink()
    data.write(MILESTONES, b"")
    data.drop_column(PROJECTS, "iso3")
    told = stop(data).message_en.splitlines()
    assert [line.partition(" ")[0].rstrip(",") for line in told] == [PROJECTS, ISSUANCES, MILESTONES]


def test_mixed_encodings_stop_the_build(data: DataFolder) -> None:
    lines = data.content(PROJECTS).split(b"\n")
    lines[5] = lines[5].decode().encode("cp932", errors="replace")
    data.write(PROJECTS, b"\n".join(lines))
    assert (
        "mixes encodings: line 2 is UTF-8, line 6 is not. Save the whole file as UTF-8."
        in stop(data).message_en
    )


SPOILT_CELLS = [
    ("est_annual_tco2", "a lot", "Expected a whole number of tonnes, such as 12345", "整数のトン数"),
    ("est_annual_tco2", "12,34", "Expected a whole number of tonnes", "整数のトン数"),
    ("est_annual_tco2", "1518.5", "Expected a whole number of tonnes", "整数のトン数"),
    ("est_annual_tco2", "=1500+18", "Expected a whole number of tonnes", "整数のトン数"),
    (
        "est_annual_tco2",
        "-1518",
        "Expected 1 to 2,000,000 tCO2.",
        "1以上2,000,000以下（tCO2）が必要です。",
    ),
    (
        "est_annual_tco2",
        "▲1,518",
        "Expected 1 to 2,000,000 tCO2.",
        "1以上2,000,000以下（tCO2）が必要です。",
    ),
    ("est_annual_tco2", "0", "Expected 1 to 2,000,000 tCO2.", "1以上2,000,000以下（tCO2）が必要です。"),
    (
        "est_annual_tco2",
        "2000001",
        "Expected 1 to 2,000,000 tCO2.",
        "1以上2,000,000以下（tCO2）が必要です。",
    ),
    (
        "est_annual_tco2",
        "1億2,000万",
        "Expected 1 to 2,000,000 tCO2.",
        "1以上2,000,000以下（tCO2）が必要です。",
    ),
    ("est_annual_tco2", "9" * 40, "Expected a whole number of tonnes", "整数のトン数"),
    (
        "registered_on",
        "03/04/2019",
        "Expected a date, such as 2025-02-18, 2025/2/18,",
        "日付（2025-02-18",
    ),
    ("registered_on", "2019-04-31", "Expected a date", "日付"),
    ("registered_on", "43559", "Expected a date", "日付"),
    ("operation_start", "2019年度", "Expected a date, a month or a year", "日付、年月又は年"),
    ("fy_selected", "15", "Expected a year of four digits or a fiscal year", "4桁の年又は年度"),
    ("fy_selected", "1915", "Expected 2010 to 2060.", "2010以上2060以下"),
    ("latitude", "north", "Expected degrees with a fraction, such as 13.596", "小数の度"),
    ("latitude", "21°30'", "degrees and minutes with N, S, E or W", "度分秒"),
    ("in_target_scope", "perhaps", "Expected true or false", "true又はfalse"),
    (
        "status",
        "approved",
        "Expected one of: registered, validation, pipeline, withdrawn, study.",
        "次のいずれか",
    ),
    ("sectoral_scope", "16", "Expected 1 to 15.", "1以上15以下"),
    (
        "iso3",
        "XXX",
        "XXX is not in partner_country. Expected a key of that table.",
        "XXX は partner_country に",
    ),
    ("iso3", "Bangladesh", "Expected three capital letters, such as MNG", "3文字の英大文字"),
    (
        "status",
        "Registered",
        "withdrawn, study. Is registered meant?",
        "registered の誤りではありませんか",
    ),
    ("technology", "Solar PV", "Expected a key of that table. Is solar PV meant?", "solar PV の誤り"),
    ("technology", "cold fusion", "cold fusion is not in technology.", "cold fusion は technology に"),
    ("programme", "MOEJ magic", "MOEJ magic is not in programme.", "MOEJ magic は programme に"),
    ("est_annual_source_id", "nowhere", "nowhere is not in source.", "nowhere は source に"),
    ("title_en", "", "A value is needed: title, English.", "値が必要です（件名（英語））"),
]


def spoilt_copies(data: DataFolder, cases: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Adds BD003 once more for each case under a number of its own, with other cells; the line of each."""
    keys = [f"BD{900 + number}" for number in range(len(cases))]
    return {
        key: data.repeat(PROJECTS, "BD003", **{"project_id": key, "ref_no": key, **cells})
        for key, cells in zip(keys, cases, strict=True)
    }


def test_a_cell_that_cannot_be_right_is_told(data: DataFolder) -> None:
    lines = spoilt_copies(data, [{column: value} for column, value, _, _ in SPOILT_CELLS])
    facts = load_facts(data.path, PATIENT)
    for (key, line), (column, value, expected_en, expected_ja) in zip(
        lines.items(), SPOILT_CELLS, strict=True
    ):
        reason = next(r for r in reasons_of(facts, key) if r.column == column)
        assert reason.message_en.startswith(f"{PROJECTS}, line {line}, column {column}")
        assert reason.message_ja.startswith(f"{PROJECTS} の {line} 行目、列 {column}")
        assert expected_en in reason.message_en
        assert expected_ja in reason.message_ja
        if value:
            assert f"found “{value}”" in reason.message_en
            assert f"「{value}」" in reason.message_ja


_ESTIMATE = ["est_annual_tco2", "est_annual_source_id", "est_annual_basis"]


EMPTIED_CELLS: list[tuple[dict[str, str], str, list[str]]] = [
    ({"latitude": "21°30'", "longitude": "105.9"}, "latitude", ["longitude"]),
    ({"latitude": "200", "longitude": "105.9"}, "latitude", ["longitude"]),
    ({"latitude": "21.5", "longitude": "east"}, "longitude", ["latitude"]),
    ({"fy_selected": "long ago"}, "fy_selected", []),
    ({"fy_selected": "1915"}, "fy_selected", []),
    ({"operation_start": "2019年度"}, "operation_start", []),
    ({"sectoral_scope": "16"}, "sectoral_scope", ["scope_basis"]),
    ({"scope_basis": "guessed"}, "scope_basis", ["sectoral_scope"]),
    ({"programme": "MOEJ magic"}, "programme", ["funding"]),
    ({"est_annual_tco2": "12,34"}, "est_annual_tco2", _ESTIMATE),
    ({"est_annual_tco2": "2000001"}, "est_annual_tco2", _ESTIMATE),
    ({"est_annual_source_id": "nowhere"}, "est_annual_source_id", _ESTIMATE),
    ({"est_total_tco2": "100~200", "est_total_basis": "10 years"}, "est_total_tco2", ["est_total_basis"]),
    ({"note": "x" * 20_001}, "note", []),
    ({"title_ja": "太陽光\ufffd電"}, "title_ja", []),
]


def test_a_cell_that_fails_is_emptied_with_those_that_go_with_it_and_the_row_is_kept(
    data: DataFolder,
) -> None:
    before = load_facts(data.path)
    lines = spoilt_copies(data, [cells for cells, _, _ in EMPTIED_CELLS])
    facts = load_facts(data.path, PATIENT)
    names, headings = data.rows(PROJECTS)[0], cell_names(table("project"))
    was = project(facts, "BD003")
    for (key, line), (cells, emptied, gone_with_it) in zip(lines.items(), EMPTIED_CELLS, strict=True):
        told = [r for r in reasons_of(facts, key) if r.table_name == "project"]
        assert {(r.level, r.subject, r.line) for r in told} == {("cell", key, line)}
        assert told[0].column == emptied
        assert told[0].message_en.startswith(f"{PROJECTS}, line {line}, column {emptied}: found “")
        assert "The cell is left empty; the row is kept." in told[0].message_en
        assert "当該セルは空欄として扱い、行は保持します。" in told[0].message_ja
        gone = set(gone_with_it) & set(names) - {emptied}
        assert {r.column for r in told[1:]} == gone
        assert all(r.rule.startswith("goes with ") for r in told[1:])
        # Nothing else of the row has changed.
        for column, value in project(facts, key).items():
            if headings[column] in {emptied, *gone}:
                assert value is None or (column, value) == ("funding", "unknown")
            elif column not in {"project_id", "ref_no", *cells}:
                assert value == was[column]
    assert facts.frames["project"].height == before.frames["project"].height + len(lines)
    assert facts.frames["issuance"].equals(before.frames["issuance"])
    (counts,) = facts.source_files().filter(pl.col("file") == PROJECTS).select("rows_rejected").to_series()
    assert counts == 0


def test_a_row_that_means_nothing_without_the_cell_is_rejected(data: DataFolder) -> None:
    copies = spoilt_copies(
        data,
        [
            {"project_id": "BD 003"},
            {"iso3": "XXX"},
            {"title_en": ""},
            {"status": "－"},
            {"technology": "cold fusion"},
            {"source_ids": "no-such-page"},
            {"registered_on": "03/04/2019"},  # it is registered, and no day is left
        ],
    )
    spoilt = {
        PROJECTS: set(copies.values()),
        ISSUANCES: {data.set(ISSUANCES, "BD002-1", source_id="nowhere")},
        AGGREGATES: {
            data.set(AGGREGATES, data.rows(AGGREGATES)[1][0], iso3="XXX")
        },  # empty: several countries
    }
    facts = load_facts(data.path, PATIENT)
    for file, lines in spoilt.items():
        told = [r for r in facts.rejected if r.file == file and r.line in lines]
        assert {r.line for r in told} == lines
        assert {r.level for r in told} == {"row"}
        assert not [r for r in told if "the row is kept" in r.message_en or "行は保持" in r.message_ja]
        (rejected,) = facts.source_files().filter(pl.col("file") == file).select("rows_rejected").to_series()
        assert rejected == len(lines)


@pytest.mark.parametrize(
    ("column", "text"), [("est_annual_tco2", "－"), ("programme", "未定"), ("est_annual_tco2", "")]
)
def test_what_is_not_stated_takes_with_it_what_means_nothing_alone(
    column: str, text: str, data: DataFolder
) -> None:
    before = load_facts(data.path)
    data.set(PROJECTS, "BD003", **{column: text})
    facts = load_facts(data.path)
    assert project(facts, "BD003")[column] is None
    assert facts.frames["issuance"].equals(before.frames["issuance"])
    told = [r for r in facts.rejected if r.table_name == "project"]
    assert told
    assert {(r.rule, r.level) for r in told} == {(f"goes with {column}", "cell")}


def test_tonnes_are_not_lost_for_a_basis_outside_the_vocabulary(data: DataFolder) -> None:
    before = project(load_facts(data.path), "BD003")
    data.set(PROJECTS, "BD003", est_annual_basis="hearsay")
    facts = load_facts(data.path)
    assert project(facts, "BD003") == {**before, "est_annual_basis": "unknown"}
    (told,) = reasons_of(facts, "BD003")
    assert "The cell counts as “unknown”; the row is kept." in told.message_en


def test_a_triangle_before_tonnes_that_cannot_be_negative_is_told(data: DataFolder) -> None:
    data.set(PROJECTS, "BD003", est_annual_tco2="△120")
    told = reasons_of(load_facts(data.path), "BD003")[0]
    assert "The amount is negative (△ and ▲ mean minus), which it cannot be." in told.message_en
    assert "負の値（△及び▲は負数を示します）は認められません。" in told.message_ja


def test_a_value_that_was_taken_and_is_emptied_stays_on_record_as_stated(data: DataFolder) -> None:
    before = load_facts(data.path).frames["project_claim"]
    data.set(PROJECTS, "BD003", fy_selected="long ago")
    facts = load_facts(data.path)
    claims = facts.frames["project_claim"]
    assert claims.height == before.height
    of_it = (pl.col("project_id") == "BD003") & (pl.col("field") == "fy_selected")
    assert before.filter(of_it & pl.col("is_taken")).height > 0
    assert claims.filter(of_it & pl.col("is_taken")).is_empty()
    assert {r.level for r in facts.rejected if r.table_name == "project_claim"} == {"cell"}


def test_an_estimate_that_was_emptied_does_not_come_back_from_another_statement(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", est_annual_tco2="120 kW")
    facts = load_facts(data.path)
    of_it = (pl.col("project_id") == "BD001") & (pl.col("field") == "est_annual_tco2")
    claims = facts.frames["project_claim"]
    assert claims.filter(of_it & (pl.col("claim_scope") == "project")).is_empty()
    assert (
        claims.filter((pl.col("project_id") == "BD001") & (pl.col("field") != "est_annual_tco2")).height > 0
    )
    assert "stated_and_none_held" in {r.rule for r in facts.rejected}
    prepare(data.path, Limits(), lambda _: None)  # the identities hold without it


def test_tonnes_lost_are_told_with_the_row_that_held_them(data: DataFolder) -> None:
    was = project(load_facts(data.path), "BD003")["est_annual_tco2"]
    total = next(row for row in data.rows(ISSUANCES) if row[0] == "BD002-1")
    amount = int(total[data.rows(ISSUANCES)[0].index("total_tco2")])
    data.set(PROJECTS, "BD003", est_annual_source_id="nowhere")
    data.set(PROJECTS, "BD001", est_annual_tco2="a lot")
    data.set(ISSUANCES, "BD002-1", source_id="nowhere", japan_tco2="x")
    facts = load_facts(data.path)
    stake = {
        (s.table_name, s.subject, s.level, s.tco2_column, s.tco2) for s in tonnes_at_stake(facts.rejected)
    }
    assert stake == {
        ("project", "BD003", "cell", "est_annual_tco2", was),
        ("project", "BD001", "cell", "est_annual_tco2", None),
        ("issuance", "BD002-1", "row", "total_tco2", amount),
    }
    said = f" Left out: {was:,} tCO2 (est_annual_tco2 of BD003). The cell is left empty; the row is kept."
    assert any(said in r.message_en for r in facts.rejected)
    assert any(
        f"算入されない量は {amount:,} tCO2（BD002-1 の total_tco2）です。" in r.message_ja
        for r in facts.rejected
    )


def test_a_row_repeated_or_a_cell_without_tonnes_puts_none_at_stake(data: DataFolder) -> None:
    data.repeat(PROJECTS, "BD003")
    data.set(PROJECTS, "BD001", fy_selected="long ago")
    facts = load_facts(data.path)
    assert {r.level for r in facts.rejected if r.table_name == "project"} == {"row", "cell"}
    assert tonnes_at_stake(facts.rejected) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"period_end": "2016-05-31"}, "A monitoring period must not end before it starts."),
        ({"japan_tco2": "145"}, "must not exceed the total"),
        ({"japan_government_tco2": "145"}, "The share of the Japanese government must not exceed"),
        (
            {"decided_on": "2013-03-18", "period_start": "", "period_end": ""},
            "Credits must not be decided or issued before the partner signed.",
        ),
        ({"total_tco2": "51,000,000"}, "to 50,000,000 tCO2."),
        ({"total_tco2": "-144"}, "to 50,000,000 tCO2."),
    ],
)
def test_an_event_that_cannot_have_been_is_told(
    cells: dict[str, str], expected: str, data: DataFolder
) -> None:
    line = data.set(ISSUANCES, "BD002-1", **cells)
    told = [r.message_en for r in reasons_of(load_facts(data.path), "BD002-1")]
    assert any(message.startswith(f"{ISSUANCES}, line {line}") and expected in message for message in told), (
        told
    )


def test_a_registration_before_the_partner_signed_is_told(data: DataFolder) -> None:
    data.set(PROJECTS, "BD003", registered_on="2013-03-18")
    told = [r.message_en for r in reasons_of(load_facts(data.path), "BD003")]
    assert any(
        "A project must not be registered before its partner signed." in message for message in told
    ), told


def test_of_a_list_only_the_unknown_part_is_dropped(data: DataFolder) -> None:
    known = str(project(load_facts(data.path), "BD003")["source_ids"])
    line = data.set(PROJECTS, "BD003", source_ids=f"{known};no-such-page")
    facts = load_facts(data.path)
    assert project(facts, "BD003")["source_ids"] == known
    (told,) = reasons_of(facts, "BD003")
    assert (told.level, told.rule) == ("cell", "dangling reference")
    assert told.message_en == (
        f"{PROJECTS}, line {line}, column source_ids: found “{known};no-such-page”."
        f" no-such-page is not in source. Expected a key of that table. The cell counts as “{known}”; the row is kept."
    )


def test_a_joint_event_with_an_unknown_project_names_none_and_keeps_its_tonnes(data: DataFolder) -> None:
    before = load_facts(data.path).frames["issuance"].filter(pl.col("issuance_id") == "BD002-1")
    data.set(ISSUANCES, "BD002-1", project_id="", project_ids="BD002;BD099")
    facts = load_facts(data.path)
    event = facts.frames["issuance"].filter(pl.col("issuance_id") == "BD002-1")
    assert event.select("project_id", "project_ids").row(0) == (None, None)
    assert event["total_tco2"].to_list() == before["total_tco2"].to_list()
    assert [r.level for r in reasons_of(facts, "BD002-1")] == ["cell"]


def test_an_event_of_a_rejected_project_stays_in_the_sums_and_says_so(data: DataFolder) -> None:
    before = load_facts(data.path).frames["issuance"]
    line = data.set(PROJECTS, "BD002", registered_on="soon")
    facts = load_facts(data.path)
    assert "BD002" not in facts.frames["project"]["project_id"]
    assert "BD002" not in facts.frames["project_claim"]["project_id"]
    assert facts.frames["issuance"]["total_tco2"].to_list() == before["total_tco2"].to_list()
    event = facts.frames["issuance"].filter(pl.col("issuance_id") == "BD002-1")
    assert event.select("project_id", "project_ids").row(0) == (None, None)
    reason = reasons_of(facts, "BD002-1")[0]
    assert (reason.rule, reason.level) == ("reference to a rejected row", "cell")
    assert f"BD002 of project was itself rejected ({PROJECTS}, line {line})." in reason.message_en
    assert f"BD002（project）の行は除外されています（{PROJECTS} の {line} 行目）。" in reason.message_ja


def test_a_rejection_reaches_down_to_the_last_row_that_stands_on_it(data: DataFolder) -> None:
    data.set(PARTNERS, "PLW", signed_on="one day in 2014")
    facts = load_facts(data.path, Limits(max_reject_share=0.9))
    for name in ("project", "issuance", "partner_country"):
        assert "PLW" not in facts.frames[name]["iso3"]
    lost = {r.table_name for r in facts.rejected}
    assert {"partner_country", "project", "project_claim"} <= lost
    gone = set(facts.frames["project_claim"]["project_id"]) - set(facts.frames["project"]["project_id"])
    assert gone == set()


def test_rows_of_one_key_with_different_values_are_both_kept_out(data: DataFolder) -> None:
    second = data.repeat(PROJECTS, "BD003", est_annual_tco2="1519")
    facts = load_facts(data.path)
    assert "BD003" not in facts.frames["project"]["project_id"]
    told = [r for r in reasons_of(facts, "BD003") if r.rule == "duplicate key"]
    assert [r.line for r in told] == [4, second]
    for reason in told:
        assert f"The key BD003 stands on lines 4, {second} with different values" in reason.message_en
        assert "正しい行を判別できないため、いずれも除外します" in reason.message_ja


def test_a_row_that_is_repeated_word_for_word_is_kept_once(data: DataFolder) -> None:
    line = data.repeat(PROJECTS, "BD003")
    facts = load_facts(data.path)
    assert facts.frames["project"]["project_id"].to_list().count("BD003") == 1
    (reason,) = reasons_of(facts, "BD003")
    assert reason.message_en == (
        f"{PROJECTS}, line {line}. The row repeats line 4 (key BD003); the first one is kept."
    )


def test_a_cell_of_ten_million_characters_is_emptied(data: DataFolder) -> None:
    line = data.set(PROJECTS, "BD001", note="x" * 10_000_000)
    reason = next(r for r in load_facts(data.path).rejected if r.table_name == "project")
    assert reason.message_en == (
        f"{PROJECTS}, line {line}, column note: found “{'x' * 200}… (10,000,000 characters)”."
        " A cell holds at most 20,000 characters (JCM_MAX_CELL). The cell is left empty; the row is kept."
    )
    assert len(reason.row_json) < 10_000


def test_a_long_cell_below_the_limit_is_kept_whole(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", note="x" * 20_000)
    assert load_facts(data.path).frames["project"]["note"].str.len_chars().max() == 20_000


def test_damaged_text_is_told(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", title_ja="太陽光\ufffd電")
    reason = next(r for r in load_facts(data.path).rejected if r.table_name == "project")
    assert reason.column == "title_ja"
    assert (
        "The text holds U+FFFD, which is no letter. Take the text from its source again." in reason.message_en
    )
    assert "文字化け" in reason.message_ja


def test_a_message_holds_no_signs_that_steer_a_terminal(data: DataFolder) -> None:
    data.set(PROJECTS, "BD001", note="\x1b[2Jgone", location="one\ntwo", fy_selected="\u202e4102")
    told = [r for r in load_facts(data.path).rejected if r.table_name == "project"]
    assert any("found “\\x1b[2Jgone”" in r.message_en for r in told)
    assert all(r.message_en.isprintable() and r.message_ja.isprintable() for r in told)


def test_a_row_with_another_number_of_cells_is_told_and_loses_nothing(data: DataFolder) -> None:
    rows = data.rows(PROJECTS)
    rows[1] = [*rows[1], "one", "two"]
    rows[2] = rows[2][:-1]
    data.write_rows(PROJECTS, rows)
    told = [r for r in load_facts(data.path).rejected if r.rule == "number of cells"]
    count, next_line = len(rows[0]), 3
    assert [r.message_en for r in told] == [
        f"{PROJECTS}, line 2. Expected {count} cells, found {count + 2}. Check commas and quotation marks.",
        f"{PROJECTS}, line {next_line}. Expected {count} cells, found {count - 1}. Check commas and quotation marks.",
    ]
    assert list(json.loads(told[0].row_json).values())[-2:] == ["one", "two"]


@pytest.mark.parametrize("spoilt", [{"fy_selected": "?"}, {"technology": "?"}])
def test_too_many_faulty_rows_stop_the_build_and_name_the_limit(
    spoilt: dict[str, str], data: DataFolder
) -> None:
    header, *rows = data.rows(PROJECTS)
    for row in rows[:19]:
        for name, text in spoilt.items():
            row[header.index(name)] = text
    data.write_rows(PROJECTS, [header, *rows])
    stopped = stop(data)
    assert (
        f"{PROJECTS}: 19 of {len(rows)} rows were rejected or lost a cell, more than 5% (JCM_MAX_REJECT_SHARE)."
        in stopped.message_en
    )
    assert "found “?”" in stopped.message_en
    assert f"{len(rows)} 行中 19 行に不備がありました" in stopped.message_ja
    kept = load_facts(data.path, PATIENT).frames["project"].height
    assert kept == len(rows) - (0 if "fy_selected" in spoilt else 19)


def test_a_column_that_is_wrong_throughout_is_refused_at_once_and_told_by_a_few_rows(
    data: DataFolder,
) -> None:
    header, *rows = data.rows(SOURCES)
    some = [[f"s{n}", *rows[0][1:]] for n in range(30_000)]
    for row in some:
        row[header.index("retrieved_on")] = "some day"
    data.write_rows(SOURCES, [header, *rows, *some])
    stopped = stop(data)
    assert f"{SOURCES}: 30000 of {len(rows) + 30_000} rows were rejected or lost a cell" in stopped.message_en
    assert stopped.message_en.count("found “some day”") == 5


@pytest.mark.parametrize(
    ("file", "key", "cells"),
    [
        ("assumptions/lifetimes.csv", "LIFE-WIND", {"value": "170"}),
        ("vocabulary/technologies.csv", "wind", {"name_ja": ""}),
        ("targets/targets.csv", "T2025-2040", {"source_id": "nowhere"}),
        ("corrections/corrections.csv", "C001", {"reason_en": ""}),
    ],
)
def test_a_table_of_the_project_itself_may_lose_no_row(
    file: str, key: str, cells: dict[str, str], data: DataFolder
) -> None:
    line = data.set(file, key, **cells)
    stopped = stop(data, PATIENT)
    assert re.match(rf"{file}: 1 of \d+ rows was rejected or lost a cell, ", stopped.message_en)
    assert "a table of the project itself may have none. The reason:" in stopped.message_en
    assert f"{file}, line {line}" in stopped.message_en
    assert "本サイトで作成した表には許容されません" in stopped.message_ja


def test_what_the_project_decided_on_a_rejected_row_follows_it_and_stops_nothing(data: DataFolder) -> None:
    files = [t.files[0] for t in TABLES if t.name == "own_use"]
    key = data.rows(files[0])[1][0]
    data.set(PROJECTS, key, technology="cold fusion")
    facts = load_facts(data.path)
    told = [r for r in facts.rejected if r.table_name == "own_use"]
    assert [(r.subject, r.rule) for r in told] == [(key, "reference to a rejected row")]


@pytest.mark.parametrize("content", [None, b"title = ", b"\xff\xfe"])
def test_facts_without_a_readable_descriptor_stop_the_build(content: bytes | None, data: DataFolder) -> None:
    path = data.path / "snapshot/projects.toml"
    path.unlink() if content is None else path.write_bytes(content)
    assert f"{PROJECTS}: its descriptor projects.toml cannot be read" in stop(data).message_en


def test_a_term_outside_the_vocabulary_of_sectors_is_told(data: DataFolder) -> None:
    data.remove(SECTORS, "14")
    stopped = stop(data)
    assert "14 is not in sector." in stopped.message_en
    assert SOURCES not in stopped.message_en


def test_every_rule_of_every_table_has_words_in_both_languages() -> None:
    for contract in TABLES:
        empty = contract.schema.create_empty()
        _, failures = contract.schema.filter(empty)
        for rule in [c for c in failures.details().columns if c not in empty.columns]:
            _, (en, ja) = message_of(contract, rule)
            assert en.endswith(".")
            assert ja.endswith("。")
            assert "^" not in en


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from([PROJECTS, ISSUANCES, PARTNERS, SOURCES, SECTORS, "assumptions/rules.csv"]),
    at=st.floats(0, 1, exclude_max=True),
    removed=st.integers(0, 200),
    put=st.binary(max_size=20),
)
def test_damaged_bytes_end_in_rows_or_in_a_refusal_and_never_in_a_crash(
    file: str, at: float, removed: int, put: bytes, data: DataFolder
) -> None:
    whole = data.content(file)
    begin = int(at * len(whole))
    data.write(file, whole[:begin] + put + whole[begin + removed :])
    try:
        facts = load_facts(data.path)
    except BuildStopped:
        pass
    else:
        read = facts.source_files()
        assert (read["rows_kept"] + read["rows_rejected"] == read["rows_read"]).all()
        kept = sum(frame.height for frame in facts.frames.values())
        assert kept == read["rows_kept"].sum()
    finally:
        data.write(file, whole)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cadence_days = 30", "", "needs cadence_days"),
        ("cadence_days = 30", "cadence_days = -1", "found -1"),
        ("facts_of = 2026-06-04", "facts_of = 2027-01-01", "after they were read"),
    ],
)
def test_a_descriptor_tells_how_often_its_source_changes(
    old: str, new: str, said: str, data: DataFolder
) -> None:
    path = data.path / "snapshot" / "projects.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BuildStopped) as caught:
        load_facts(data.path)
    assert said in caught.value.message_en
