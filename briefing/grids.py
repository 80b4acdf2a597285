"""Tables to be read: rows of tiles and queries with their numbers written as the pages write them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from briefing.document import Grid
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE, RUNGS
from view.amounts import amount_short, tonnes
from view.target.content import Content
from view.target.gap import pace_rows, pace_unit
from view.target.ladder_table import why_missing
from view.texts import Texts

Writes = Callable[[Any, Texts], str]
DASH = "–"


def as_text(value: Any, t: Texts) -> str:  # noqa: ANN401 - a cell of a query
    """Any value as text; what is not known is a dash."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, date):
        return t.day_short(value)
    if isinstance(value, int):
        return t.number(value)
    if isinstance(value, float):
        return t.number(value) if value == int(value) else t.number(value, 2)
    return str(value)


def as_amount(value: Any, t: Texts) -> str:  # noqa: ANN401
    """Tonnes in Mt or 万t."""
    return DASH if value is None else amount_short(float(value), t)


def as_tonnes(value: Any, t: Texts) -> str:  # noqa: ANN401
    """Exact tonnes; what is not known says so."""
    return t("not known") if value is None else tonnes(int(value), t)


def as_share(value: Any, t: Texts) -> str:  # noqa: ANN401
    """A share in percent."""
    return DASH if value is None else t.percent(float(value))


def as_year(value: Any, t: Texts) -> str:  # noqa: ANN401
    """A fiscal year."""
    return DASH if value is None else t.year(int(value))


def grid_of(
    table: pa.Table,
    columns: Sequence[tuple[int, Writes]],
    t: Texts,
    *,
    rows_at_most: int | None = None,
    heads: Mapping[int, str] | None = None,
) -> Grid | None:
    """Some columns of a tile's table, by position, each with the way it is written. None for a table without rows."""
    if not table.num_rows:
        return None
    given = heads or {}
    some = [(given.get(i, table.column_names[i]), table.column(i).to_pylist(), write) for i, write in columns]
    rows = tuple(
        tuple(write(values[r], t) for _, values, write in some)
        for r in range(min(table.num_rows, rows_at_most or table.num_rows))
    )
    numeric = frozenset(i for i, (column, _) in enumerate(columns) if _is_number(table.field(column).type))
    return Grid(tuple(name for name, _, _ in some), rows, numeric)


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def ladder_grid(content: Content, t: Texts) -> Grid:
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
        name = t.pick(rung.name_en, rung.name_ja)
        missing = why_missing(row, t)
        found = _Rung(name, count, row["tco2"], later[rung.code]["tco2"], missing)
        rows.append(_ladder_row(found, goals, t))
        if rung.code == EXPECTED_RUNGS[-1]:
            counted, with_estimate = content.projects_counted()
            near_sum = sum(content.ladder_row(code)["tco2"] or 0 for code in EXPECTED_RUNGS)
            far_sum = sum(later[code]["tco2"] or 0 for code in EXPECTED_RUNGS)
            lacks = "" if with_estimate else t("no estimate stated")
            strong.add(len(rows))
            rows.append(_ladder_row(_Rung(t("Expected, sum"), counted, near_sum, far_sum, lacks), goals, t))
    return Grid(tuple(heads), tuple(rows), frozenset(range(1, len(heads))), frozenset(strong))


@dataclass(frozen=True)
class _Rung:
    """A row of the ladder: its tonnes by both target years, or why there are none."""

    name: str
    count: int | None
    near: int | None
    far: int | None
    missing: str = ""


def _ladder_row(row: _Rung, goals: Sequence[int], t: Texts) -> tuple[str, ...]:
    near, far = (None, None) if row.missing else (row.near, row.far)
    cells = [row.name, as_text(row.count, t), row.missing or as_amount(near, t)]
    if goals:
        cells.append(as_share(None if near is None else near / goals[0], t))
    if len(goals) > 1:
        cells += [as_amount(far, t), as_share(None if far is None else far / goals[-1], t)]
    return tuple(cells)


def gap_grid(content: Content, t: Texts) -> Grid | None:
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
    """Names of the rungs by code."""
    return {code: t.pick(rung.name_en, rung.name_ja) for code, rung in RUNG_BY_CODE.items()}
