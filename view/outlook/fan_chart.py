"""The fan: P10 to P90 of the draws by fiscal year, their middle, single futures, and both targets."""

from datetime import date

import plotly.graph_objects as go

from model.outlook.report import Report
from view.amounts import amount_short
from view.marks.axes import end_of, year_ticks
from view.marks.course import courses
from view.marks.table import Column, Table
from view.marks.tonnes_chart import add_day, add_target, new_figure, target_label, tonnes_axis
from view.outlook.tables import quantile_columns
from view.texts import Texts
from view.theme import PALETTES, ThemeName


def fan_chart(report: Report, data_as_of: date, t: Texts, theme: ThemeName) -> go.Figure:
    """Cumulative reductions, tCO2 to the end of each fiscal year."""
    palette = PALETTES[theme]
    blue = palette.rungs["validation"].colour
    years = report.shown_years
    x = [end_of(year, "fiscal") for year in years]
    low = [report.fan[year].p10 for year in years]
    high = [report.fan[year].p90 for year in years]
    figure = new_figure(theme)
    figure.add_scatter(x=x, y=low, mode="lines", line={"width": 0}, hoverinfo="skip", showlegend=False)
    figure.add_scatter(
        x=x,
        y=high,
        mode="lines",
        line={"width": 0},
        fill="tonexty",
        fillcolor=_clear(blue, 0.28),
        name=t("Eight of ten futures (P10 to P90)"),
        hoverinfo="skip",
    )
    for number, path in enumerate(report.paths):
        by_year = dict(zip(report.years, path, strict=True))
        figure.add_scatter(
            x=x,
            y=[by_year[year] for year in years],
            mode="lines",
            line={"width": 0.7, "color": palette.muted},
            opacity=0.35,
            name=t("Single futures"),
            showlegend=number == 0,
            legendgroup="paths",
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=x,
        y=[report.fan[year].p50 for year in years],
        mode="lines",
        line={"width": 2.5, "color": palette.rungs["registered"].colour},
        name=t("Median (P50)"),
        customdata=[
            (
                t.year(y),
                *(amount_short(v, t) for v in (report.fan[y].p10, report.fan[y].p50, report.fan[y].p90)),
            )
            for y in years
        ],
        hovertemplate="%{customdata[0]}<br>P10 %{customdata[1]}<br><b>P50 %{customdata[2]}</b><br>P90 %{customdata[3]}<extra></extra>",
    )
    highest = max(high, default=0.0)
    for found in report.goals:
        goal = found.goal
        highest = max(highest, float(goal.tco2))
        label = target_label(goal.fiscal_year, goal.tco2, t)
        add_target(figure, end_of(goal.fiscal_year, "fiscal"), goal.tco2, label, palette)
    add_day(figure, report.as_of, data_as_of, t, palette)
    figure.update_layout(
        hovermode="closest",
        xaxis={
            **year_ticks(years, "fiscal", t, every=10),
            "range": [end_of(years[0] - 1, "fiscal"), end_of(years[-1] + 1, "fiscal")],
        },
        # Room for the label of the day above that of the highest target, which reaches over it on a narrow screen.
        yaxis=tonnes_axis(highest, t, title=t("cumulative, Mt-CO₂"), room=1.14),
    )
    return figure


def fan_course(report: Report, t: Texts) -> str:
    """The middle of the draws, and the ends of eight of ten."""
    fan = [(t.year(year), report.fan[year]) for year in report.shown_years]
    return courses(
        (
            (t("Median (P50)"), [(year, at.p50, at.p50) for year, at in fan]),
            (t("Eight of ten futures (P10 to P90)"), [(year, at.p10, at.p90) for year, at in fan]),
        ),
        t,
    )


def fan_table(report: Report, t: Texts) -> Table[int]:
    """The fan as a table for files, one row a fiscal year."""
    return Table(
        (
            Column("fiscal_year", t("Fiscal year"), value=t.year, cell=None),
            *quantile_columns("fan", "", report.fan.__getitem__, t),
        ),
        report.shown_years,
        t,
    )


def _clear(colour: str, alpha: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
