"""Parameters of a statement, and results that are kept for whoever asks the same."""

from pathlib import Path

import pytest

from queries.catalogue import catalogue
from workbench import door
from workbench.answers import Result
from workbench.parameters import named_in


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_the_parameters_of_every_named_query_are_found(name: str) -> None:
    query = catalogue()[name]
    assert set(named_in(query.sql)) == {p.name for p in query.parameters}


def test_texts_comments_and_numbers_name_no_parameter() -> None:
    assert named_in("SELECT $b, '$c', \"$d\", $1, $日本 -- $e\n, $b /* $f */, $$ $g $$") == ("b", "日本")
    assert named_in("") == ()
    assert named_in("SELECT '") == ()


def test_a_result_is_kept_by_statement_values_and_kind(
    warehouse_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(warehouse_dir))
    sql = "SELECT $n AS n"
    answer = door.run(sql, {"n": 1}, "a")
    assert isinstance(answer, Result)
    door.keep(sql, {"n": 1}, "result", answer)
    assert door.recall(sql, {"n": 1}, "result") is answer
    assert door.recall(sql, {"n": 2}, "result") is None
    assert door.recall(sql, {"n": 1}, "full") is None
