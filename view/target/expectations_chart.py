"""What officials expected for 2030, by date of statement, beside our sum as of the same dates.

The axis is the date of the statement, so these figures are never drawn on an axis of years reached.
"""

from functools import partial
from typing import Any

import plotly.graph_objects as go

from view.amounts import amount_short
from view.marks.table import Column, Table
from view.marks.tonnes_chart import new_figure, tonnes_axis
from view.stated_words import stated as in_words
from view.target.content import TargetContent
from view.texts import Texts
from view.theme import PALETTES, ThemeName


def expectations_chart(content: TargetContent, t: Texts, theme: ThemeName) -> go.Figure:
    """Open circles: what was stated. Filled squares: the sum of the projects we know to have been known then."""
    palette = PALETTES[theme]
    figure = new_figure(theme)
    rows = content.expectations()
    days = [row["as_of_on"] for row in rows]
    stated = [float(row["stated_value"]) for row in rows]
    ours = [row["our_value"] for row in rows]
    for low, high, day in zip(ours, stated, days, strict=True):
        if low is not None:
            figure.add_scatter(
                x=[day, day],
                y=[low, high],
                mode="lines",
                line={"color": palette.grid, "width": 2},
                showlegend=False,
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=days,
        y=stated,
        mode="markers",
        marker={"symbol": "circle-open", "size": 10, "color": palette.ink, "line": {"width": 2}},
        name=t("Stated"),
        customdata=[
            [amount_short(v, t), in_words(row["scope"], t)] for v, row in zip(stated, rows, strict=True)
        ],
        hovertemplate="%{x|%Y-%m-%d}<br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=ours,
        mode="markers",
        marker={"symbol": "square", "size": 8, "color": palette.rungs["registered"].colour},
        name=t("Our sum as of the same date"),
        customdata=[amount_short(v, t) if v is not None else "" for v in ours],
        hovertemplate="%{x|%Y-%m-%d}<br>%{customdata}<extra></extra>",
    )
    highest = max([*stated, *(v for v in ours if v is not None)], default=1.0)
    figure.update_layout(
        hovermode="closest",
        xaxis={"type": "date", "dtick": "M12", "tickformat": "%Y"},
        yaxis=tonnes_axis(highest, t, title=t("by 2030, Mt-CO₂"), room=1.1, count=3),
    )
    return figure


def expectations_table(content: TargetContent, t: Texts) -> Table[dict[str, Any]]:
    """One row a statement: what was stated, our sum as of that date, coverage and source."""
    amount = partial(Column[dict[str, Any]], kind="tonnes")
    return Table(
        (
            Column(
                "as_of_on",
                t("Date of statement"),
                value=lambda r: t.partial_day(r["as_of_on"], r["as_of_precision"]),
            ),
            Column("scope", t("Scope of the statement"), value=lambda r: in_words(r["scope"], t)),
            amount("stated_value", t("Stated (tCO2)"), value=lambda r: int(r["stated_value"])),
            amount(
                "our_value",
                t("Our sum (tCO2)"),
                value=lambda r: None if r["our_value"] is None else int(r["our_value"]),
            ),
            Column("coverage", t("Ours ÷ stated"), "share"),
            Column("basis", t("How ours was made"), value=lambda r: t.pick(r["basis_en"], r["basis_ja"])),
            Column("url", t("Source"), "source"),
        ),
        content.expectations(),
        t,
    )
