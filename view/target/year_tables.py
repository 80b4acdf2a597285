"""What the charts of the target page draw, as tables for files."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from model.ladder import ACTUAL_RUNGS, RUNG_BY_CODE
from model.overview import End, YearRow, rungs_of, tonnes_of
from view.marks.table import Column, Table
from view.stated_words import stated
from view.target.content import TargetContent
from view.target.cumulative_chart import value_of
from view.target.milestone_strip import milestone_kinds
from view.texts import Texts

ENDS: tuple[End, ...] = ("low", "high")


def cumulative_table(content: TargetContent, t: Texts) -> Table[int]:
    """The chart as a table: one row a year; tonnes of the year and cumulative for each rung."""
    selection = content.selection
    goals = {target.fiscal_year: target.high_tco2 for target in content.targets}
    amount = partial(Column[int], kind="tonnes", cell=None)
    columns = [Column[int]("year", t("Year"), value=lambda y: t.year(y, selection.year_basis))]
    for code in rungs_of(selection.measure):
        rung = t.pick(RUNG_BY_CODE[code].name_en, RUNG_BY_CODE[code].name_ja)
        rows = {r["year"]: r for r in content.by_year if r["rung"] == code}
        # An expectation is one figure; what is verified may be a range.
        ends = ENDS if code in ACTUAL_RUNGS else ENDS[:1]
        for end in ends:
            name = end_name(end, t)
            heads = (
                t("{rung}, of the year (tCO2)", rung=rung),
                t("{rung}, cumulative (tCO2)", rung=rung),
            )
            if len(ends) > 1:
                heads = (
                    t("{rung}, of the year, {end} (tCO2)", rung=rung, end=name),
                    t("{rung}, cumulative, {end} (tCO2)", rung=rung, end=name),
                )
            for head, is_yearly in zip(heads, (True, False), strict=True):
                key = f"{code}_{end}_{'of_year' if is_yearly else 'cumulative'}"
                columns.append(amount(key, head, value=partial(_rounded, rows, end, yearly=is_yearly)))
    columns.append(
        amount(
            "target",
            t("Target, cumulative (tCO2)"),
            value=goals.get if selection.year_basis == "fiscal" else lambda _: None,
        )
    )
    years = sorted({r["year"] for r in content.by_year if r["year"] is not None})
    return Table(columns, years, t)


def _rounded(rows: Mapping[int | None, YearRow], end: End, year: int, *, yearly: bool) -> int:
    return round(value_of(rows.get(year), end, yearly=yearly))


def verified_table(content: TargetContent, t: Texts) -> Table[int | None]:
    """Both ends of each actual rung by fiscal year, with a last row for those without a date."""
    found = {r["year"] for r in content.by_rung if r["year"] and r["rung"] in ACTUAL_RUNGS and r["tco2_high"]}
    by_rung = {(r["rung"], r["year"]): r for r in content.by_rung}

    def column(code: str, end: End) -> Column[int | None]:
        name = t.pick(RUNG_BY_CODE[code].name_en, RUNG_BY_CODE[code].name_ja)
        return Column(
            f"{code}_{end}",
            t("{rung}, of the year, {end} (tCO2)", rung=name, end=end_name(end, t)),
            "tonnes",
            value=lambda y: tonnes_of(by_rung[code, y], end) if (code, y) in by_rung else 0,
            cell=None,
            page_label=t("{rung}, of the year", rung=name),
        )

    return Table(
        (
            Column("year", t("Year"), value=lambda y: t("no date known") if y is None else t.year(y)),
            *(column(code, end) for code in ACTUAL_RUNGS for end in ENDS),
        ),
        [*sorted(found), None],
        t,
    )


def end_name(end: End, t: Texts) -> str:
    """Name of an end of a range, for the head of a column."""
    return t("low end") if end == "low" else t("high end")


def milestones_table(content: TargetContent, t: Texts) -> Table[dict[str, Any]]:
    """Milestones known on the as-of date, latest first."""
    names = milestone_kinds(t)
    return Table(
        (
            Column(
                "milestone_on",
                t("Date"),
                value=lambda m: t.partial_day(m["milestone_on"], m["milestone_precision"]),
            ),
            Column("kind", t("Kind"), value=lambda m: names.get(m["kind"], m["kind"])),
            Column("title", t("Event"), value=lambda m: stated(t.pick(m["title_en"], m["title_ja"]), t)),
            Column("url", t("Source"), "source"),
        ),
        sorted(content.milestones, key=lambda m: (m["milestone_on"], m["title_en"]), reverse=True),
        t,
    )
