"""The zoomed panel: tonnes decided, issued and on the Japanese side, on an axis of their own."""

from typing import Any

import plotly.graph_objects as go

from model.fiscal_year import first_day, fiscal_year_of, last_day
from model.ladder import RUNG_BY_CODE
from view.amounts import amount_short, between
from view.marks.axes import end_of, in_lines, say_nothing_known, year_ticks
from view.marks.tonnes_chart import new_figure, tonnes_axis
from view.target.content import TargetContent
from view.texts import Texts
from view.theme import PALETTES, Palette, ThemeName, faded


def rungs_drawn(content: TargetContent) -> tuple[str, ...]:
    """The actual rungs that have a line."""
    return ("notified", "issued", "japan") if content.selection.share == "total" else ("japan",)


def verified_chart(content: TargetContent, t: Texts, theme: ThemeName) -> go.Figure:
    """Cumulative steps of each actual rung by fiscal year, and what was stated as issued, at its date.

    A range is its low end as a line and a lighter band up to its high end.
    """
    palette = PALETTES[theme]
    figure = new_figure(theme)
    last = fiscal_year_of(content.selection.as_of)
    years = list(range(content.begins_in, last + 1))
    highest = 0.0
    for code in rungs_drawn(content):
        rows = {r["year"]: r for r in content.by_rung if r["rung"] == code and r["year"]}
        low, high = (
            [float((rows[y][column] or 0) if y in rows else 0) for y in years]
            for column in ("cumulative_low_tco2", "cumulative_high_tco2")
        )
        highest = max([highest, *high])
        rung, style = RUNG_BY_CODE[code], palette.rungs[code]
        shared = {"x": [end_of(y, "fiscal") for y in years], "mode": "lines", "legendgroup": code}
        figure.add_scatter(
            y=low,
            line={"shape": "hv", "color": style.colour, "dash": style.dash, "width": 2},
            name=t.pick(rung.name_en, rung.name_ja),
            customdata=[between(a, b, t, amount_short) for a, b in zip(low, high, strict=True)],
            hovertemplate="%{customdata}",
            **shared,
        )
        if high != low:
            figure.add_scatter(
                y=high,
                line={"shape": "hv", "color": faded(style.colour), "dash": style.dash, "width": 2},
                fill="tonexty",
                fillcolor=faded(style.colour),
                showlegend=False,
                hoverinfo="skip",
                **shared,
            )
    stated = content.stated_issued()
    if stated is not None and not content.selection.is_filtered and content.selection.share == "total":
        highest = max(highest, stated["stated_value"])
        label = _stated_words(content, stated, t)
        _draw_gap(figure, content, stated, palette)
        figure.add_scatter(
            x=[stated["as_of_on"]],
            y=[stated["stated_value"]],
            mode="markers+text",
            marker={"symbol": "circle-open", "size": 10, "color": palette.ink, "line": {"width": 2}},
            text=["<br>".join(f"{line} " for line in in_lines(label, 28).split("<br>"))],
            textposition="middle left",
            textfont={"color": palette.ink},
            name=t("Stated as issued"),
            showlegend=False,
            hovertemplate=label + "<extra></extra>",
        )
    if not highest:
        say_nothing_known(figure, t, palette)
    figure.update_layout(
        xaxis={
            **year_ticks(years, "fiscal", t, every=5),
            "range": [first_day(content.begins_in), last_day(last)],
            "hoverformat": "%Y-%m-%d",
        },
        yaxis=tonnes_axis(highest, t, title=t("cumulative, Mt-CO₂"), room=1.12, count=3),
        legend={"y": 1.0},
    )
    return figure


def _stated_words(content: TargetContent, stated: dict[str, Any], t: Texts) -> str:
    """What was stated, and how much of it no event that we know accounts for."""
    tonnes = amount_short(stated["stated_value"], t)
    most, least = (
        max(stated["stated_value"] - content.rung_total("issued", end), 0) for end in ("low", "high")
    )
    if not most:
        return t("{tonnes} stated", tonnes=tonnes)
    missing = between(least, most, t, amount_short)
    if not least:
        missing = t("up to {tonnes}", tonnes=amount_short(most, t))
    return t("{tonnes} stated, {missing} not itemised", tonnes=tonnes, missing=missing)


def _draw_gap(figure: go.Figure, content: TargetContent, stated: dict[str, Any], palette: Palette) -> None:
    """From what our records hold as issued up to what was stated: tonnes stated in a total and not event by event."""
    issued = content.rung_total("issued")
    if issued < stated["stated_value"]:
        figure.add_scatter(
            x=[stated["as_of_on"]] * 2,
            y=[issued, stated["stated_value"]],
            mode="lines",
            line={"color": palette.ink, "dash": "dot", "width": 1.5},
            showlegend=False,
            hoverinfo="skip",
        )
