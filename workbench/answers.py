"""What a statement comes back as: a result, or one of the ways in which there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pyarrow as pa

from workbench.messages import Message


@dataclass(frozen=True)
class Column:
    """A column of a result: the name shown (unique within the result) and its type in SQL."""

    name: str
    sql_type: str


@dataclass(frozen=True)
class Result:
    """Rows of a query.

    `is_cut_off` says that there are more rows than `rows_shown`; `cut_off_by` is then "rows" or "size".
    `milliseconds` is the time in the engine, `waited_milliseconds` the time before a place was free,
    `size_bytes` the size of the rows in Arrow form.
    """

    table: pa.Table
    columns: tuple[Column, ...]
    rows_shown: int
    is_cut_off: bool
    cut_off_by: str | None
    milliseconds: float
    waited_milliseconds: float
    size_bytes: int
    data_version: str


@dataclass(frozen=True)
class Place:
    """A place in the text: line and column from 1, the line itself, how many characters are meant (at least 1)."""

    line: int
    column: int
    text: str
    length: int

    @property
    def marker(self) -> str:
        """Spaces and carets to set beneath `text`, one for each character of it."""
        return " " * (self.column - 1) + "^" * self.length


@dataclass(frozen=True)
class Failure:
    """Why there is no result. `words` are DuckDB's own, empty where it said nothing."""

    code: str
    message: Message
    place: Place | None = None
    words: str = ""


@dataclass(frozen=True)
class Refused(Failure):
    """The text was not run: it is not one statement that only reads this data, or it breaks a limit of its form."""


@dataclass(frozen=True)
class Failed(Failure):
    """The statement may be run but does not work: syntax, names, types, values."""


@dataclass(frozen=True)
class TimedOut(Failure):
    """The query was ended: at its deadline, or earlier because others waited (code "others_waited")."""


@dataclass(frozen=True)
class OutOfMemory(Failure):
    """The query needed more memory than it may use."""


@dataclass(frozen=True)
class Stopped(Failure):
    """The reader stopped the query."""


@dataclass(frozen=True)
class Busy(Failure):
    """The query was not begun: too many wait, or it waited too long. `waiting` queries were before it."""

    waiting: int = 0


Answer: TypeAlias = Result | Refused | Failed | TimedOut | OutOfMemory | Stopped | Busy

_FROM_WORKER: Final = {x.__name__: x for x in (Refused, Failed, TimedOut, OutOfMemory)}


def answer_of(head: Mapping[str, Any], body: bytes, sql: str, waited_milliseconds: float) -> Answer:
    """What a worker answered (`worker`), checked as what comes from a process that ran a stranger's text.

    Raises ValueError, KeyError or pyarrow.ArrowException for what is no answer.
    """
    if "failure" in head:
        place = place_in(sql, head["position"], int(head["length"]))
        message = Message(str(head["en"]), str(head["ja"]))
        return _FROM_WORKER[head["failure"]](str(head["code"]), message, place, str(head["words"]))
    with pa.ipc.open_stream(pa.py_buffer(body)) as reader:
        table = reader.read_all()
    table.validate(full=True)
    return Result(
        table=_with_whole_numbers(table),
        columns=tuple(Column(str(name), str(sql_type)) for name, sql_type in head["columns"]),
        rows_shown=table.num_rows,
        is_cut_off=head["cut_off_by"] is not None,
        cut_off_by=head["cut_off_by"],
        milliseconds=float(head["milliseconds"]),
        waited_milliseconds=waited_milliseconds,
        size_bytes=len(body),
        data_version=str(head["data_version"]),
    )


def _with_whole_numbers(table: pa.Table) -> pa.Table:
    """Sums of whole numbers as whole numbers, where 64 bits hold them; DuckDB gives them as 38-digit decimals."""
    for index, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type) and column.type.scale == 0:
            try:
                values = table.column(index).cast(pa.int64())
            except pa.ArrowInvalid:
                continue
            table = table.set_column(index, pa.field(column.name, pa.int64()), values)
    return table


def place_in(sql: str, position: int | None, length: int) -> Place | None:
    """The place of a byte position in the UTF-8 form of the text; None for one that is not known or not in it."""
    raw = sql.encode("utf-8", "replace")
    if position is None or not 0 <= position <= len(raw):
        return None
    before = raw[:position].decode("utf-8", "ignore")
    meant = raw[position : position + length].decode("utf-8", "ignore")
    start = before.rfind("\n") + 1
    text = sql[start:].split("\n", 1)[0].rstrip("\r")
    column = len(before) - start + 1
    room = max(1, len(text) - column + 1)
    return Place(before.count("\n") + 1, column, text, max(1, min(len(meant.split("\n", 1)[0]), room)))
