"""Tables of a briefing: columns of tiles by their keys, written by their kind; the ladder and the gap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.briefing.document import Grid
from model.changes import Ends
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE, RUNGS
from view.amounts import amount_short, between, tonnes
from view.changes.page import rung_words
from view.marks.table import DASH, Column, Table
from view.target.content import TargetContent
from view.target.gap import pace_rows, pace_unit
from view.target.ladder_table import why_missing
from view.texts import Texts

Write = Callable[[Any, Texts], str]


@dataclass(frozen=True)
class Pick:
    """A column of a table by its key, or the pair of columns with the low and the high end of one figure.

    `label` replaces the heading of the column, `write` the way its kind is written. A column with `if_any` is left out
    where all its values are empty, or the files of the table do not have it.
    """

    key: str
    high: str = ""
    label: str = ""
    write: Write | None = None
    if_any: bool = False


Picks = Sequence[str | Pick]


def as_text(value: Any, t: Texts) -> str:  # noqa: ANN401 - a cell of a query
    """Any value as text; what is not known is a dash."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, date):
        return t.day_short(value)
    if isinstance(value, int | float):
        return t.number(value) if value == int(value) else t.number(value, 2)
    return str(value)


def as_amount(value: float | None, t: Texts) -> str:
    """Tonnes in Mt or 万t."""
    return DASH if value is None else amount_short(value, t)


def as_tonnes(value: float | None, t: Texts) -> str:
    """Exact tonnes; what is not known says so."""
    return t("not known") if value is None else tonnes(round(value), t)


def as_tonnes_if_any(value: float | None, t: Texts) -> str:
    """Exact tonnes; a dash where there are none."""
    return DASH if value is None else tonnes(round(value), t)


def as_share(value: float | None, t: Texts) -> str:
    """A share in percent."""
    return DASH if value is None else t.percent(float(value))


def as_mark(value: object, t: Texts) -> str:
    """A mark for what rests on reports alone; nothing for the rest."""
    return t("reported") if value else ""


def as_listing(value: str | None, _: Texts) -> str:
    """Codes in a row."""
    return ", ".join(value.split(";")) if value else DASH


def as_year(value: int | None, t: Texts) -> str:
    """A fiscal year."""
    return DASH if value is None else t.year(int(value))


_WRITES: Mapping[str, Write] = {"tonnes": as_tonnes, "share": as_share}
_FIGURES = frozenset({"number", "tonnes", "share"})


def grid_of(table: Table[Any], picks: Picks, rows_at_most: int | None = None) -> Grid | None:
    """The chosen columns of a table; None for a table without rows."""
    if not table.rows:
        return None
    columns = {column.key: column for column in table.columns if column.value}
    chosen = [Pick(one) if isinstance(one, str) else one for one in picks]
    chosen = [one for one in chosen if not one.if_any or (one.key in columns and any(table.values(one.key)))]
    cells = [_cells(table, columns[one.key], one)[:rows_at_most] for one in chosen]
    return Grid(
        tuple(_heading(columns[one.key], one) for one in chosen),
        tuple(zip(*cells, strict=True)),
        frozenset(i for i, one in enumerate(chosen) if columns[one.key].kind in _FIGURES),
    )


def _heading(column: Column[Any], pick: Pick) -> str:
    """Tonnes have their unit and a pair both its ends in each cell, so the short heading of the page is enough."""
    short = column.page_label if pick.high or column.kind == "tonnes" else None
    return pick.label or short or column.label


def _cells(table: Table[Any], column: Column[Any], pick: Pick) -> list[str]:
    t, write = table.t, pick.write or _WRITES.get(column.kind, as_text)
    lows = table.values(pick.key)
    highs = table.values(pick.high) if pick.high else lows
    return [
        write(None, t) if low is None or high is None else between(low, high, t, write)
        for low, high in zip(lows, highs, strict=True)
    ]


def cut_off(shown: int, rows: int, t: Texts) -> tuple[str, ...]:
    """Says how many rows a table leaves to the workbook; nothing where it has all."""
    if rows <= shown:
        return ()
    return (t("{shown} of {n} rows; the workbook holds all", shown=t.number(shown), n=t.number(rows)),)


def ladder_grid(content: TargetContent, t: Texts) -> Grid:
    """The ladder as on the target page: projects or events, tonnes and share of each target."""
    goals = [x.high_tco2 for x in content.targets]
    columns = [(content.first_year, goals[0] if goals else None)]
    if len(goals) > 1:
        columns.append((content.last_year, goals[-1]))
    later = {row["rung"]: row for row in content.ladder_later}
    heads = [t("Stage"), t("Projects or events")]
    for year, goal in columns:
        heads += [
            t("By {year}", year=t.year(year)),
            *([t("of {goal}", goal=as_amount(goal, t))] if goal else []),
        ]

    def cells(
        name: str, count: int | None, tco2: Sequence[Ends | None], missing: str, *, has_share: bool = True
    ) -> tuple[str, ...]:
        found = []
        for (_, goal), ends in zip(columns, tco2, strict=False):
            known = None if missing else ends
            found.append(between(*known, t, as_amount) if known else DASH)
            if goal:
                found.append(
                    between(known[0] / goal, known[1] / goal, t, as_share) if known and has_share else DASH
                )
        return (name, as_text(count, t), missing or found[0], *found[1:])

    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for rung in sorted(RUNGS, key=lambda one: one.kind == "aside"):  # what is in no sum comes last
        row = content.ladder_row(rung.code)
        count = row["projects"] if row["projects"] is not None else row["events"]
        ends = (_ends(row), _ends(later[rung.code]))
        rows.append(
            cells(rung_words(rung, t), count, ends, why_missing(row, t), has_share=rung.kind != "aside")
        )
        if rung.code == EXPECTED_RUNGS[-1]:
            counted, with_estimate = content.projects_counted()
            sums = [
                sum(of[code]["tco2_low"] or 0 for code in EXPECTED_RUNGS)
                for of in ({row["rung"]: row for row in content.ladder}, later)
            ]
            missing = t("no schedule") if with_estimate else t("no estimate stated")
            missing = "" if content.has_schedule else missing
            strong.add(len(rows))
            rows.append(cells(t("Expected, sum"), counted, [(tco2, tco2) for tco2 in sums], missing))
    return Grid(tuple(heads), tuple(rows), frozenset(range(1, len(heads))), frozenset(strong))


def _ends(row: Mapping[str, Any]) -> Ends | None:
    return None if row["tco2_low"] is None else (row["tco2_low"], row["tco2_high"])


def gap_grid(content: TargetContent, t: Texts) -> Grid | None:
    """The panel of the gap as a table, for each target; None where none is in force."""
    progress = content.progress()
    if not progress:
        return None
    found = pace_rows(progress, content, t)
    rows = tuple(
        (label, *(values if len(values) == len(progress) else [values[0]] * len(progress)))
        for label, values, _ in found
    )
    heads = (pace_unit(t), *(t.year(p.target_fiscal_year) for p in progress))
    strong = frozenset(i for i, (_, _, css) in enumerate(found) if css == "jcm-strong")
    return Grid(heads, rows, frozenset(range(1, len(heads))), strong)


def rung_names(t: Texts) -> dict[str, str]:
    """Names of the rungs by code; that of the one aside says that it is in no sum."""
    return {code: rung_words(rung, t) for code, rung in RUNG_BY_CODE.items()}
