"""How a contract is declared: a dataframely schema with the words of its rules, and what the table is beside its columns.

A schema is declared as a table by `@contract` or as a view by `@view`; a rule over several columns by `rule` with what it
expects, and a key that may be null in part by `unique`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Literal, TypeVar

import dataframely as dy
import polars as pl
from dataframely._rule import (
    RuleFactory,  # what `dy.rule()` makes: the only class that a schema takes as a rule
)

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
    "refresh",
]

Place = Literal["main", "history", "record"]
Declared = TypeVar("Declared", bound=type[dy.Schema])


@dataclass(frozen=True)
class Reference:
    """A column whose values must be keys of another table; `is_list` for lists separated by `;`."""

    column: str
    to_table: str
    to_column: str
    is_list: bool = False


BY_PROJECT = Reference("project_id", "project", "project_id")
BY_PROJECTS = Reference("project_ids", "project", "project_id", is_list=True)
BY_ISSUANCE = Reference("issuance_id", "issuance", "issuance_id")
BY_SOURCE = Reference("source_id", "source", "source_id")
BY_OTHER_SOURCES = Reference("other_source_ids", "source", "source_id", is_list=True)
BY_COUNTRY = Reference("iso3", "partner_country", "iso3")
BY_SECTOR = Reference("sector_number", "sector", "sector_number")
BY_TECHNOLOGY = Reference("technology", "technology", "technology")
BY_CODES = Reference("assumption_codes", "assumption", "assumption_code", is_list=True)


@dataclass(frozen=True)
class RuleText:
    """What a rule expects, one sentence in each language."""

    en: str
    ja: str


@dataclass(frozen=True)
class Table:
    """The contract of one table: columns and rules (`schema`), titles, files, references and words for its rules.

    `files` are paths below data/, `*` standing for any folder; empty for tables that the build derives. `row_key` names the columns that identify a
    row; where a part of it may be null, the rule `is_unique` of the schema checks the key. `place` is the schema of the
    warehouse: main for today, history for what was known when, record for what the build records of itself. `sql` names
    the file of a view's statement.
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
        """The name with its schema; tables of the schema `main` have none."""
        return self.name if self.place == "main" else f"{self.place}.{self.name}"

    @property
    def is_read(self) -> bool:
        """Whether the table is read from files."""
        return bool(self.files)

    @property
    def may_be_empty(self) -> bool:
        """Whether its files may have no row: what the project itself writes as it happens."""
        return self.origin in {"corrections", "acknowledged", "refresh"}

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Types by column, as `schema` of a frame."""
        return {name: column.dtype for name, column in self.schema.columns().items()}

    def frame(self, rows: Sequence[Any]) -> pl.DataFrame:
        """Return a frame of the table from rows, each a tuple in the order of the columns or a mapping by their names."""
        return pl.DataFrame(rows, schema=self.dtypes, orient="row")

    def cast(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the columns of the table from a frame that may hold more, in the types of the contract."""
        return frame.select(pl.col(name).cast(dtype) for name, dtype in self.dtypes.items())


class _WordedRule(RuleFactory):
    """A rule with what it expects; `columns` of a key that must be unique."""

    def __init__(self, expected: pl.Expr, text: RuleText, columns: tuple[str, ...] = ()) -> None:
        super().__init__(lambda _: expected)
        self.text = text
        self.columns = columns


def rule(expected: pl.Expr, en: str, ja: str) -> RuleFactory:
    """Declare a rule over several columns, and what it expects in both languages."""
    return _WordedRule(expected, RuleText(en, ja))


def unique(
    *columns: str,
    en: str = "The same row must not stand in the table twice.",
    ja: str = "同じ行を重複して記載することはできません。",
) -> RuleFactory:
    """Declare the key of a table of which a part may be null."""
    return _WordedRule(pl.struct(columns).is_unique(), RuleText(en, ja), columns)


_DECLARED: list[Table] = []


def contract(
    name: str,
    title_en: str,
    title_ja: str,
    origin: Origin,
    *,
    row_key: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
    place: Place = "main",
    sql: str | None = None,
) -> Callable[[Declared], Declared]:
    """Declare a schema as the contract of a table.

    `row_key` is only needed where the schema has neither primary key nor `unique` columns.
    """

    def declare(schema: Declared) -> Declared:
        rules = {
            key: found
            for one in reversed(schema.__mro__)
            for key, found in vars(one).items()
            if isinstance(found, _WordedRule)
        }
        unique_columns = rules["is_unique"].columns if "is_unique" in rules else ()
        key = row_key or tuple(schema.primary_key()) or unique_columns
        texts = {rule_name: found.text for rule_name, found in rules.items()}
        _DECLARED.append(
            Table(name, schema, title_en, title_ja, origin, key, files, references, texts, place, sql)
        )
        return schema

    return declare


def view(
    name: str,
    title_en: str,
    title_ja: str,
    *,
    row_key: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
) -> Callable[[Declared], Declared]:
    """Declare a schema as the contract of a view."""
    return contract(
        name, title_en, title_ja, "view", row_key=row_key, references=references, sql=f"{name}.sql"
    )


def tables_of(*modules: ModuleType) -> tuple[Table, ...]:
    """The tables and views that modules declare, in the order of the modules and of their classes."""
    names = [module.__name__ for module in modules]
    return tuple(one for name in names for one in _DECLARED if one.schema.__module__ == name)
