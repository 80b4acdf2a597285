"""Honest analysis passes: safety that forbids it is a defect."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from queries.catalogue import catalogue
from queries.warehouse import current
from tests.workbench.honest import HONEST
from workbench.answers import Failed, Result
from workbench.limits import limits
from workbench.pool import Pool


@pytest.fixture(scope="module")
def pool(warehouse_file: Path) -> Iterator[Pool]:
    """As that of the other tests, but patient: a busy machine is slow, not wrong."""
    opened = Pool(
        limits(seconds=60, memory_megabytes=128, simultaneous=2, rows_shown=100, result_megabytes=8),
        lambda: warehouse_file,
    )
    yield opened
    opened.close()


statements = [pytest.param(x, id=f"{f}-{i}") for f, all_of in HONEST.items() for i, x in enumerate(all_of)]


def test_there_are_enough_of_them() -> None:
    assert len(statements) >= 90


@pytest.mark.parametrize("sql", statements)
def test_an_honest_statement_passes(pool: Pool, sql: str) -> None:
    answer = pool.run(sql, {}, "an analyst")
    assert isinstance(answer, Result), answer
    assert answer.rows_shown == answer.table.num_rows > 0
    assert [x.name for x in answer.columns] == answer.table.column_names
    assert len(set(answer.table.column_names)) == len(answer.table.column_names)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_query_of_the_app_gives_the_same_here(pool: Pool, warehouse_dir: Path, name: str) -> None:
    warehouse = current(warehouse_dir)
    query = catalogue()[name]
    answer = pool.run(query.sql, query.bind({}, warehouse.data_as_of), "an analyst", "full")
    assert isinstance(answer, Result), answer
    assert answer.table.to_pylist() == warehouse.run(name).to_pylist()
    assert answer.data_version == warehouse.data_version


@pytest.mark.parametrize(
    "sql",
    [x for family in ("groups", "windows", "joins and sets", "with") for x in HONEST[family]],
)
def test_a_plan_is_given_instead_of_rows(pool: Pool, sql: str) -> None:
    answer = pool.run(sql, {}, "an analyst", "explain")
    assert isinstance(answer, Result), answer
    assert answer.table.column_names == ["explain_key", "explain_value"]


def test_parameters_are_bound_and_not_read_as_text(pool: Pool) -> None:
    sql = "SELECT $name AS a, $day::DATE + 1 AS b, len($codes) AS c, $nothing IS NULL AS d, $share AS e"
    given = {
        "name": "x'; DROP TABLE project; --",
        "day": date(2026, 3, 31),
        "codes": ["IDN", "THA"],
        "nothing": None,
        "share": 0.5,
        "left over": 1,
    }
    answer = pool.run(sql, given, "an analyst")
    assert isinstance(answer, Result), answer
    assert answer.table.to_pylist() == [
        {"a": given["name"], "b": date(2026, 4, 1), "c": 2, "d": True, "e": 0.5}
    ]


@pytest.mark.parametrize(
    ("sql", "given", "code"),
    [
        ("SELECT $year", {}, "parameter_missing"),
        ("SELECT ?", {}, "parameter_unnamed"),
        ("SELECT $1", {"1": 2}, "parameter_unnamed"),
        ("SELECT $x", {"x": object()}, "parameter_value"),
        (
            "PIVOT (SELECT * FROM project WHERE iso3 = $iso3) ON stage USING count(*)",
            {"iso3": "THA"},
            "pivot_parameters",
        ),
    ],
)
def test_a_parameter_that_does_not_fit_is_explained(
    pool: Pool, sql: str, given: dict[str, object], code: str
) -> None:
    answer = pool.run(sql, given, "an analyst")  # type: ignore[arg-type]
    assert not isinstance(answer, Result)
    assert answer.code == code


def test_sums_of_whole_numbers_are_whole_numbers(pool: Pool) -> None:
    answer = pool.run("SELECT sum(tco2_low) AS t FROM reduction", {}, "an analyst")
    assert isinstance(answer, Result)
    assert str(answer.table.schema.field("t").type) == "int64"
    assert answer.columns[0].sql_type == "HUGEINT"


@pytest.mark.parametrize(
    ("sql", "code", "line", "marked"),
    [
        ("SELECT titel_en\nFROM project", "unknown_column", 1, "titel_en"),
        ("SELECT '太陽光' AS 名,\n  nme_ja FROM partner_country", "unknown_column", 2, "nme_ja"),
        ("SELECT *\nFROM projct", "unknown_table", 2, "projct"),
        ("SELECT *\nFROM project\nWHERE ORDER BY 1", "syntax", 3, "ORDER"),
        ("SELECT medain(1)", "unknown_function", 1, "medain(1)"),
        ("SELECT iso3, count(*) FROM project", "not_grouped", 1, "iso3"),
        ("SELECT project_id FROM project, issuance", "ambiguous", 1, "project_id"),
        ("SELECT sum(title_en) FROM project", "argument_types", 1, "sum(title_en)"),
        ("SELECT 1 FROM project WHERE count(*) > 1", "where_aggregate", 1, "count(*)"),
        ("SELECT q.iso3 FROM project", "unknown_alias", 1, "q.iso3"),
        ("SELECT CAST('x' AS INTEGER)", "conversion", 1, "CAST('x' AS INTEGER)"),
    ],
)
def test_a_slip_is_marked_and_explained(pool: Pool, sql: str, code: str, line: int, marked: str) -> None:
    answer = pool.run(sql, {}, "an analyst")
    assert isinstance(answer, Failed)
    assert answer.code == code
    assert answer.place is not None
    assert answer.place.line == line
    assert answer.place.text == sql.split("\n")[line - 1]
    start = answer.place.column - 1
    assert answer.place.text[start : start + answer.place.length] == marked
    assert answer.place.marker == " " * start + "^" * len(marked)
    assert answer.words or code == "unknown_table"
    plan = pool.run(sql, {}, "an analyst", "explain")
    # A cast fails when it is done, and a plan does not do it.
    assert isinstance(plan, Result) if code == "conversion" else plan == answer


@pytest.mark.parametrize(
    ("sql", "near"),
    [
        ("SELECT titel_en FROM project", "title_en"),
        ("SELECT p.titel_en FROM project AS p", "title_en"),
        ("SELECT * FROM projct", "project"),
        ("SELECT * FROM expected", "history.expected"),
        ("SELECT tco2_lo FROM reduction_as_of(DATE '2026-01-01')", "tco2_low"),
        ("SELECT * FROM project JOIN issuance USING (projekt_id)", "project_id"),
        ("SELECT medain(annual_tco2) FROM project", "median"),
    ],
)
def test_near_names_are_offered_in_both_languages(pool: Pool, sql: str, near: str) -> None:
    answer = pool.run(sql, {}, "an analyst")
    assert isinstance(answer, Failed)
    assert near in answer.message.en
    assert near in answer.message.ja
