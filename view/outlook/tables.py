"""Tables of the outlook, on the page and in files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from model.outlook.report import GoalReport, Report
from model.outlook.required import Required
from model.outlook.results import Interval
from view.amounts import amount_short, between, megatonnes
from view.marks.table import ONE_LINE, Column, Markup, Table
from view.outlook.words import chance_words, scenario_name
from view.texts import Texts

R = TypeVar("R")
Group = str | int
"""Code of a country or a sector; an empty one means new projects, which have no place yet."""
TCO2 = "tCO2"


def span(found: Interval, t: Texts) -> str:
    """P10 to P90 in short."""
    if t.lang == "ja":
        return between(found.p10, found.p90, t, amount_short)
    return t.span(megatonnes(found.p10, t), amount_short(found.p90, t))


def quantile_columns(
    key: str, before: str, at: Callable[[R], Interval], t: Texts, *, middle: str = "", css: str = ""
) -> list[Column[R]]:
    """P10, P50 and P90 in whole tCO2 under headings that begin with `before`; on the page P50 alone, as `middle`."""

    def column(name: str) -> Column[R]:
        return Column(
            f"{key}_{name}_tco2",
            t.noted(f"{before}{name.upper()}", "tCO2"),
            "tonnes",
            value=lambda row: round(getattr(at(row), name)),
            cell=(lambda row: amount_short(at(row).p50, t)) if middle and name == "p50" else None,
            page_label=middle,
            css=css,
        )

    return [column(name) for name in ("p10", "p50", "p90")]


def _span_column(key: str, label: str, at: Callable[[R], Interval], t: Texts) -> Column[R]:
    """From P10 to P90, on the page alone."""
    return Column(f"{key}_span", label, value=None, cell=lambda row: span(at(row), t), is_figure=True)


def goals_table(reports: Sequence[Report], t: Texts) -> Table[tuple[Report, GoalReport]]:
    """Scenarios side by side: interval, chance, chance of half and year at each goal."""
    return Table(
        (
            Column(
                "scenario",
                t("Scenario"),
                value=lambda r: scenario_name(r[0].scenario, t),
                cell=lambda r: scenario_name(r[0].scenario, t) if r[1] is r[0].goals[0] else "",
                is_head=True,
            ),
            Column(
                "fiscal_year",
                t("Target"),
                value=lambda r: t.year(r[1].goal.fiscal_year),
                cell=lambda r: f"{t.year(r[1].goal.fiscal_year)} · {amount_short(r[1].goal.tco2, t)}",
                css=ONE_LINE,
            ),
            Column("tco2", t("Target (tCO2)"), "tonnes", value=lambda r: r[1].goal.tco2, cell=None),
            *quantile_columns("at", "", lambda r: r[1].at, t, middle=t("Median (P50)"), css="jcm-big"),
            _span_column("at", t.span("P10", "P90"), lambda r: r[1].at, t),
            Column(
                "chance",
                t("Chance to reach it"),
                "share",
                value=lambda r: r[1].chance,
                cell=lambda r: chance_words(r[1].chance, t),
            ),
            Column(
                "chance_of_half",
                t("Chance of half"),
                "share",
                value=lambda r: r[1].chance_of_half,
                cell=lambda r: chance_words(r[1].chance_of_half, t),
            ),
            Column("year_p10", t("Year reached, P10"), value=lambda r: r[1].year.p10, cell=None),
            Column(
                "year_p50",
                t("Year reached, median"),
                value=lambda r: r[1].year.p50,
                cell=lambda r: year_words(r[1].year.p50, r[0], t),
                is_figure=True,
            ),
            Column("year_p90", t("Year reached, P90"), value=lambda r: r[1].year.p90, cell=None),
            *_required_columns(0.5, t("New projects for 50%: as many / as large"), t),
            *_required_columns(0.9, t("for 90%"), t),
        ),
        [(report, found) for report in reports for found in report.goals],
        t,
        css="",
    )


def _required_columns(chance: float, label: str, t: Texts) -> list[Column[tuple[Report, GoalReport]]]:
    """How many times as many new projects, or as large; in files each beside what a run with it reaches."""

    def of(row: tuple[Report, GoalReport]) -> Required:
        return row[1].required[chance]

    def words(row: tuple[Report, GoalReport]) -> str:
        found = of(row)
        if found.number is None:
            return factor_words(None, t)
        return f"{factor_words(found.number, t)} / {factor_words(found.size, t)}"

    percent = t.percent(chance)
    return [
        Column(f"required_{chance}", label, value=None, cell=words, is_figure=True),
        *(
            Column(
                f"required_{name}_{chance}",
                text,
                "number",
                value=lambda row, name=name: getattr(of(row), name),  # type: ignore[misc]
                cell=None,
            )
            for name, text in (
                ("number", t("Times as many new projects for {chance}", chance=percent)),
                (
                    "number_reaches",
                    t("Chance that a second run with this number reaches ({chance})", chance=percent),
                ),
                ("size", t("Times as large new projects for {chance}", chance=percent)),
            )
        ),
    ]


def year_words(year: int | None, report: Report, t: Texts) -> str:
    """A fiscal year, or that it lies beyond the years drawn."""
    return t("after {year}", year=t.year(report.years[-1])) if year is None else t.year(year)


def factor_words(factor: float | None, t: Texts) -> str:
    """By how much new projects must grow."""
    if factor is None:
        return t("no new projects")
    return t("{ratio} times", ratio=t.number(factor, 1 if factor < 100 else 0))


def groups_table(report: Report, part: str, names: Mapping[Group, str], t: Texts) -> Table[Group]:
    """Countries or sectors by their middle at the last goal."""

    def columns_of(found: GoalReport) -> list[Column[Group]]:
        of_group = getattr(found, part)
        key, year = f"fy{found.goal.fiscal_year}", t.year(found.goal.fiscal_year)
        return [
            *quantile_columns(key, f"{year} ", of_group.__getitem__, t, middle=f"{year} P50"),
            _span_column(key, t.span("P10", "P90"), of_group.__getitem__, t),
        ]

    label = t("Partner country") if part == "countries" else t("Sector")
    return Table(
        (
            Column("group", label, value=lambda group: names[group], is_head=True),
            *(column for found in report.goals for column in columns_of(found)),
        ),
        list(getattr(report.goals[-1], part)),
        t,
    )


def groups_html(table: Table[Group], t: Texts, *, rows_at_most: int) -> Markup:
    """The first groups, then what has no place yet; how many more there are is said beneath."""
    placed = [group for group in table.rows if group != ""]
    shown = [*placed[:rows_at_most], *(group for group in table.rows if group == "")]
    html = replace(table, rows=shown).html()
    more = len(table.rows) - len(shown)
    if not more:
        return html
    words = t("{n} more under “Table, downloads and query” below", n=t.number(more))
    return html + Markup('<p class="jcm-sentence">{}</p>').format(words)
