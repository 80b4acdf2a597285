"""Plausibility: what is well-formed but probably wrong. Refused, held until acknowledged, or only reported."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.plausibility import (
    category,
    days,
    events,
    findings,
    identity,
    own_tables,
    participants,
    shares,
    size,
    statements,
)
from etl.plausibility.findings import stop_on_findings
from etl.plausibility.lines import Lines, lines_of, no_lines
from etl.plausibility.record import Record
from etl.plausibility.rule import Rule, rules_of

RULES: tuple[Rule, ...] = rules_of(
    days, identity, size, events, shares, category, participants, statements, own_tables
)


def find(
    frames: Mapping[str, pl.DataFrame], lines: Lines = no_lines, today: date | None = None
) -> pl.DataFrame:
    """Judge the fact tables by all rules; return the table `finding`. See `findings.find`."""
    return findings.find(RULES, frames, lines, today)


__all__ = ["RULES", "Lines", "Record", "Rule", "find", "lines_of", "no_lines", "stop_on_findings"]
