"""The expectation of both sides as lines on one axis."""

import plotly.graph_objects as go

from view.amounts import amount_short
from view.compare.content import Compared
from view.compare.tables import Line, sides_table
from view.marks.axes import end_of, say_nothing_known, year_ticks
from view.marks.course import courses
from view.marks.table import Table
from view.marks.tonnes_chart import add_day, new_figure, tonnes_axis
from view.texts import Texts
from view.theme import PALETTES, ThemeName


def series_chart(content: Compared, t: Texts, theme: ThemeName) -> go.Figure:
    """The expectation of both sides as lines on one axis, each named at its end."""
    palette = PALETTES[theme]
    figure = new_figure(theme)
    series = [side.cumulative() for side in content.sides]
    years = sorted({year for found in series for year in found if year <= content.last_year})
    highest = max((found.get(year, 0) for found in series for year in years), default=0)
    if not highest:
        say_nothing_known(figure, t, palette)
    styles = (palette.rungs["registered"], palette.rungs["itmo"])
    ends = sorted(found.get(years[-1], 0) for found in series) if years else [0, 0]
    # Words at the ends of two lines that meet stand above and below.
    is_close = bool(highest) and (ends[1] - ends[0]) / highest < 0.08
    for side, found, style, dash in zip(content.sides, series, styles, ("solid", "dash"), strict=True):
        values = [found.get(year, 0) for year in years]
        figure.add_scatter(
            x=[end_of(year, "fiscal") for year in years],
            y=values,
            mode="lines",
            line={"color": style.colour, "width": 2.4, "dash": dash},
            name=side.name,
            customdata=[amount_short(value, t) for value in values],
            hovertemplate="%{customdata}",
            showlegend=is_close,
        )
        if years and not is_close:
            figure.add_annotation(
                x=end_of(years[-1], "fiscal"),
                y=values[-1],
                text=f"<b>{side.name}</b>",
                showarrow=False,
                xanchor="right",
                yanchor="bottom",
                yshift=4,
                font={"color": style.colour, "size": 14},
            )
    figure.update_layout(
        xaxis={**year_ticks(years, "fiscal", t, every=10), "hoverformat": "%Y-%m-%d"},
        yaxis=tonnes_axis(highest, t, title=t("cumulative, Mt-CO₂"), room=1.12),
    )
    add_day(figure, content.selection.as_of, content.data_as_of, t, palette)
    return figure


def series_course(content: Compared, t: Texts) -> str:
    """How both lines run, in words."""
    lines = []
    for side in content.sides:
        found = side.cumulative()
        years = sorted(year for year in found if year <= content.last_year)
        lines.append((side.name, [(t.year(year), found[year], found[year]) for year in years]))
    return courses(lines, t)


def series_table(content: Compared, t: Texts) -> Table[Line]:
    """The lines as a table, a row a year."""
    series = [side.cumulative() for side in content.sides]
    years = sorted({*series[0], *series[1]})
    lines = [
        Line(t.year(year), ("", ""), (series[0].get(year), series[1].get(year)))
        for year in years
        if year <= content.last_year
    ]
    return sides_table(lines, content, t)
