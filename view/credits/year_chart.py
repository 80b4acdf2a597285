"""Credits by year, stacked by group, with the events whose amount is not known."""

from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from model.fiscal_year import fiscal_year_of
from view.amounts import amount_short, between
from view.credits.content import Credits, reported_sentence
from view.marks.axes import middle_of, say_nothing_known, year_ticks
from view.marks.course import course
from view.marks.table import Column, Table
from view.marks.tonnes_chart import add_layer, in_form, new_figure, tonnes_axis
from view.sectors.colours import NAMED_AT_MOST, OTHERS, styles_of
from view.texts import Texts, Told
from view.theme import PALETTES, ThemeName


def _years(content: Credits) -> list[int]:
    known = [row["fiscal_year"] for row in content.by_year if row["fiscal_year"] is not None]
    known = known or [fiscal_year_of(content.selection.as_of)]
    return list(range(min(known), max(known) + 1))


def _groups(content: Credits) -> list[str]:
    """Groups with the most tonnes first, as many as can be distinguished."""
    sums: dict[str, int] = {}
    for row in content.by_year:
        if row["tco2_low"]:
            sums[row["value"]] = sums.get(row["value"], 0) + row["tco2_low"]
    return sorted(sums, key=lambda value: (-sums[value], value))


def series_of(content: Credits) -> dict[str, list[int]]:
    """Tonnes of each group by year, low end, cumulative where that is chosen; the small ones together. tCO2."""
    years, groups = _years(content), _groups(content)
    named = groups[:NAMED_AT_MOST]
    found = {code: [0] * len(years) for code in ([*named, OTHERS] if len(groups) > len(named) else named)}
    for row in content.by_year:
        if row["tco2_low"] and row["fiscal_year"] is not None:
            code = row["value"] if row["value"] in named else OTHERS
            found[code][years.index(row["fiscal_year"])] += row["tco2_low"]
    return {code: _in_form(content, values) for code, values in found.items()}


def spread_of(content: Credits) -> list[int]:
    """Tonnes by year from the low to the high end of all amounts, cumulative where that is chosen. tCO2."""
    years = _years(content)
    found = [0] * len(years)
    for row in content.by_year:
        if row["tco2_low"] is not None and row["fiscal_year"] is not None:
            found[years.index(row["fiscal_year"])] += row["tco2_high"] - row["tco2_low"]
    return _in_form(content, found)


def _in_form(content: Credits, values: list[int]) -> list[int]:
    return list(accumulate(values)) if content.selection.form == "cumulative" else values


def year_chart(content: Credits, t: Texts, theme: ThemeName) -> go.Figure:
    """Stacked bars to the low ends, above them lighter to the high ends; a cross marks events of unknown amount."""
    palette = PALETTES[theme]
    figure = new_figure(theme)
    years, series = _years(content), series_of(content)
    styles = styles_of([code for code in series if code != OTHERS], theme)
    x = [middle_of(year, "fiscal") for year in years]
    tops = [0] * len(years)
    for code, values in series.items():
        style = styles[code]
        tops = [a + b for a, b in zip(tops, values, strict=True)]
        add_layer(
            figure,
            x,
            values,
            name=t("Others") if code == OTHERS else content.group_name(code, t),
            words=[amount_short(v, t) if v else "–" for v in values],
            style=style,
            palette=palette,
            is_bars=True,
        )
    spread = spread_of(content)
    if any(spread):
        figure.add_bar(
            x=x,
            y=spread,
            name=t("From the low to the high end of ranges"),
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"color": palette.muted, "width": 1},
                "pattern": {"shape": "/", "fgcolor": palette.muted, "size": 6, "solidity": 0.15},
            },
            customdata=[f"+ {amount_short(v, t)}" if v else "–" for v in spread],
            hovertemplate="%{customdata}",
        )
        tops = [a + b for a, b in zip(tops, spread, strict=True)]
    highest = max(tops, default=0)
    missing = _missing(content, years)
    marked = [i for i, n in enumerate(missing) if n]
    figure.add_scatter(
        x=[x[i] for i in marked],
        y=[tops[i] + highest * 0.035 for i in marked],
        mode="markers+text",
        marker={"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": palette.target}},
        text=[f" {missing[i]}" for i in marked],
        textposition="middle right",
        textfont={"color": palette.target},
        name=t("Events without a known amount"),
        hovertemplate="%{text}",
    )
    if not highest:
        say_nothing_known(figure, t, palette)
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        xaxis={**year_ticks(years, "fiscal", t, every=4, at_end=False), "hoverformat": "%Y"},
        yaxis=tonnes_axis(highest, t, title=in_form(content.selection.form, t), room=1.12),
        legend={"traceorder": "normal"},
    )
    return figure


def year_course(content: Credits, t: Texts) -> str:
    """The height of the stack, all groups together, in words."""
    lows = [sum(values) for values in zip(*series_of(content).values(), strict=True)]
    points = zip(_years(content), lows, spread_of(content), strict=False)
    return course(t("Sum"), [(t.year(year), low, low + spread) for year, low, spread in points], t)


def _missing(content: Credits, years: list[int]) -> list[int]:
    found = [0] * len(years)
    for row in content.by_year:
        if row["fiscal_year"] is not None:
            found[years.index(row["fiscal_year"])] += row["events_without_amount"]
    return found


def year_title(content: Credits, t: Texts) -> str:
    """Title: rung, form and what the year is."""
    rung = t("Issued") if _rung(content) == "issued" else t("Issuance decided")
    form = t("each year") if content.selection.form == "yearly" else t("cumulative")
    year = {
        "decision": t("year of the decision"),
        "issuance": t("year of issuance"),
        "period": t("monitoring period (vintage)"),
    }[content.counted]
    return t("{rung}, {form}, by {year}", rung=rung, form=form, year=year)


def year_told(content: Credits, t: Texts) -> Told:
    """The year with most tonnes, what rests on reports, and what the chart cannot show."""
    by_year: dict[int, tuple[int, int]] = {}
    undated = (0, 0)
    for row in content.by_year:
        year, low, high = row["fiscal_year"], row["tco2_low"] or 0, row["tco2_high"] or 0
        if year is None:
            undated = (undated[0] + low, undated[1] + high)
        elif low:
            known = by_year.get(year, (0, 0))
            by_year[year] = (known[0] + low, known[1] + high)
    if not by_year:
        return "", t("No amount with a date is known in this selection.")
    most = max(by_year, key=lambda year: (by_year[year], -year))
    lows, highs = zip(*by_year.values(), undated, strict=True)
    values = {
        "year": t.year(most),
        "amount": between(*by_year[most], t, amount_short),
        "total": between(sum(lows), sum(highs), t, amount_short),
    }
    message = (
        t("Largest in {year}: {amount} of {total}", **values)
        if content.selection.form == "yearly"
        else t("{total} in all, the largest yearly increase in {year} ({amount})", **values)
    )
    parts = [
        reported_sentence(content, _rung(content), t),
        t("{undated} carry no date and are not in the chart.", undated=between(*undated, t, amount_short))
        if undated[1]
        else "",
    ]
    return message, t.gap.join(part for part in parts if part)


def _rung(content: Credits) -> str:
    return "issued" if content.counted == "issuance" else "notified"


def year_table(content: Credits, t: Texts) -> Table[dict[str, Any]]:
    """One row a year and group."""

    def year(row: dict[str, Any]) -> str:
        return t("no date known") if row["fiscal_year"] is None else t.year(row["fiscal_year"])

    return Table(
        (
            Column("fiscal_year", t("Year"), value=year, cell=None),
            Column("value", t("Group"), value=lambda r: content.group_name(r["value"], t), cell=None),
            Column("tco2_low", t("Low end (tCO2)"), "tonnes", cell=None),
            Column("tco2_high", t("High end (tCO2)"), "tonnes", cell=None),
            Column("events", t("Events"), "number", cell=None),
            Column("events_without_amount", t("Events without an amount"), "number", cell=None),
        ),
        content.by_year,
        t,
    )
