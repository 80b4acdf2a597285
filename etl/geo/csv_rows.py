"""The CSV files that the geography is prepared from and written to."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.contracts import table
from etl.sources.cells import expected_header


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file of ours."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(name: str, rows: Sequence[Mapping[str, object]], path: Path) -> None:
    """Write the file of a table, with the headings of its contract."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, expected_header(table(name)), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
