"""Limits are data: documented, set by the environment, exact at their edges."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench
from workbench.answers import Failed, Refused, Result
from workbench.limits import LIMITS, Limit, LimitError, limits
from workbench.pool import Pool

DOCUMENTED = Path(workbench.__file__).with_name("limits.md").read_text(encoding="utf-8")
each = pytest.mark.parametrize("limit", LIMITS, ids=lambda x: x.name)


@pytest.fixture(scope="module")
def small(warehouse_file: Path) -> Iterator[Pool]:
    pool = Pool(
        limits(
            statement_characters=1_000,
            nesting=10,
            rows_shown=50,
            rows_downloaded=3_000,
            cell_kilobytes=10,
            result_megabytes=1,
            simultaneous=1,
        ),
        lambda: warehouse_file,
    )
    yield pool
    pool.close()


@each
def test_a_limit_is_documented_under_its_heading(limit: Limit) -> None:
    section = DOCUMENTED.partition(f"\n## {limit.heading}\n")[2].partition("\n## ")[0]
    assert f"`{limit.variable}`: {limit.default} {limit.unit_en} ({limit.least} to {limit.most})." in section
    assert limit.en in section
    assert limit.ja
    assert limit.unit_ja


@each
def test_the_environment_sets_a_limit_within_its_range(limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert getattr(limits(), limit.name) == limit.default
    for value in (limit.least, limit.most):
        monkeypatch.setenv(limit.variable, str(value))
        assert getattr(limits(), limit.name) == value
    for value in (limit.least - 1, limit.most + 1, "many", "1.5"):
        monkeypatch.setenv(limit.variable, str(value))
        with pytest.raises(LimitError) as told:
            limits()
        for part in (limit.variable, str(value), str(limit.least), str(limit.most), limit.unit_en):
            assert part in str(told.value)


def test_every_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_SQL_SECONDS", "soon")
    monkeypatch.setenv("JCM_SQL_NESTING", "-1")
    with pytest.raises(LimitError, match=r"(?s)NESTING.*SECONDS"):
        limits()


@pytest.mark.parametrize(("kind", "most"), [("result", 50), ("full", 3_000)])
def test_rows_are_cut_off_above_the_limit_and_not_at_it(small: Pool, kind: str, most: int) -> None:
    for rows, is_cut_off in ((most - 1, False), (most, False), (most + 1, True)):
        answer = small.run("SELECT x FROM range($n) AS t(x) ORDER BY x", {"n": rows}, "a", kind)
        assert isinstance(answer, Result)
        assert answer.rows_shown == min(rows, most)
        assert answer.is_cut_off is is_cut_off
        assert answer.cut_off_by == ("rows" if is_cut_off else None)
        assert answer.table.column("x").to_pylist() == list(range(min(rows, most)))


def test_no_rows_are_a_result_with_its_columns(small: Pool) -> None:
    answer = small.run("SELECT iso3, 1.5 AS x FROM project WHERE false", {}, "a")
    assert isinstance(answer, Result)
    assert (answer.rows_shown, answer.is_cut_off) == (0, False)
    assert [(x.name, x.sql_type) for x in answer.columns] == [("iso3", "VARCHAR"), ("x", "DECIMAL(2,1)")]


def test_a_value_larger_than_a_cell_is_named(small: Pool) -> None:
    for size, fits in ((9_999, True), (10_000, True), (10_001, False)):
        answer = small.run("SELECT 1 AS a, repeat('x', $n) AS b", {"n": size}, "a")
        assert isinstance(answer, Result) is fits
        if isinstance(answer, Failed):
            assert answer.code == "cell_too_large"
            assert "“b”" in answer.message.en
            assert "「b」" in answer.message.ja
    answer = small.run("SELECT range(2000) AS l", {}, "a")
    assert isinstance(answer, Failed)
    assert answer.code == "cell_too_large"


def test_a_result_larger_than_its_limit_is_cut_off_and_says_so(small: Pool) -> None:
    answer = small.run("SELECT repeat('x', 1000) AS a FROM range(2000)", {}, "a", "full")
    assert isinstance(answer, Result)
    assert answer.cut_off_by == "size"
    assert 0 < answer.rows_shown < 1_000
    assert answer.size_bytes <= 1_100_000


def test_the_length_of_a_statement_is_exact(small: Pool) -> None:
    for length, fits in ((999, True), (1_000, True), (1_001, False)):
        answer = small.run("SELECT 1 -- ".ljust(length, "あ"), {}, "a")
        assert isinstance(answer, Result) is fits
        if isinstance(answer, Refused):
            assert answer.code == "statement_too_long"
            assert "1,001" in answer.message.en


def test_the_nesting_of_brackets_is_exact(small: Pool) -> None:
    for depth, fits in ((9, True), (10, True), (11, False)):
        answer = small.run("SELECT " + "(" * depth + "1" + ")" * depth, {}, "a")
        assert isinstance(answer, Result) is fits
        if isinstance(answer, Refused):
            assert answer.code == "nesting"
    assert isinstance(small.run("SELECT '" + "(" * 20 + "' -- " + "[" * 20, {}, "a"), Result)
