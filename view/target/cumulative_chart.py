"""The main chart: reductions by year, stacked by rung, against both targets."""

from datetime import date, timedelta

import plotly.graph_objects as go

from model.fiscal_year import first_day, last_day
from model.ladder import RUNG_BY_CODE
from model.overview import End, YearRow, pace_points, path_points, rungs_of
from view.amounts import amount_short, between
from view.marks.axes import end_of, in_lines, middle_of, say_nothing_known, year_ticks
from view.marks.tonnes_chart import (
    add_day,
    add_layer,
    add_sum,
    add_target,
    in_form,
    new_figure,
    say_targets_beyond,
    target_label,
    tonnes_axis,
)
from view.target.content import TargetContent
from view.target.milestone_strip import draw_milestones
from view.target.sentences import PRESENT_PACE_YEARS, to_date
from view.texts import Texts
from view.theme import PALETTES, Palette, ThemeName, faded

_INSET = {"x": [0.03, 0.3], "y": [0.56, 0.9]}
"""Place of the small drawing on the whole axis, in parts of the figure."""


def cumulative_chart(content: TargetContent, t: Texts, theme: ThemeName) -> go.Figure:
    """Stacked areas (or bars of each year) by rung, target points, required path, present pace, today."""
    palette = PALETTES[theme]
    selection = content.selection
    figure = new_figure(theme)
    yearly = selection.form == "yearly"
    years = sorted({r["year"] for r in content.by_year if r["year"] is not None})
    highest = _draw_rungs(figure, content, t, palette, years)
    if not highest:
        say_nothing_known(figure, t, palette)
    goals = _draw_required_pace if yearly else _draw_targets
    reach = goals(figure, content, t, palette)
    is_beyond = reach > highest and selection.axis != "targets"
    if is_beyond:
        say_targets_beyond(figure, t, palette, is_left=True)
        if not yearly:
            _draw_inset(figure, content, t, palette)
    else:
        highest = max(highest, reach)
    # Below the words on the targets, which reach over the line of the day on a narrow screen.
    add_day(figure, selection.as_of, content.data_as_of, t, palette, y=0.9 if is_beyond else 1)
    draw_milestones(figure, content, t, palette)
    _lay_out(figure, content, t, years, highest)
    return figure


def _draw_rungs(
    figure: go.Figure, content: TargetContent, t: Texts, palette: Palette, years: list[int]
) -> float:
    selection = content.selection
    yearly = selection.form == "yearly"
    place = middle_of if yearly else end_of
    x = [place(y, selection.year_basis) for y in years]
    totals, spans = [0.0] * len(years), [0.0] * len(years)
    for code in rungs_of(selection.measure):
        rows = {r["year"]: r for r in content.by_year if r["rung"] == code and r["year"] is not None}
        values = [value_of(rows.get(y), "low", yearly=yearly) for y in years]
        most = [value_of(rows.get(y), "high", yearly=yearly) for y in years]
        totals = [a + b for a, b in zip(totals, values, strict=True)]
        spans = [a + high - low for a, low, high in zip(spans, values, most, strict=True)]
        rung = RUNG_BY_CODE[code]
        add_layer(
            figure,
            x,
            values,
            name=t.pick(rung.name_en, rung.name_ja),
            words=[between(low, high, t, amount_short) for low, high in zip(values, most, strict=True)],
            style=palette.rungs[code],
            palette=palette,
            is_bars=yearly,
        )
    if any(spans):
        _draw_span(figure, x, spans, t, palette, yearly=yearly)
    words = [between(low, low + span, t, amount_short) for low, span in zip(totals, spans, strict=True)]
    add_sum(figure, x, totals, words=words, t=t, palette=palette)
    return max((total + span for total, span in zip(totals, spans, strict=True)), default=0.0)


def _draw_inset(figure: go.Figure, content: TargetContent, t: Texts, palette: Palette) -> None:
    """The sum and the targets on the whole axis, small: how far apart they are."""
    rungs = rungs_of(content.selection.measure)
    sums: dict[int, float] = {}
    for row in content.by_year:
        if row["year"] is not None and row["rung"] in rungs:
            sums[row["year"]] = sums.get(row["year"], 0.0) + value_of(row, "low", yearly=False)
    years = sorted(sums)
    shared = {"xaxis": "x3", "yaxis": "y3", "showlegend": False, "hoverinfo": "skip"}
    figure.add_scatter(
        x=[end_of(year, content.selection.year_basis) for year in years],
        y=[sums[year] for year in years],
        mode="lines",
        fill="tozeroy",
        line={"color": palette.rungs["registered"].colour, "width": 1},
        fillcolor=palette.rungs["validation"].colour,
        **shared,
    )
    last = content.targets[-1]
    figure.add_scatter(
        x=[last_day(target.fiscal_year) for target in content.targets],
        y=[target.high_tco2 for target in content.targets],
        mode="markers+text",
        marker={"symbol": "diamond", "size": 7, "color": palette.target},
        text=[amount_short(target.high_tco2, t) for target in content.targets],
        textposition="middle left",
        textfont={"size": 11, "color": palette.target},
        **shared,
    )
    bare = {
        "showgrid": False,
        "showticklabels": False,
        "ticks": "",
        "showline": True,
        "linecolor": palette.grid,
    }
    figure.update_layout(
        xaxis3={
            **bare,
            "domain": _INSET["x"],
            "anchor": "y3",
            "range": [first_day(content.begins_in), last_day(last.fiscal_year) + timedelta(days=400)],
        },
        yaxis3={**bare, "domain": _INSET["y"], "anchor": "x3", "range": [0, last.high_tco2 * 1.12]},
    )
    figure.add_annotation(
        x=_INSET["x"][0],
        y=_INSET["y"][0] - 0.01,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        showarrow=False,
        text=t("The same, to the targets"),
        font={"size": 11, "color": palette.muted},
    )


def _draw_span(
    figure: go.Figure, x: list[date], spans: list[float], t: Texts, palette: Palette, *, yearly: bool
) -> None:
    """On top of the sum: how much higher it is at the high end of what is verified."""
    shared = {"name": t("Verified, up to the high end"), "hoverinfo": "skip"}
    colour = faded(palette.rungs["notified"].colour)
    if yearly:
        figure.add_bar(x=x, y=spans, marker={"color": colour}, **shared)
    else:
        figure.add_scatter(
            x=x,
            y=spans,
            mode="lines",
            stackgroup="parts",
            line={"width": 0},
            fillcolor=colour,
            **shared,
        )


def value_of(row: YearRow | None, end: End, *, yearly: bool) -> float:
    """One end of the tonnes of a year, or of all up to it; none where there is no row."""
    if row is None:
        return 0.0
    if yearly:
        return float(row["tco2_low"] if end == "low" else row["tco2_high"])
    return float((row["cumulative_low_tco2"] if end == "low" else row["cumulative_high_tco2"]) or 0)


def _draw_targets(figure: go.Figure, content: TargetContent, t: Texts, palette: Palette) -> float:
    """Target points at the end of their fiscal years, and the path that leads to them. Returns the highest."""
    progress = content.progress()
    line = {"color": palette.target, "width": 1.8}
    for target in content.targets:
        day = last_day(target.fiscal_year)
        label = target_label(target.fiscal_year, target.high_tco2, t)
        if target.low_tco2 != target.high_tco2:
            label = t(
                "FY{year}: {low} to {high} under discussion",
                year=target.fiscal_year,
                low=amount_short(target.low_tco2, t),
                high=amount_short(target.high_tco2, t),
            )
            figure.add_scatter(
                x=[day, day],
                y=[target.low_tco2, target.high_tco2],
                mode="lines",
                line={**line, "width": 3},
                showlegend=False,
                hoverinfo="skip",
            )
        add_target(figure, day, target.high_tco2, label, palette)
    # A target asks its pace of the whole programme; from the sum of a part it would be a line straight up.
    path = [] if content.selection.is_part else path_points(progress, content.selection.as_of)
    if path:
        figure.add_scatter(
            x=[day for day, _ in path],
            y=[tco2 for _, tco2 in path],
            mode="lines",
            line={**line, "dash": "dot"},
            # In two lines, so that a narrow screen has room for it.
            name=in_lines(
                t("Path needed for the targets, from the {measure}", measure=to_date(content, t)), 44
            ),
            hoverinfo="skip",
        )
    if progress:
        reach = path[-1][0] if path else last_day(progress[-1].target_fiscal_year)
        pace = pace_points(progress[0], PRESENT_PACE_YEARS, content.selection.as_of, reach)
        if pace:
            figure.add_scatter(
                x=[day for day, _ in pace],
                y=[tco2 for _, tco2 in pace],
                mode="lines",
                line={"color": palette.muted, "width": 1.8, "dash": "dash"},
                name=in_lines(
                    t("If the mean estimate of the last {n} fiscal years goes on", n=PRESENT_PACE_YEARS), 44
                ),
                hoverinfo="skip",
            )
    return max((float(target.high_tco2) for target in content.targets), default=0.0)


def _draw_required_pace(figure: go.Figure, content: TargetContent, t: Texts, palette: Palette) -> float:
    """The mean tonnes a year that each target needs from today on, as level lines. Returns the highest."""
    highest, start = 0.0, content.selection.as_of
    for progress in () if content.selection.is_part else content.progress():
        if not progress.required_pace_tco2:
            continue
        end = last_day(progress.target_fiscal_year)
        highest = max(highest, progress.required_pace_tco2)
        figure.add_scatter(
            x=[start, end],
            y=[progress.required_pace_tco2] * 2,
            mode="lines+text",
            line={"color": palette.target, "width": 1.8, "dash": "dot"},
            text=[
                t(
                    "required for FY{year}: {pace} a year",
                    year=progress.target_fiscal_year,
                    pace=amount_short(progress.required_pace_tco2, t),
                ),
                "",
            ],
            textposition="top right",
            textfont={"color": palette.target},
            name=t("Required mean pace"),
            showlegend=False,
            hoverinfo="skip",
        )
    return highest * 1.08


def _lay_out(figure: go.Figure, content: TargetContent, t: Texts, years: list[int], highest: float) -> None:
    selection = content.selection
    yearly = selection.form == "yearly"
    begin, last = content.begins_in, max([content.last_year, *years])
    figure.update_layout(
        bargap=0.25,
        barmode="stack",
        xaxis={
            **year_ticks(range(begin, last + 1), selection.year_basis, t, every=10, at_end=not yearly),
            "range": [first_day(begin), last_day(last) + timedelta(days=330)],
            "anchor": "y2",
            "hoverformat": "%Y-%m-%d",
        },
        yaxis={
            **tonnes_axis(highest, t, title=in_form(selection.form, t), room=1.12),
            "domain": [0.1, 1],
        },
        yaxis2={
            "domain": [0, 0.075],
            "range": [-1, 1],
            "visible": False,
            "fixedrange": True,
        },
        legend={"traceorder": "normal", "y": 1.02},
        legend2={"orientation": "h", "x": 0, "y": -0.07, "yanchor": "top", "font": {"size": 12}},
        hovermode="x unified",
    )


def cumulative_title(content: TargetContent, t: Texts) -> str:
    """Title of the tile: measure, form and share, so that the rungs are named."""
    expected = content.selection.measure == "expected"
    if content.selection.form == "yearly":
        title = (
            t("Expected reductions of each year")
            if expected
            else t("Verified and expected reductions of each year")
        )
    elif content.selection.is_part and content.filters_text:
        measure = (
            t("Cumulative expected reductions")
            if expected
            else t("Cumulative verified and expected reductions")
        )
        title = t("{measure} of {part}", measure=measure, part=content.filters_text)
    elif expected and not content.targets:
        title = t("Cumulative expected reductions by year")
    elif expected:
        title = t("Cumulative expected reductions against both targets")
    elif not content.targets:
        title = t("Cumulative verified and expected reductions by year")
    else:
        title = t("Cumulative verified and expected reductions against both targets")
    if content.selection.share == "japan":
        title += t(" (Japanese side, where the share is known)")
    return title
