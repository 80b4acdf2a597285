"""The table in docs/spark.md: which named queries give the same rows on Spark, written by the comparison itself."""

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "spark.md"
_BEGIN, _END = "<!-- table: made by make test-spark -->", "<!-- end of table -->"

DIFFERS = "differs"
DIFFERENCES: dict[str, str] = {}
"""Queries that Spark answers otherwise, and why. One that is listed in vain fails, as one that differs and is not listed."""


@dataclass(frozen=True)
class Equality:
    """One query with one set of parameters: rows on DuckDB, and whether Spark gave the same."""

    query: str
    rows: int
    is_equal: bool


def write_table(compared: list[Equality], data_version: str) -> None:
    """Replaces the table of the page."""
    lines = [
        f"Data version {data_version}.",
        "",
        "| query | sets of parameters | rows of each | on Spark |",
        "|---|---|---|---|",
    ]
    ordered = sorted(compared, key=lambda e: e.query)
    for query, group in groupby(ordered, key=lambda e: e.query):
        cases = list(group)
        rows = "; ".join(f"{c.rows:,}" for c in cases)
        answer = (
            f"{DIFFERS}: {DIFFERENCES[query]}"
            if not all(c.is_equal for c in cases)
            else "equal"
            if any(c.rows for c in cases)
            else "equal columns; this version has no rows"
        )
        lines.append(f"| `{query}` | {len(cases)} | {rows} | {answer} |")
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    PAGE.write_text("\n".join((before + _BEGIN, *lines, _END + after)), encoding="utf-8")


def told() -> dict[str, str]:
    """What the page says of each query."""
    table = PAGE.read_text(encoding="utf-8").split(_BEGIN)[1].split(_END)[0]
    return dict(re.findall(r"^\| `([a-z0-9_]+)` \|.*\| ([^|]+) \|$", table, re.MULTILINE))
