"""The contracts: one per table, with its columns, rules, references and words in both languages."""

from etl.contracts import (
    bridges,
    derived,
    geography,
    headline,
    issuances,
    judgement,
    places,
    plausibility,
    projects,
    record,
    statements,
)
from etl.contracts.cross_rules import CROSS_RULES, CrossRule
from etl.contracts.table import Reference, RuleText, Table
from etl.contracts.views import VIEWS

TABLES: tuple[Table, ...] = (
    *places.TABLES,
    *projects.TABLES,
    *issuances.TABLES,
    *statements.TABLES,
    *geography.TABLES,
    *judgement.TABLES,
    *plausibility.TABLES,
    *derived.TABLES,
    *bridges.TABLES,
    *headline.TABLES,
    *record.TABLES,
)

_BY_NAME = {table.name: table for table in TABLES}


def table(name: str) -> Table:
    """The contract of a table; raises KeyError for a name that has none."""
    return _BY_NAME[name]


__all__ = ["CROSS_RULES", "TABLES", "VIEWS", "CrossRule", "Reference", "RuleText", "Table", "table"]
