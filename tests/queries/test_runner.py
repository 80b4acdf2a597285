"""Answers remember how they were asked."""

from datetime import date
from pathlib import Path

import pytest

from queries.catalogue import QueryParameterError
from queries.runner import ask
from queries.warehouse import Warehouse, current


@pytest.fixture(scope="module")
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def test_answers_hold_rows_and_parameters(warehouse: Warehouse) -> None:
    day = date(2023, 3, 31)
    answers = ask(
        warehouse,
        {
            "ladder": {"as_of": day},
            "ladder:later": {"as_of": day, "until_fiscal_year": 2040},
            "map_shapes": {},
        },
    )
    assert list(answers) == ["ladder", "ladder:later", "map_shapes"]
    assert answers["ladder"] == warehouse.run("ladder", as_of=day).to_pylist() != answers["ladder:later"]
    assert answers.warehouse is warehouse
    sql, parameters = answers.asked("ladder:later")
    assert parameters == {"as_of": day, "until_fiscal_year": 2040}
    assert sql == answers.asked("ladder")[0]


def test_the_name_of_a_query_stands_for_the_first_question_about_it(warehouse: Warehouse) -> None:
    answers = ask(
        warehouse, {"ladder_by_group:sector": {"by": "sector"}, "ladder_by_group:country": {"by": "country"}}
    )
    assert answers.asked("ladder_by_group")[1] == {"by": "sector"}
    with pytest.raises(KeyError):
        answers.asked("ladder")


def test_a_question_that_cannot_be_asked_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError):
        ask(warehouse, {"no_such_query": {}})
    with pytest.raises(QueryParameterError, match="colour"):
        ask(warehouse, {"ladder": {"colour": "red"}})
