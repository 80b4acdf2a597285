"""CSV files of tables that commands of this package read and write."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.contracts import table
from etl.sources.cells import expected_header


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file of ours."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def csv_text(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Return rows as the text of a CSV file with a heading."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_rows(name: str, rows: Sequence[Mapping[str, object]], path: Path) -> None:
    """Write the file of a table, with the headings of its contract."""
    path.write_text(csv_text(expected_header(table(name)), rows), encoding="utf-8", newline="")
