"""The one runner of named queries: a page states its questions, and gets answers that remember how they were asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from queries.catalogue import catalogue
from queries.warehouse import Warehouse

Row = Any
"""A row of any query: a mapping of its columns."""
Questions = Mapping[str, Mapping[str, object]]
"""Parameters by question. A question is the name of a query; a second one of the same query adds a word: `ladder:later`."""


@dataclass(frozen=True)
class Answers(Mapping[str, list[Row]]):
    """Rows of each question, fetched when first read, and the parameters they were asked with.

    `beneath` is the public record, where the warehouse has an own record laid over it.
    """

    warehouse: Warehouse
    questions: Questions
    beneath: Warehouse | None = None
    _read: dict[str, list[Row]] = field(default_factory=dict, compare=False)

    def __getitem__(self, question: str) -> list[Row]:
        if question not in self._read:
            given = self.questions[question]
            self._read[question] = self.warehouse.run(_query_of(question), **given).to_pylist()
        return self._read[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def also(self, questions: Questions) -> "Answers":
        """Answers of the same warehouse to further questions, such as those that depend on these."""
        return ask(self.warehouse, questions, self.beneath)

    def differs_from_public(self, question: str) -> bool:
        """Whether the public record answers a question otherwise. False where nothing is laid over it."""
        if self.beneath is None:
            return False
        given = self.questions[self._named(question)]
        mine, public = (one.run(_query_of(question), **given) for one in (self.warehouse, self.beneath))
        return not mine.equals(public)

    def asked(self, question: str) -> tuple[str, Mapping[str, object]]:
        """The SQL of a question and the parameters it was asked with.

        The name of a query alone means the first question about it. Raises KeyError where none was asked.
        """
        found = self._named(question)
        return catalogue()[_query_of(found)].sql, self.questions[found]

    def _named(self, question: str) -> str:
        about = (name for name in self.questions if question in {name, _query_of(name)})
        found = question if question in self.questions else next(about, None)
        if found is None:
            raise KeyError(question)
        return found


def ask(warehouse: Warehouse, questions: Questions, beneath: Warehouse | None = None) -> Answers:
    """Takes the questions. Raises KeyError for an unknown query, QueryParameterError for a parameter it does not have."""
    for name, given in questions.items():
        catalogue()[_query_of(name)].bind(given, warehouse.data_as_of)
    return Answers(warehouse, questions, beneath)


def _query_of(question: str) -> str:
    return question.partition(":")[0]
