"""A copy of the committed data that a test may spoil by hand."""

import csv
import io
import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent.parent / "data"

PROJECTS = "snapshot/projects.csv"
ISSUANCES = "snapshot/issuances.csv"
PARTNERS = "snapshot/partner_countries.csv"


class DataFolder:
    """Files below `path`, edited as text. Each edit gives the line on which the row begins."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def content(self, file: str) -> bytes:
        return (self.path / file).read_bytes()

    def write(self, file: str, content: bytes) -> None:
        (self.path / file).write_bytes(content)

    def rows(self, file: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.content(file).decode(), newline="")))

    def write_rows(self, file: str, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.write(file, text.getvalue().encode())

    def set(self, file: str, key: str, **cells: str) -> int:
        """Changes cells of the row whose first cell is the key."""
        rows = self.rows(file)
        at = next(n for n, row in enumerate(rows) if row[0] == key)
        for name, text in cells.items():
            rows[at][rows[0].index(name)] = text
        self.write_rows(file, rows)
        return self._line(rows, at)

    def repeat(self, file: str, key: str, **cells: str) -> int:
        """Adds the row whose first cell is the key once more at the end, with other cells."""
        rows = self.rows(file)
        again = list(next(row for row in rows if row[0] == key))
        for name, text in cells.items():
            again[rows[0].index(name)] = text
        self.write_rows(file, [*rows, again])
        return self._line(rows, len(rows))

    def remove(self, file: str, *keys: str) -> None:
        """Removes the rows whose first cell is one of the keys."""
        self.write_rows(file, [row for row in self.rows(file) if row[0] not in keys])

    def drop_column(self, file: str, name: str) -> None:
        rows = self.rows(file)
        at = rows[0].index(name)
        self.write_rows(file, [row[:at] + row[at + 1 :] for row in rows])

    @staticmethod
    def _line(rows: list[list[str]], at: int) -> int:
        return 1 + sum(1 + sum(cell.count("\n") for cell in row) for row in rows[:at])


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """The committed data, free to be changed."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("warehouse"))
    return DataFolder(folder)
