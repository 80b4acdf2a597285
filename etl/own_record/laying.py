"""Lays an own record over the public one: a second warehouse beside it, of the same facts and the own rows.

The public warehouse and the files of the public record are never changed. Without an own record, or where it cannot be laid
over, the second warehouse is removed, so that nothing of it stays.
"""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl

from etl.own_record.comparing import compare_own, place_of
from etl.own_record.outcome import NOTED, REPORT, Entry, Laid
from etl.own_record.place import LAID_OVER, OWN_FOLDER, remove_own
from etl.refresh.record_files import RecordFiles
from etl.sources.limits import Limits
from etl.warehouse.build import BuildReport, build, read_and_doubt
from etl.warehouse.publish import published

Progress = Callable[[str], None]
Touched = dict[tuple[str, str], list[str]]
_OF_A_COPY = re.compile(r"^\S+\.csv, line \d+(?:, |\. |: )?| The cell is left empty; the row is kept\.")
_OF_A_COPY_JA = re.compile(r"^\S+\.csv の \d+ 行目[、：]?|当該セルは空欄として扱い、行は保持します。")
"""What is said of the copy of the record that is built: the reader has the own file before them."""
_PASSES = 4
"""Rows that break a rule are left out, and what is left is looked at again; more passes mean that a rule is at fault."""
_OF_FILES = ("DAYS-LIST",)
"""Rules that judge the day of a file of the public record: that of an own file is the day it was saved."""
_LIMITS = Limits(max_shrink_share=1, max_reject_share=1, kept_versions=1)


def lay(
    data: Path, warehouse_dir: Path, folder: Path, today: date, progress: Progress = lambda _: None
) -> tuple[Laid, BuildReport]:
    """Build the second warehouse of the own record in a folder; return what it changes.

    A row or cell that breaks a rule of the record is left out, and the public one stays. Raises BuildStopped where the own
    record cannot be built; the second warehouse of before is removed then, since it would not fit the public one.
    """
    place = warehouse_dir / OWN_FOLDER
    try:
        left_out: dict[str, tuple[str, str]] = {}
        for _ in range(_PASSES):
            laid, record, touched = compare_own(data, folder, today, left_out)
            broken = _broken(record, touched, today)
            if not broken.keys() - left_out.keys():
                break
            left_out |= broken
        report = _built(record, place, today, progress)
        laid.entries += _doubts(report, touched)
        (place / REPORT).write_text(laid.report(), encoding="utf-8-sig", newline="")
        public = published(warehouse_dir)
        (place / LAID_OVER).write_text(public.stem if public else "", encoding="utf-8")
    except BaseException:
        remove_own(warehouse_dir)
        raise
    return laid, report


def _built(record: RecordFiles, place: Path, today: date, progress: Progress) -> BuildReport:
    (place / LAID_OVER).unlink(missing_ok=True)  # not shown until it is whole
    with _copied(record) as copy:
        return build(
            copy,
            place,
            progress=progress,
            today=today,
            acknowledged="own record",
            is_trial=True,
            limits=_LIMITS,
        )


@contextmanager
def _copied(record: RecordFiles) -> Iterator[Path]:
    """A folder of the data as the own record makes them, for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="jcm-own-") as name:
        record.copy_to(Path(name))
        yield Path(name)


def _broken(record: RecordFiles, touched: Touched, today: date) -> dict[str, tuple[str, str]]:
    """Rows, and cells, of the own record that are rejected or refused, by their place, with the reason."""
    with _copied(record) as copy:
        facts, _, finding = read_and_doubt(copy, _LIMITS, today)
    reasons = [
        (r.table_name, r.subject or "", r.column if r.level == "cell" else "", r.message_en, r.message_ja)
        for r in facts.rejected
    ]
    refused = finding.filter(pl.col("level") == "refuse")
    columns = ("table_name", "row_key", pl.lit(""), "message_en", "message_ja")
    reasons += refused.select(*columns).iter_rows()
    found: dict[str, tuple[str, str]] = {}
    for table_name, key, cell, en, ja in reasons:
        name, row, column = table_name, key, cell
        if table_name == "project_claim":  # the statement that a cell leaves beside the project
            name, (row, column, *_) = "project", (*key.split(";"), "")
        for where in touched.get((name, row), ()):
            said_en, said_ja = _OF_A_COPY.sub("", en), _OF_A_COPY_JA.sub("", ja)
            reason = (
                f"breaks a rule of the record and is left out. {said_en}",
                f"記録の規則に反するため取り込んでいません。{said_ja}",
            )
            found.setdefault(place_of(where, column), reason)
    return found


def _doubts(report: BuildReport, touched: Touched) -> list[Entry]:
    """What the rules of plausibility find doubtful in rows of the own record: they are taken, and named."""
    is_open = (pl.col("level") == "hold") & ~pl.col("is_acknowledged")
    open_ones = report.frames["finding"].filter(is_open & ~pl.col("rule_code").is_in(_OF_FILES))
    return [
        Entry(
            NOTED,
            touched[table_name, key][0],
            key,
            f"{touched[table_name, key][0]}: {en}",
            f"{touched[table_name, key][0]}：{ja}",
        )
        for table_name, key, en, ja in open_ones.select(
            "table_name", "row_key", "message_en", "message_ja"
        ).iter_rows()
        if (table_name, key) in touched
    ]
