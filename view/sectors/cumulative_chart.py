"""Expected reductions of each sector or technology by year: stacked, and the small ones enlarged below."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import plotly.graph_objects as go

from model.fiscal_year import first_day, last_day
from model.ladder import EXPECTED_RUNGS
from view.amounts import amount_short
from view.marks.axes import end_of, year_ticks
from view.marks.course import courses
from view.marks.table import Column, Table
from view.marks.tonnes_chart import (
    add_day,
    add_layer,
    add_sum,
    add_target,
    new_figure,
    say_targets_beyond,
    target_label,
    tonnes_axis,
)
from view.sectors.colours import NAMED_AT_MOST, OTHERS, styles_of
from view.sectors.content import SectorsContent
from view.sectors.sentences import share_note, target_name
from view.texts import Texts, Told
from view.theme import PALETTES, Palette, Style, ThemeName

SMALL_BELOW = 0.1
"""Share of the whole below which a group is drawn again on the enlarged axis."""

READABLE_UP_TO = 2.5
"""Targets up to this many times what is reached are drawn; farther ones would press the groups flat."""


@dataclass(frozen=True)
class Curve:
    """Cumulative tonnes of one group at the end of each year, and how they are drawn."""

    name: str
    values: list[int]
    style: Style


def series_of(content: SectorsContent) -> dict[str, dict[int, int]]:
    """Cumulative expected tonnes of each group by year; groups without any are left out."""
    found: dict[str, dict[int, int]] = {}
    for row in content.by_year:
        if row["year"] is not None and row["rung"] in EXPECTED_RUNGS:
            years = found.setdefault(row["value"], {})
            years[row["year"]] = years.get(row["year"], 0) + row["cumulative_low_tco2"]
    return {value: years for value, years in found.items() if any(years.values())}


def named_and_others(content: SectorsContent) -> tuple[list[str], list[str]]:
    """Groups that are drawn by name, the largest first, and those that are drawn together."""
    ranked = [g.value for g in content.ranked()]
    if len(ranked) <= NAMED_AT_MOST:
        return ranked, []
    return ranked[:NAMED_AT_MOST], ranked[NAMED_AT_MOST:]


def _shown(content: SectorsContent) -> tuple[dict[str, dict[int, int]], list[int]]:
    """Series by name, the others summed, and the years drawn: up to the farthest target year."""
    series = series_of(content)
    named, others = named_and_others(content)
    years = sorted({y for found in series.values() for y in found if y <= content.last_year})
    shown = {value: series[value] for value in named if value in series}
    if others:
        shown[OTHERS] = {y: sum(series[v].get(y, 0) for v in others if v in series) for y in years}
    return shown, years


def cumulative_chart(content: SectorsContent, t: Texts, theme: ThemeName) -> go.Figure:
    """Above: all groups stacked. Below: those under a tenth of the whole as lines on an axis of their own."""
    palette = PALETTES[theme]
    figure = new_figure(theme)
    shown, years = _shown(content)
    styles = styles_of([v for v in shown if v != OTHERS], theme)
    curves = {
        value: Curve(group_name(value, content, t), [found.get(y, 0) for y in years], styles[value])
        for value, found in shown.items()
    }
    basis = content.selection.year_basis
    days = [end_of(y, basis) for y in years]
    totals = [sum(values) for values in zip(*(c.values for c in curves.values()), strict=True)]
    small = [c for c in curves.values() if years and c.values[-1] < totals[-1] * SMALL_BELOW]
    has_panel = bool(small) and len(small) < len(curves)
    for curve in curves.values():
        words = [amount_short(v, t) for v in curve.values]
        add_layer(
            figure, days, curve.values, name=curve.name, words=words, style=curve.style, palette=palette
        )
    sums = [amount_short(v, t) for v in totals]
    add_sum(figure, days, totals, words=sums, t=t, palette=palette)
    highest = max([*totals, _draw_targets(figure, content, max(totals, default=0), t, palette)])
    time = {
        **year_ticks(years, basis, t, every=10),
        "range": [
            first_day(min(years, default=content.first_year)),
            last_day(content.last_year) + timedelta(days=330),
        ],
        "hoverformat": "%Y-%m-%d",
    }
    figure.update_layout(
        xaxis={**time, "anchor": "y"},
        yaxis={
            **tonnes_axis(highest, t, title=t("cumulative, Mt-CO₂")),
            "domain": [0.42, 1] if has_panel else [0, 1],
        },
        legend={"traceorder": "normal", "y": 1.02},
    )
    add_day(figure, content.selection.as_of, content.data_as_of, t, palette, is_left=False, y=0.92)
    if has_panel:
        _draw_panel(figure, small, days, t, palette)
        figure.update_layout(xaxis2={**time, "anchor": "y2"})
    return figure


def _draw_targets(
    figure: go.Figure, content: SectorsContent, reached: int, t: Texts, palette: Palette
) -> float:
    """Target points that can be read beside what is reached; of the others it is said that they lie beyond."""
    readable = [target for target in content.targets if target.high_tco2 <= reached * READABLE_UP_TO]
    for target in readable:
        label = target_label(target.fiscal_year, target.high_tco2, t)
        add_target(figure, last_day(target.fiscal_year), target.high_tco2, label, palette)
    if len(readable) < len(content.targets):
        say_targets_beyond(figure, t, palette, is_left=True)
    return max((float(target.high_tco2) for target in readable), default=0.0)


def _draw_panel(figure: go.Figure, small: list[Curve], days: list[date], t: Texts, palette: Palette) -> None:
    """The small groups as lines, each named at its end where there is room."""
    top = max(curve.values[-1] for curve in small)
    named_at: list[float] = []
    for curve in sorted(small, key=lambda c: -c.values[-1]):
        _draw_line(figure, curve, days, t)
        end = float(curve.values[-1])
        if all(abs(end - other) > top * 0.17 for other in named_at):
            named_at.append(end)
            figure.add_annotation(
                x=days[-1].isoformat(),
                xref="x2",
                y=end,
                yref="y2",
                text=curve.name,
                showarrow=False,
                xanchor="right",
                yanchor="bottom",
                font={"color": palette.ink, "size": 12},
            )
    figure.update_layout(
        yaxis2={
            **tonnes_axis(top, t, title=t("enlarged, Mt-CO₂"), room=1.25, count=3),
            "domain": [0, 0.3],
        },
    )
    figure.add_annotation(
        x=0,
        xref="paper",
        y=0.3,
        yref="paper",
        text=t("Below a tenth of the whole, enlarged"),
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"color": palette.muted, "size": 13},
    )


def _draw_line(figure: go.Figure, curve: Curve, days: list[date], t: Texts) -> None:
    figure.add_scatter(
        x=days,
        y=curve.values,
        xaxis="x2",
        yaxis="y2",
        mode="lines",
        line={"color": curve.style.colour, "dash": curve.style.dash, "width": 2},
        name=curve.name,
        showlegend=False,
        customdata=[amount_short(v, t) for v in curve.values],
        hovertemplate="%{customdata}",
    )


def group_name(value: str, content: SectorsContent, t: Texts) -> str:
    """Name of a drawn group; of the others together, how many they are."""
    if value != OTHERS:
        return content.short_name(value, t)
    others = named_and_others(content)[1]
    if content.by == "sector":
        return t.count("{n} other sector", "{n} other sectors", len(others))
    return t.count("{n} other technology", "{n} other technologies", len(others))


def cumulative_title(content: SectorsContent, t: Texts) -> str:
    """Title with the rungs named."""
    title = (
        t("Cumulative expected reductions by sector")
        if content.by == "sector"
        else t("Cumulative expected reductions by technology")
    )
    return title + share_note(content, t)


def cumulative_told(content: SectorsContent, t: Texts) -> Told:
    """Shares of both targets that all groups together and the largest are, and who is drawn together."""
    total, ranked = content.total, content.ranked()
    if not ranked or total.near is None or total.far is None:
        return "", t("No project of this selection states an annual estimate.")
    parts = []
    if not content.targets:
        parts.append(
            t(
                "Expected by FY{year}: {tonnes} all together",
                tonnes=amount_short(total.near, t),
                year=content.first_year,
            )
        )
    for target in content.targets:
        is_near = target.fiscal_year == content.first_year
        all_tco2 = total.near if is_near else total.far
        largest = max(ranked, key=lambda g: (g.near if is_near else g.far) or 0)
        parts.append(
            t(
                "Expected by FY{year}: all together {share} of {target}, {name} alone {own}",
                year=target.fiscal_year,
                share=t.percent(all_tco2 / target.high_tco2),
                target=target_name(target, t),
                name=content.plain_name(largest.value, t),
                own=t.percent(((largest.near if is_near else largest.far) or 0) / target.high_tco2),
            )
        )
    others = named_and_others(content)[1]
    drawn = t(
        "Drawn together as other: {names}.",
        names=t.listing([content.plain_name(v, t) for v in others]),
    )
    later = [t.prose((part, "")) for part in parts[1:]]
    return parts[0], t.gap.join([*later, *([drawn] if others else [])])


def cumulative_course(content: SectorsContent, t: Texts) -> str:
    """Every group that is drawn, in words."""
    shown, years = _shown(content)
    basis = content.selection.year_basis
    return courses(
        (
            (
                group_name(value, content, t),
                [(t.year(y, basis), found.get(y, 0), found.get(y, 0)) for y in years],
            )
            for value, found in shown.items()
        ),
        t,
    )


def cumulative_table(content: SectorsContent, t: Texts) -> Table[int]:
    """One row a year, one column a group: cumulative expected tonnes, every group by itself."""
    series = series_of(content)
    years = sorted({y for found in series.values() for y in found if y <= content.last_year})
    basis = content.selection.year_basis
    goals = {x.fiscal_year: x.high_tco2 for x in content.targets} if basis == "fiscal" else {}
    amount = partial(Column[int], kind="tonnes", cell=None)

    def of_group(value: str) -> Column[int]:
        heading = t("{name}, cumulative (tCO2)", name=content.name(value, t))
        return amount(f"group_{value}", heading, value=lambda y: series.get(value, {}).get(y, 0))

    return Table(
        (
            Column("year", t("Year"), value=lambda y: t.year(y, basis)),
            *(of_group(group.value) for group in content.ranked()),
            amount(
                "all",
                t("All together, cumulative (tCO2)"),
                value=lambda y: sum(s.get(y, 0) for s in series.values()),
            ),
            amount("target", t("Target, cumulative (tCO2)"), value=goals.get),
        ),
        years,
        t,
    )
