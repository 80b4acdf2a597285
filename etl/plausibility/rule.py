"""What a plausibility rule is, and how one is declared: which rows are doubtful, and what is said of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, NamedTuple

import polars as pl

from etl.plausibility.record import Record

Level = Literal["refuse", "hold", "tell"]
Row = Mapping[str, Any]
Rows = pl.DataFrame | Iterable[Row]


class About(NamedTuple):
    """The row that a doubt is on: its table, its key (parts separated by ;), its subject, and the tonnes concerned."""

    table: str
    key: str
    subject: str
    tco2: int | None = None


@dataclass(frozen=True)
class Doubt:
    """One row that a rule doubts.

    `value` is the doubtful value as text: an acknowledgement must repeat it. `en` and `ja` say what was found; why it is
    doubtful is the title of the rule.
    """

    about: About
    value: str
    en: str
    ja: str


@dataclass(frozen=True)
class Rule:
    """A rule: its titles say what is expected, `rows` returns the rows that are otherwise.

    `value`, `en` and `ja` are formats over the columns of these rows. refuse: cannot be published. hold: published only
    when acknowledged. tell: only reported.
    """

    code: str
    level: Level
    title_en: str
    title_ja: str
    about: Callable[[Row], About]
    value: str
    en: str
    ja: str
    rows: Callable[[Record], Rows]

    def find(self, record: Record) -> Iterator[Doubt]:
        """The doubts of this rule about a record."""
        return self.doubts(self.rows(record))

    def doubts(self, rows: Rows) -> Iterator[Doubt]:
        """What is said of each doubtful row."""
        for row in rows.iter_rows(named=True) if isinstance(rows, pl.DataFrame) else rows:
            yield Doubt(self.about(row), *(words.format_map(row) for words in (self.value, self.en, self.ja)))


_DECLARED: list[tuple[str, Rule]] = []


def rule(
    code: str,
    level: Level,
    title_en: str,
    title_ja: str,
    about: Callable[[Row], About],
    *,
    value: str,
    en: str,
    ja: str,
) -> Callable[[Callable[[Record], Rows]], Callable[[Record], Rows]]:
    """Declare the rule whose doubtful rows a function returns."""

    def declare(rows: Callable[[Record], Rows]) -> Callable[[Record], Rows]:
        _DECLARED.append((rows.__module__, Rule(code, level, title_en, title_ja, about, value, en, ja, rows)))
        return rows

    return declare


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules that modules declare, in order."""
    return tuple(one for module in modules for name, one in _DECLARED if name == module.__name__)


def on_project(row: Row) -> About:
    """A row of `project`."""
    return About("project", row["project_id"], row["project_id"], row["est_annual_tco2"])


def on_event(row: Row) -> About:
    """A row of `issuance`, or its part on one `project`."""
    subject = row.get("project") or row["project_ids"] or row["iso3"]
    return About("issuance", row["issuance_id"], subject, row["total_tco2"] or row["total_low_tco2"])


def on_article6(row: Row) -> About:
    """A row of `article6_event`."""
    key = row["article6_event_id"]
    return About("article6_event", key, key, row["quantity_tco2"])
