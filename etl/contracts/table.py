"""What the contract of a table holds beside its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import dataframely as dy

Origin = Literal[
    "snapshot",
    "targets",
    "assumptions",
    "corrections",
    "vocabulary",
    "geography",
    "derived",
    "record",
    "view",
    "acknowledged",
]

Place = Literal["main", "history", "record"]


@dataclass(frozen=True)
class Reference:
    """A column whose values must be keys of another table; `is_list` for lists separated by `;`."""

    column: str
    to_table: str
    to_column: str
    is_list: bool = False


@dataclass(frozen=True)
class RuleText:
    """What a rule expects, one sentence in each language."""

    en: str
    ja: str


@dataclass(frozen=True)
class Table:
    """The contract of one table: columns and rules (`schema`), titles, files, references and words for its rules.

    `files` are paths below data/; empty for tables that the build derives. `row_key` names the columns that tell a
    row; where a part of it may be null, the rule `is_unique` of the schema holds the key. `place` is the schema of the
    warehouse: main holds today, history what was known when, record what the build keeps of itself. `sql` names the
    file of a view's statement.
    """

    name: str
    schema: type[dy.Schema]
    title_en: str
    title_ja: str
    origin: Origin
    row_key: tuple[str, ...]
    files: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    rule_texts: Mapping[str, RuleText] = field(default_factory=dict)
    place: Place = "main"
    sql: str | None = None

    @property
    def qualified_name(self) -> str:
        """The name with its schema; tables of the schema `main` go without."""
        return self.name if self.place == "main" else f"{self.place}.{self.name}"

    @property
    def is_read(self) -> bool:
        """Whether the table is read from files."""
        return bool(self.files)
