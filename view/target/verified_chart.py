"""The zoomed panel: tonnes decided, issued and on the Japanese side, on an axis of their own."""

import plotly.graph_objects as go
import pyarrow as pa

from model.fiscal_year import first_day, fiscal_year_of, last_day
from model.ladder import ACTUAL_RUNGS, RUNG_BY_CODE
from view.amounts import amount_short
from view.axes import end_of, say_nothing_known, tonnes_ticks, year_ticks
from view.target.content import Content, labelled
from view.texts import Texts
from view.theme import PALETTES, TEMPLATES, ThemeName

FIRST_YEAR = 2013
DRAWN = ("notified", "issued", "japan")


def verified_chart(content: Content, t: Texts, theme: ThemeName) -> go.Figure:
    """Cumulative steps of each actual rung by fiscal year, and what was stated as issued, at its date."""
    palette = PALETTES[theme]
    figure = go.Figure(layout={"template": TEMPLATES[theme], "meta": theme})
    last = fiscal_year_of(content.selection.as_of)
    years = list(range(FIRST_YEAR, last + 1))
    highest = 0.0
    for code in DRAWN if content.selection.share == "total" else ("japan",):
        rows = {
            r["year"]: r["cumulative_tco2"] or 0 for r in content.by_rung if r["rung"] == code and r["year"]
        }
        values = [float(rows.get(y, 0)) for y in years]
        highest = max([highest, *values])
        rung, style = RUNG_BY_CODE[code], palette.rungs[code]
        figure.add_scatter(
            x=[end_of(y, "fiscal") for y in years],
            y=values,
            mode="lines",
            line={"shape": "hv", "color": style.colour, "dash": style.dash, "width": 2},
            name=t.pick(rung.name_en, rung.name_ja),
            customdata=[amount_short(v, t) for v in values],
            hovertemplate="%{customdata}",
        )
    stated = content.stated_issued()
    if stated is not None and not content.selection.is_filtered and content.selection.share == "total":
        highest = max(highest, stated["stated_value"])
        label = t("about {tonnes} stated", tonnes=amount_short(stated["stated_value"], t))
        figure.add_scatter(
            x=[stated["as_of_on"]],
            y=[stated["stated_value"]],
            mode="markers+text",
            marker={"symbol": "circle-open", "size": 10, "color": palette.ink, "line": {"width": 2}},
            text=[label + " "],
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
            "range": [first_day(FIRST_YEAR), last_day(last)],
            "hoverformat": "%Y-%m-%d",
        },
        yaxis={
            **tonnes_ticks(highest, t, count=3),
            "range": [0, highest * 1.12 or 1],
            "title": {"text": t("cumulative, Mt-CO₂") if highest else ""},
        },
        legend={"y": 1.0},
    )
    return figure


def verified_table(content: Content, t: Texts) -> pa.Table:
    """Tonnes of each actual rung by fiscal year, with a last row for those without a date."""
    years: list[int | None] = [
        *sorted(
            {r["year"] for r in content.by_rung if r["year"] and r["rung"] in ACTUAL_RUNGS and r["tco2"]}
        ),
        None,
    ]
    columns: dict[str, list[object]] = {
        t("Year"): [t.year(y) if y is not None else t("no date known") for y in years]
    }
    for code in ACTUAL_RUNGS:
        rung = RUNG_BY_CODE[code]
        rows = {r["year"]: r["tco2"] for r in content.by_rung if r["rung"] == code}
        columns[t("{rung}, of the year (tCO2)", rung=t.pick(rung.name_en, rung.name_ja))] = [
            rows.get(y, 0) for y in years
        ]
    return labelled(columns)
