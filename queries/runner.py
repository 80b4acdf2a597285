"""The one runner of named queries: a page states its questions, and gets answers that remember how they were asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from queries.catalogue import catalogue
from queries.warehouse import Warehouse

Row = Any
"""A row of any query: a mapping of its columns."""
Questions = Mapping[str, Mapping[str, object]]
"""Parameters by question. A question is the name of a query; a second one of the same query adds a word: `ladder:later`."""


@dataclass(frozen=True)
class Answers(Mapping[str, list[Row]]):
    """Rows of each question, with the parameters they were asked with, the data version and its day."""

    data_version: str
    data_as_of: date
    questions: Questions
    rows: Mapping[str, list[Row]]

    def __getitem__(self, question: str) -> list[Row]:
        return self.rows[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def asked(self, question: str) -> tuple[str, Mapping[str, object]]:
        """The SQL of a question and the parameters it was asked with.

        The name of a query alone stands for the first question about it. Raises KeyError where none was asked.
        """
        about = (name for name in self.questions if question in {name, _query_of(name)})
        found = question if question in self.questions else next(about, None)
        if found is None:
            raise KeyError(question)
        return catalogue()[_query_of(found)].sql, self.questions[found]


def ask(warehouse: Warehouse, questions: Questions) -> Answers:
    """Runs each question. Raises KeyError for an unknown query, QueryParameterError for a parameter it does not have."""
    rows = {name: warehouse.run(_query_of(name), **given).to_pylist() for name, given in questions.items()}
    return Answers(warehouse.data_version, warehouse.data_as_of, questions, rows)


def _query_of(question: str) -> str:
    return question.partition(":")[0]
