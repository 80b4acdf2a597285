"""The contracts: one per table, with its columns, rules, references and words in both languages."""

from etl.contracts import (
    bridges,
    derived,
    geography,
    headline,
    issuances,
    judgement,
    ndc_figures,
    participants,
    places,
    plausibility,
    policy,
    projects,
    record,
    refreshing,
    statements,
    tonnes,
)
from etl.contracts.cross_rules import CROSS_RULES, CrossRule
from etl.contracts.table import Reference, RuleText, Table, tables_of
from etl.contracts.views import VIEWS

TABLES: tuple[Table, ...] = tables_of(
    places,
    ndc_figures,
    projects,
    issuances,
    statements,
    policy,
    geography,
    judgement,
    plausibility,
    derived,
    tonnes,
    bridges,
    participants,
    headline,
    refreshing,
    record,
)

_BY_NAME = {table.name: table for table in TABLES}


def table(name: str) -> Table:
    """The contract of a table; raises KeyError for a name that has none."""
    return _BY_NAME[name]


__all__ = ["CROSS_RULES", "TABLES", "VIEWS", "CrossRule", "Reference", "RuleText", "Table", "table"]
