"""The files of the record as text rows, edited in memory and written back all together or not at all.

Several files change with one acceptance. New contents are first written beside the data with a list of them; only when
all is on disk do they take the place of the old ones. `recover` completes, or throws away, what was cut off.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import accumulate
from pathlib import Path

from etl.contracts import Table, table
from etl.sources.cells import expected_header
from etl.sources.csv_rows import csv_text, read_rows
from etl.sources.stops import BuildStopped

STAGING = ".staged"
_LIST = "files.json"
_LOCK = ".refresh.lock"

Row = dict[str, str]


class RecordFiles:
    """Rows of tables read from `data`, by table name; each table has one file.

    `on` is the day on which changes are made. Nothing is written before `commit`.
    """

    def __init__(self, data: Path, today: date) -> None:
        self.data = data
        self.on = today
        self._rows: dict[str, list[Row]] = {}
        self._before: dict[str, str] = {}
        self._read: dict[str, int] = {}
        self._index: dict[str, dict[str, Row]] = {}
        self._headers: dict[str, list[str]] = {}
        self._others: dict[str, str] = {}

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table, in the order of its file; changes to them count."""
        if name not in self._rows:
            path = self.data / _file_of(name)
            self._rows[name] = read_rows(path) if path.exists() else []
            self._read[name] = len(self._rows[name])
            first = next(iter(self._rows[name]), None)
            self._headers[name] = list(first) if first else list(expected_header(table(name)))
            self._before[name] = self._text(name)
        return self._rows[name]

    def row(self, name: str, key: str) -> Row | None:
        """Return the row of a table whose first column is `key`."""
        rows = self.rows(name)
        index = self._index.get(name)
        if index is None:
            index = self._index[name] = {_key(row): row for row in rows}
        return index.get(key)

    def add(self, name: str, cells: Mapping[str, str]) -> Row:
        """Add a row; cells that are not given are empty. In the file it comes beside those with keys next to its own.

        Raises KeyError for a column that the table does not have.
        """
        rows = self.rows(name)
        unknown = set(cells) - set(self._headers[name])
        if unknown:
            raise KeyError(f"{name} has no column {', '.join(sorted(unknown))}")
        row = dict.fromkeys(self._headers[name], "") | dict(cells)
        rows.append(row)
        if name in self._index:
            self._index[name][_key(row)] = row
        return row

    def renamed(self, name: str) -> None:
        """Forget the keys of a table, of which some were changed in its rows."""
        self._index.pop(name, None)

    def write_beside(self, file: str, text: str) -> None:
        """Have a file that is no table written with the others."""
        self._others[file] = text

    def changed(self) -> dict[str, str]:
        """Return the texts of the files that differ from those on disk, by path below data/."""
        found = dict(self._others)
        for name in self._rows:
            text = self._text(name)
            if text == self._before[name]:
                continue
            file = _file_of(name)
            found[file] = text
            descriptor = (self.data / file).with_suffix(".toml")
            if descriptor.exists():
                found[Path(file).with_suffix(".toml").as_posix()] = self._descriptor(descriptor, text, name)
        return found

    def commit(self) -> list[str]:
        """Write all changed files, all or none; return their paths below data/."""
        texts = self.changed()
        if texts:
            stage(self.data, texts)
            recover(self.data)
        return sorted(texts)

    def copy_to(self, folder: Path) -> None:
        """Write a copy of the data as they would be, for a build that tries them."""
        kept = shutil.ignore_patterns("warehouse", "own", STAGING, ".*")
        shutil.copytree(self.data, folder, ignore=kept, dirs_exist_ok=True)
        for file, text in self.changed().items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")

    def _text(self, name: str) -> str:
        return csv_text(self._headers[name], _placed(self._rows[name], self._read[name]))

    def _descriptor(self, path: Path, text: str, name: str) -> str:
        """The descriptor of a file with its new rows and hash; its facts are as new as the newest accepted."""
        old = path.read_text(encoding="utf-8")
        values = tomllib.loads(old)
        newest = max([values.get("facts_of") or date.min, *self._days_of_new_facts(name)])
        fresh = {
            "rows": str(len(self._rows[name])),
            "sha256": f'"{hashlib.sha256(text.encode()).hexdigest()}"',
            "retrieved_on": max(values["retrieved_on"], self.on).isoformat(),
        }
        if newest > date.min and "facts_of" in values:
            fresh["facts_of"] = min(newest, self.on).isoformat()
        for key, value in fresh.items():
            old = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", old)
        return old

    def _days_of_new_facts(self, name: str) -> list[date]:
        """Days that the sources which were added state of themselves."""
        if not self._is_of_facts(name):
            return []
        before = {line.split(",", 1)[0] for line in self._before.get("source", "").splitlines()}
        new = [row for row in self._rows.get("source", []) if row["source_id"] not in before]
        days = [row["as_of"] or row["retrieved_on"] for row in new]
        return [date.fromisoformat(day) for day in days if len(day) == 10]

    def _is_of_facts(self, name: str) -> bool:
        return table(name).origin == "snapshot"


def _key(row: Row) -> str:
    return next(iter(row.values()))


def _placed(rows: Sequence[Row], read: int) -> list[Row]:
    """Rows in the order of a file of which the first `read` were read: each new one behind those with lower keys.

    Keys of our own (P-…) are a block of their own below the reference numbers.
    """
    found: list[tuple[int, str, int, Row]] = [(n, "", 0, row) for n, row in enumerate(rows[:read])]
    for is_ours in (False, True):
        block = sorted(
            (_key(row), n) for n, row in enumerate(rows[:read]) if _key(row).startswith("P-") == is_ours
        )
        keys = [key for key, _ in block]
        last = list(accumulate((n for _, n in block), max))
        for number, row in enumerate(rows[read:], 1):
            key = _key(row)
            if key.startswith("P-") == is_ours:
                at = bisect_right(keys, key)
                found.append((last[at - 1] if at else read, key, number, row))
    return [row for *_, row in sorted(found, key=lambda one: one[:3])]


def _file_of(name: str) -> str:
    contract: Table = table(name)
    return contract.files[0]


@contextmanager
def only_refresh(data: Path) -> Iterator[None]:
    """Hold the data for one refresh or decision; a second one waits. What was cut off before is completed first."""
    with (data / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        recover(data)
        yield


def stage(data: Path, texts: Mapping[str, str]) -> None:
    """Write texts beside the data, by the paths they are for; the list of them comes last and makes them count."""
    folder = data / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, text in enumerate(texts.values()):
        _write(folder / str(number), text)
    unfinished = folder / f"{_LIST}.new"
    _write(unfinished, json.dumps(list(texts), ensure_ascii=False))
    unfinished.replace(folder / _LIST)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def recover(data: Path) -> list[str]:
    """Put staged files in their places if all of them are there, else throw them away; return their paths.

    Raises BuildStopped where a file cannot be put in its place; the staged files stay.
    """
    folder = data / STAGING
    if not folder.exists():
        return []
    done = []
    if (folder / _LIST).exists():
        for number, file in enumerate(json.loads((folder / _LIST).read_text(encoding="utf-8"))):
            staged, path = folder / str(number), data / file
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if staged.exists():  # else it was put there before the interruption
                    staged.replace(path)
            except OSError as error:
                raise BuildStopped(
                    f"{path} cannot be written ({error.strerror}). Mend this and run the command again: what was accepted"
                    f" waits in {folder}.",
                    f"{path} に書き込めません（{error.strerror}）。解消後に再実行してください。採用した内容は {folder} に保管されています。",
                ) from error
            done.append(file)
    shutil.rmtree(folder)
    return done
