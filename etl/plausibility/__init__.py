"""Plausibility: what is well-formed but probably wrong. Refused, held until acknowledged, or told."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.plausibility import category, days, events, findings, identity, own_tables, shares, size, statements
from etl.plausibility.findings import hold_findings
from etl.plausibility.lines import Lines, lines_of, no_lines
from etl.plausibility.record import Record
from etl.plausibility.rule import Doubt, Rule

RULES: tuple[Rule, ...] = (
    *days.RULES,
    *identity.RULES,
    *size.RULES,
    *events.RULES,
    *shares.RULES,
    *category.RULES,
    *statements.RULES,
    *own_tables.RULES,
)


def find(
    frames: Mapping[str, pl.DataFrame], lines: Lines = no_lines, today: date | None = None
) -> pl.DataFrame:
    """Judge the fact tables by all rules; return the table `finding`. See `findings.find`."""
    return findings.find(RULES, frames, lines, today)


__all__ = ["RULES", "Doubt", "Lines", "Record", "Rule", "find", "hold_findings", "lines_of", "no_lines"]
