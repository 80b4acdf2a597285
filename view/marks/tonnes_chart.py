"""What charts of tonnes over time share: stacked areas and bars, their sum, targets, the day looked at, the tonnes axis."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from view.amounts import amount_short
from view.marks.axes import tonnes_ticks
from view.marks.figure import Figure
from view.texts import Texts
from view.theme import TEMPLATES, Palette, Style, ThemeName

Days = Sequence[date]


def new_figure(theme: ThemeName) -> go.Figure:
    """An empty figure of a theme."""
    return Figure(layout={"template": TEMPLATES[theme], "meta": theme, "margin": {"t": 10, "b": 10}})


def pattern_of(style: Style, palette: Palette) -> Mapping[str, Any]:
    """The pattern of an area or a bar, so that none is distinguished by colour alone."""
    return {"shape": style.pattern, "fgcolor": palette.background, "size": 7, "solidity": 0.22}


def add_layer(
    figure: go.Figure,
    x: Days,
    values: Sequence[float],
    *,
    name: str,
    words: Sequence[str],
    style: Style,
    palette: Palette,
    is_bars: bool = False,
) -> None:
    """An area, or bars, on top of those drawn before; `words` are its amounts as the label on hovering writes them."""
    label = {"name": name, "customdata": words, "hovertemplate": "%{customdata}"}
    pattern = pattern_of(style, palette)
    if is_bars:
        marker = {"color": style.colour, "pattern": {**pattern, "fillmode": "overlay"}}
        figure.add_bar(x=x, y=values, marker=marker, **label)
        return
    figure.add_scatter(
        x=x,
        y=values,
        mode="lines",
        stackgroup="parts",
        line={"width": 0.8, "color": style.colour},
        fillcolor=style.colour,
        fillpattern={**pattern, "bgcolor": style.colour, "fillmode": "replace"} if style.pattern else None,
        **label,
    )


def add_sum(
    figure: go.Figure, x: Days, values: Sequence[float], *, words: Sequence[str], t: Texts, palette: Palette
) -> None:
    """The sum of a stack: not drawn, and read on hovering."""
    figure.add_scatter(
        x=x,
        y=values,
        mode="lines",
        line={"width": 0, "color": palette.ink},
        name=t("Sum"),
        showlegend=False,
        customdata=words,
        hovertemplate="<b>%{customdata}</b>",
    )


def target_label(fiscal_year: int, tco2: float, t: Texts) -> str:
    """Year and tonnes of a target."""
    return t("FY{year} target {amount}", year=fiscal_year, amount=amount_short(tco2, t))


def add_target(figure: go.Figure, day: date, tco2: float, label: str, palette: Palette) -> None:
    """A target at its day. Its label has a ground of its own, so that no line runs through it on a narrow screen."""
    figure.add_scatter(
        x=[day],
        y=[tco2],
        mode="markers",
        marker={"symbol": "diamond", "size": 12, "color": palette.target},
        name=label,
        showlegend=False,
        hovertemplate=label + "<extra></extra>",
    )
    figure.add_annotation(
        x=day,
        y=tco2,
        text=f"<b>{label}</b>",
        showarrow=False,
        xanchor="right",
        xshift=-12,
        bgcolor=palette.background,
        borderpad=1,
        font={"color": palette.target, "size": 14},
    )


def add_day(
    figure: go.Figure,
    day: date,
    data_as_of: date,
    t: Texts,
    palette: Palette,
    *,
    is_left: bool = True,
    y: float = 1,
) -> None:
    """The day looked at as a line, named today where it is that of the data; its label to the left or the right of it."""
    figure.add_vline(x=day.isoformat(), line={"color": palette.ink, "width": 1})
    figure.add_annotation(
        x=day.isoformat(),
        y=y,
        yref="y domain",
        text=t("today") if day == data_as_of else t.day_short(day),
        showarrow=False,
        xanchor="right" if is_left else "left",
        yanchor="top",
        xshift=-5 if is_left else 5,
        font={"color": palette.ink, "size": 13},
    )


def say_targets_beyond(figure: go.Figure, t: Texts, palette: Palette, *, is_left: bool = False) -> None:
    """Says at the top of the axis that the targets are higher."""
    figure.add_annotation(
        x=0 if is_left else 1,
        xref="paper",
        xshift=6 if is_left else 0,
        y=1,
        yref="y domain",
        text=t("↑ The targets lie beyond this axis"),
        showarrow=False,
        xanchor="left" if is_left else "right",
        yanchor="top",
        bgcolor=palette.background,
        font={"color": palette.target, "size": 13},
    )


def tonnes_axis(
    highest: float, t: Texts, *, title: str, room: float = 1.06, count: int = 4
) -> Mapping[str, Any]:
    """An axis of tonnes from 0 with room above the highest value; without a title where nothing is drawn."""
    return {
        **tonnes_ticks(highest, t, count=count),
        "range": [0, highest * room or 1],
        "title": {"text": title if highest > 0 else ""},
    }


def in_form(form: str, t: Texts) -> str:
    """Title of the tonnes axis: yearly or cumulative, and the unit."""
    return t("Mt-CO₂ in the year") if form == "yearly" else t("cumulative, Mt-CO₂")
