"""Tables to be read: rows of tiles and queries with their numbers written as the pages write them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from exports.briefing.document import Grid
from model.changes import Ends
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE, RUNGS
from view.amounts import amount_short, between, tonnes_between
from view.changes.page import rung_words
from view.target.content import TargetContent
from view.target.gap import pace_rows, pace_unit
from view.target.ladder_table import why_missing
from view.texts import Texts

Writes = Callable[[Any, Texts], str]
Columns = Sequence[tuple[int | tuple[int, int], Writes]]
"""Columns by position with the way they are written; a pair holds the low and the high end of one figure."""

DASH = "–"


def as_text(value: Any, t: Texts) -> str:  # noqa: ANN401 - a cell of a query
    """Any value as text; what is not known is a dash."""
    if value in {None, "", (None, None)}:
        return DASH
    if isinstance(value, tuple):
        low, high = value
        return between(low, high, t, as_text)
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, date):
        return t.day_short(value)
    if isinstance(value, int | float):
        return t.number(value) if value == int(value) else t.number(value, 2)
    return str(value)


def as_amount(value: Any, t: Texts) -> str:  # noqa: ANN401
    """Tonnes in Mt or 万t."""
    low, high = _ends(value)
    return DASH if low is None or high is None else between(low, high, t, amount_short)


def as_tonnes(value: Any, t: Texts) -> str:  # noqa: ANN401
    """Exact tonnes; what is not known says so."""
    low, high = _ends(value)
    return t("not known") if low is None or high is None else tonnes_between(int(low), int(high), t)


def _ends(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
    return value if isinstance(value, tuple) else (value, value)


def as_share(value: Any, t: Texts) -> str:  # noqa: ANN401
    """A share in percent."""
    return DASH if value is None else t.percent(float(value))


def as_mark(value: Any, t: Texts) -> str:  # noqa: ANN401
    """A mark for what rests on reports alone; nothing for the rest."""
    return t("reported") if value else ""


def as_year(value: Any, t: Texts) -> str:  # noqa: ANN401
    """A fiscal year."""
    return DASH if value is None else t.year(int(value))


def grid_of(
    table: pa.Table,
    columns: Columns,
    t: Texts,
    *,
    rows_at_most: int | None = None,
    heads: Mapping[int, str] | None = None,
    where_any: Columns = (),
) -> Grid | None:
    """Some columns of a tile's table. None for a table without rows.

    A pair of columns stands as one, under the heading of its low end without these words. Columns of `where_any` are
    added where one of their rows holds something.
    """
    if not table.num_rows:
        return None
    given = heads or {}
    filled = [(i, write) for i, write in where_any if any(_values(table, i))]
    chosen = [*columns, *filled]
    some = [(_head(table, i, given, t), _values(table, i), write) for i, write in chosen]
    rows = tuple(
        tuple(write(values[r], t) for _, values, write in some)
        for r in range(min(table.num_rows, rows_at_most or table.num_rows))
    )
    numeric = frozenset(
        place
        for place, (i, _) in enumerate(chosen)
        if _is_number(table.field(i if isinstance(i, int) else i[0]).type)
    )
    return Grid(tuple(name for name, _, _ in some), rows, numeric)


def _values(table: pa.Table, column: int | tuple[int, int]) -> list[Any]:
    if isinstance(column, int):
        found: list[Any] = table.column(column).to_pylist()
        return found
    low, high = (table.column(i).to_pylist() for i in column)
    return list(zip(low, high, strict=True))


def _head(table: pa.Table, column: int | tuple[int, int], given: Mapping[int, str], t: Texts) -> str:
    first = column if isinstance(column, int) else column[0]
    if first in given:
        return given[first]
    name: str = table.column_names[first]
    if isinstance(column, int):
        return name
    return re.sub(rf"[,、]? ?{re.escape(t('low end'))}", "", name).replace("（、", "（").replace("（）", "")


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def ladder_grid(content: TargetContent, t: Texts) -> Grid:
    """The ladder as on the target page: projects or events, tonnes and share of each target."""
    near, far = content.first_year, content.last_year
    goals = [x.high_tco2 for x in content.targets]
    later = {row["rung"]: row for row in content.ladder_later}
    heads = [t("Rung"), t("Projects or events"), t("By {year}", year=t.year(near))]
    heads += [t("of {goal}", goal=amount_short(goals[0], t))] if goals else []
    if far != near:
        heads += [t("By {year}", year=t.year(far)), t("of {goal}", goal=amount_short(goals[-1], t))]
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for rung in RUNGS:
        row = content.ladder_row(rung.code)
        count = row["projects"] if row["projects"] is not None else row["events"]
        name = rung_words(rung, t)
        missing = why_missing(row, t)
        found = _Rung(
            name, count, _row_ends(row), _row_ends(later[rung.code]), missing, is_aside=rung.kind == "aside"
        )
        rows.append(_ladder_row(found, goals, t))
        if rung.code == EXPECTED_RUNGS[-1]:
            counted, with_estimate = content.projects_counted()
            near_sum = sum(content.ladder_row(code)["tco2_low"] or 0 for code in EXPECTED_RUNGS)
            far_sum = sum(later[code]["tco2_low"] or 0 for code in EXPECTED_RUNGS)
            lacks = "" if with_estimate else t("no estimate stated")
            strong.add(len(rows))
            sums = ((near_sum, near_sum), (far_sum, far_sum))
            rows.append(_ladder_row(_Rung(t("Expected, sum"), counted, *sums, lacks), goals, t))
    return Grid(tuple(heads), tuple(rows), frozenset(range(1, len(heads))), frozenset(strong))


@dataclass(frozen=True)
class _Rung:
    """A row of the ladder: both ends of its tonnes by both target years, or why there are none.

    No share of a target is made of a rung that is aside.
    """

    name: str
    count: int | None
    near: Ends | None
    far: Ends | None
    missing: str = ""
    is_aside: bool = False


def _row_ends(row: Mapping[str, Any]) -> Ends | None:
    return None if row["tco2_low"] is None else (row["tco2_low"], row["tco2_high"])


def _ladder_row(row: _Rung, goals: Sequence[int], t: Texts) -> tuple[str, ...]:
    near, far = (None, None) if row.missing else (row.near, row.far)

    def share(ends: Ends | None, goal: int) -> str:
        if ends is None or row.is_aside:
            return DASH
        return between(ends[0] / goal, ends[1] / goal, t, as_share)

    cells = [row.name, as_text(row.count, t), row.missing or as_amount(near, t)]
    if goals:
        cells.append(share(near, goals[0]))
    if len(goals) > 1:
        cells += [as_amount(far, t), share(far, goals[-1])]
    return tuple(cells)


def gap_grid(content: TargetContent, t: Texts) -> Grid | None:
    """The panel of the gap as a table, for each target; None where none is in force."""
    progress = content.progress()
    if not progress:
        return None
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for label, values, css in pace_rows(progress, content, t):
        if css == "jcm-strong":
            strong.add(len(rows))
        filled = values if len(values) == len(progress) else [values[0]] * len(progress)
        rows.append((label, *filled))
    heads = (pace_unit(t), *(t.year(p.target_fiscal_year) for p in progress))
    return Grid(heads, tuple(rows), frozenset(range(1, len(heads))), frozenset(strong))


def rung_names(t: Texts) -> dict[str, str]:
    """Names of the rungs by code; that of the one aside says that it is in no sum."""
    return {code: rung_words(rung, t) for code, rung in RUNG_BY_CODE.items()}
