"""The way from realised to counted tonnes: waterfall, levels, vintages, and the steps with what stands behind them."""

from collections.abc import Mapping

import plotly.graph_objects as go

from model.fiscal_year import DAYS_A_YEAR
from model.outlook.counted_report import Group, OfGroup
from model.outlook.counting import LEVELS, LOSSES
from model.outlook.results import Step
from model.outlook.steps_to_counting import Share, Steps, Wait
from view.amounts import amount_short
from view.marks.axes import middle_of, year_ticks
from view.marks.course import courses
from view.marks.table import Column, Markup, Table
from view.marks.tonnes_chart import add_layer, new_figure, tonnes_axis
from view.outlook.bars import bar, signed
from view.outlook.words import group_name, level_name, loss_name, step_name
from view.texts import Texts
from view.theme import PALETTES, ThemeName

Vintage = tuple[int | None, float, float]
_RUNGS = {"realised": "registered", "cancelled": "ndc"}
_SHORT_YEARS = 0.2
"""Waits below it are told in days."""


def way_html(found: OfGroup, t: Texts) -> Markup:
    """From realised to cancelled: what is lost at each step, means of the draws."""
    reach = found.means["realised"] or 1.0
    steps = [Step("realised", found.means["realised"], 0.0)]
    left = found.means["realised"]
    for name in LOSSES:
        left -= found.losses[name]
        steps.append(Step(name, -found.losses[name], left))
    steps.append(Step("cancelled", found.means["cancelled"], 0.0))
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight"><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="jcm-n">{}</th><th scope="col" class="jcm-n">{}</th>'
        '<th scope="col" class="jcm-n jcm-hide-narrow">{}</th></tr></thead><tbody>{}</tbody></table></div>'
    ).format(
        t("Step"),
        t("Mean"),
        t("of realised"),
        t("0 to {goal}", goal=amount_short(reach, t)),
        Markup("").join(_way_row(step, reach, t) for step in steps),
    )


def _way_row(step: Step, reach: float, t: Texts) -> Markup:
    is_level = step.component in _RUNGS
    return Markup(
        '<tr{}><th scope="row">{}</th><td class="jcm-n">{}</td><td class="jcm-n">{}</td>'
        '<td class="jcm-wide jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{}</div></td></tr>'
    ).format(
        Markup(' class="jcm-strong"') if is_level else "",
        level_name(step.component, t) if is_level else loss_name(step.component, t),
        amount_short(step.tco2, t) if is_level else signed(step.tco2, t),
        t.percent(abs(step.tco2) / reach),
        bar(
            f"jcm-fill-{_RUNGS.get(step.component, 'missing')}",
            step.begins_at / reach * 100,
            abs(step.tco2) / reach * 100,
        ),
    )


def levels_table(found: OfGroup, t: Texts) -> Table[str]:
    """Every level with its interval, and what is lost on the way to the next."""
    after = dict(zip(LEVELS, LOSSES, strict=False))

    def quantile(name: str) -> Column[str]:
        return Column(
            f"{name}_tco2",
            t.noted(name.upper(), "tCO2"),
            "tonnes",
            value=lambda level: round(getattr(found.levels[level], name)),
            cell=lambda level: amount_short(getattr(found.levels[level], name), t),
            page_label=name.upper(),
        )

    return Table(
        (
            Column("level", t("Level"), value=lambda level: level_name(level, t), is_head=True),
            *(quantile(name) for name in ("p10", "p50", "p90")),
            Column(
                "mean_tco2",
                t("Mean (tCO2)"),
                "tonnes",
                value=lambda level: round(found.means[level]),
                cell=None,
            ),
            Column(
                "lost",
                t("Lost before the next level"),
                value=lambda level: loss_name(after[level], t) if level in after else "",
                cell=None,
            ),
            Column(
                "lost_tco2",
                t("Lost, mean (tCO2)"),
                "tonnes",
                value=lambda level: round(found.losses[after[level]]) if level in after else None,
                cell=None,
            ),
        ),
        LEVELS,
        t,
    )


def vintage_chart(found: OfGroup, t: Texts, theme: ThemeName) -> go.Figure:
    """Mean realised and cancelled tonnes by calendar year of the reduction, beside each other."""
    palette, figure = PALETTES[theme], new_figure(theme)
    rows = [(year, realised, cancelled) for year, realised, cancelled in found.vintages if year is not None]
    years = [year for year, _, _ in rows]
    for place, level in enumerate(_RUNGS, 1):
        values = [float(row[place]) for row in rows]
        add_layer(
            figure,
            [middle_of(year, "calendar") for year in years],
            values,
            name=level_name(level, t),
            words=[amount_short(value, t) for value in values],
            style=palette.rungs[_RUNGS[level]],
            palette=palette,
            is_bars=True,
        )
    figure.update_layout(
        barmode="group",
        xaxis=year_ticks(years, "calendar", t, every=3, at_end=False),
        yaxis=tonnes_axis(max((row[1] for row in rows), default=0.0), t, title=t("Mt-CO₂ in the year")),
    )
    return figure


def vintage_course(found: OfGroup, t: Texts) -> str:
    """Both rows of bars in words."""
    rows = [(year, realised, cancelled) for year, realised, cancelled in found.vintages if year is not None]
    return courses(
        (
            (
                level_name(level, t),
                [(t.year(row[0], "calendar"), float(row[place]), float(row[place])) for row in rows],
            )
            for place, level in enumerate(_RUNGS, 1)
        ),
        t,
    )


def vintage_table(found: OfGroup, t: Texts) -> Table[Vintage]:
    """The same as a table, what has no known vintage last."""
    return Table(
        (
            Column(
                "year",
                t("Calendar year"),
                value=lambda row: t("not known") if row[0] is None else t.year(row[0], "calendar"),
            ),
            *(
                Column(
                    f"{level}_tco2",
                    t("{level}, mean (tCO2)", level=level_name(level, t)),
                    "tonnes",
                    value=lambda row, place=place: round(row[place]),  # type: ignore[misc]
                )
                for place, level in enumerate(_RUNGS, 1)
            ),
        ),
        found.vintages,
        t,
    )


def steps_table(steps: Steps, names: Mapping[str, Mapping[Group, str]], t: Texts) -> Table[str]:
    """Every step with its fit, the observations behind it, its prior with the code, and countries with a fit of their own."""

    def fit(name: str) -> Wait | Share:
        found: Wait | Share = getattr(steps, name)
        return found

    def of_countries(name: str) -> str:
        own = fit(name).of_country
        return t.listing(
            [f"{group_name(iso3, names, t)} {_written(fit(name), value, t)}" for iso3, value in own.items()]
        )

    return Table(
        (
            Column("step", t("Step"), value=lambda name: step_name(name, t), is_head=True),
            Column(
                "middle",
                t("Middle"),
                value=lambda name: _written(fit(name), fit(name).middle, t),
                is_figure=True,
            ),
            Column(
                "observations",
                t("Observations"),
                "number",
                value=lambda name: len(fit(name).observed),
                cell=lambda name: (
                    t.number(len(fit(name).observed)) if fit(name).observed else t("0: prior alone")
                ),
            ),
            Column(
                "prior",
                t("Prior"),
                value=lambda name: t.noted(
                    _written(fit(name), fit(name).prior.middle, t), fit(name).prior.code
                ),
                css="jcm-hide-narrow",
            ),
            Column(
                "countries",
                t("Countries with a median of their own"),
                value=of_countries,
                css="jcm-hide-narrow",
            ),
        ),
        list(steps.observations),
        t,
        css="",
    )


def _written(fit: Wait | Share, value: float, t: Texts) -> str:
    if isinstance(fit, Share):
        return t.percent(value)
    if value < _SHORT_YEARS:
        days = round(value * DAYS_A_YEAR)
        return t.count("{n} day", "{n} days", days)
    return t("{n} years", n=t.number(value, 1))
