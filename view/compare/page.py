"""Two countries, sectors, programmes, participants or days side by side: ladder, series, mix and delivery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from model.ladder import RUNGS
from queries.runner import Answers, Questions
from view.amounts import amount_short, between, with_reported
from view.compare.content import SIDES, Compared, Side, questions_of
from view.marks.axes import end_of, say_nothing_known, year_ticks
from view.marks.course import course
from view.marks.markup import titled
from view.marks.table import DASH, Column, Table
from view.marks.tonnes_chart import add_day, new_figure, tonnes_axis
from view.page import Page, PageContext
from view.sectors.delivery import ratio_words
from view.texts import Texts
from view.theme import PALETTES, ThemeName

TECHNOLOGIES = 8
"""Rows of the mix; what is smaller on both sides stands in one."""


@dataclass(frozen=True)
class Line:
    """A row of a comparison: what is compared, how each side is written, and its figures for files (tCO2 or a number)."""

    name: str
    words: tuple[str, str]
    figures: tuple[float | None, float | None]


def questions(context: PageContext) -> Questions:
    """Both sides under the same questions."""
    first, second = context.choice["sides"]
    return {**questions_of(context, first, SIDES[0]), **questions_of(context, second, SIDES[1])}


def page_of(context: PageContext, answers: Answers) -> Page[Compared]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    content = Compared(context, answers)
    tile = partial(context.tile_maker(answers), coverage=_coverage(content, t))
    year = t.year(content.first_year)
    tiles = {
        "compare_ladder": lambda: tile(
            "ladder",
            title=t("Stage by stage, to the end of {year}", year=year),
            sentence=_expected_sentence(content, t),
            table=_table(_ladder(content, t), content, t),
        ),
        "compare_series": lambda: tile(
            "reductions_by_year",
            title=t("Expected reductions, cumulative, on one axis"),
            sentence=_series_sentence(content, t),
            figure=series_chart(content, t, theme),
            course=_course(content, t),
            height=380,
            table=_series_table(content, t),
        ),
        "compare_mix": lambda: tile(
            "ladder_by_group",
            title=t("Expected to the end of {year}, by technology", year=year),
            sentence=_mix_sentence(content, t),
            table=_table(_mix(content, t), content, t),
        ),
        "compare_delivery": lambda: tile(
            "delivery_ratio",
            title=t("Verified beside what was expected for the same days"),
            sentence=_delivery_sentence(content, t),
            table=_table(_delivery(content, t), content, t),
        ),
    }
    return Page(content, lambda: titled(_answer(content, t), _under(content, t)), tiles)


def _answer(content: Compared, t: Texts) -> str:
    first, second = content.sides
    return t(
        "{first}: {one} expected to the end of {year}; {second}: {two}.",
        first=first.name,
        second=second.name,
        one=amount_short(first.expected(), t),
        two=amount_short(second.expected(), t),
        year=t.year(content.first_year),
    )


def _under(content: Compared, t: Texts) -> str:
    """What both sides have in common, and on which days they are looked at."""
    first, second = content.sides
    days = dict.fromkeys(t.day(side.selection.as_of) for side in (first, second))
    shared = t("filters that hold for both sides: {filters}", filters=content.filters_text)
    return " · ".join(
        [*([shared] if content.filters_text else []), t("as of {day}", day=t.listing(list(days)))]
    )


def _coverage(content: Compared, t: Texts) -> str:
    return "; ".join(
        t(
            "{name}: {known} of {total} projects state an annual estimate",
            name=side.name,
            known=t.number(side.counted("projects_with_estimate")),
            total=t.number(side.counted("projects")),
        )
        for side in content.sides
    )


def _both(
    name: str, content: Compared, figure: Callable[[Side], float | None], write: Callable[[Side], str]
) -> Line:
    first, second = content.sides
    return Line(name, (write(first), write(second)), (figure(first), figure(second)))


def _table(lines: Sequence[Line], content: Compared, t: Texts) -> Table[Line]:
    first, second = content.sides

    def of(n: int, side: Side) -> Column[Line]:
        # Two days of one country have the same name but for the day, which is in it.
        return Column(
            SIDES[n],
            side.name,
            "text",
            value=lambda line: line.figures[n],
            cell=lambda line: line.words[n],
            is_figure=True,
        )

    return Table(
        (
            Column("name", t("Compared"), value=lambda line: line.name, is_head=True),
            of(0, first),
            of(1, second),
        ),
        lines,
        t,
        css="jcm-tight jcm-compared",
    )


def _ladder(content: Compared, t: Texts) -> list[Line]:
    counts = (
        (t("Projects"), "projects"),
        (t("Projects with an estimate"), "projects_with_estimate"),
    )
    lines = [
        _both(name, content, partial(Side.counted, name=key), partial(_count, key=key, t=t))
        for name, key in counts
    ]
    lines += _rungs("expected", content, t)
    lines.append(
        _both(
            t("Expected, sum to {year}", year=t.year(content.first_year)),
            content,
            lambda side: side.expected(),
            lambda side: amount_short(side.expected(), t),
        )
    )
    for target in content.targets:
        is_far = target.fiscal_year != content.first_year
        lines.append(
            _both(
                t("Expected, of the target of {year}", year=t.year(target.fiscal_year)),
                content,
                partial(_share, tco2=target.high_tco2, is_far=is_far),
                partial(_share_words, tco2=target.high_tco2, is_far=is_far, t=t),
            )
        )
    return lines + _rungs("actual", content, t)


def _rungs(kind: str, content: Compared, t: Texts) -> list[Line]:
    return [
        _both(
            t.pick(rung.name_en, rung.name_ja),
            content,
            partial(_low, code=rung.code),
            partial(_tonnes, code=rung.code, t=t),
        )
        for rung in RUNGS
        if rung.kind == kind
    ]


def _count(side: Side, *, key: str, t: Texts) -> str:
    return t.number(side.counted(key))


def _low(side: Side, *, code: str) -> float | None:
    tco2: int | None = side.rung(code)["tco2_low"]
    return tco2


def _tonnes(side: Side, *, code: str, t: Texts) -> str:
    row = side.rung(code)
    if row["tco2_low"] is None:
        return t("amount not known") if row["events"] else t("none known")
    return with_reported(
        between(row["tco2_low"], row["tco2_high"], t, amount_short), row["reported_tco2"] or 0, t
    )


def _share(side: Side, *, tco2: int, is_far: bool) -> float:
    return side.expected(later=is_far) / tco2


def _share_words(side: Side, *, tco2: int, is_far: bool, t: Texts) -> str:
    return t.percent(_share(side, tco2=tco2, is_far=is_far))


def _mix(content: Compared, t: Texts) -> list[Line]:
    """Technologies by the larger of both sides; the small ones together."""
    mixes = [side.mix() for side in content.sides]
    largest = sorted({*mixes[0], *mixes[1]}, key=lambda code: (-max(mix.get(code, 0) for mix in mixes), code))
    names = content.names["technology"]

    def line(name: str, tonnes: Sequence[int]) -> Line:
        first, second = (
            t.noted(amount_short(tco2, t), t.percent(tco2 / sum(mix.values()))) if tco2 else DASH
            for tco2, mix in zip(tonnes, mixes, strict=True)
        )
        return Line(name, (first, second), (tonnes[0], tonnes[1]))

    lines = [
        line(names.get(code, code), [mix.get(code, 0) for mix in mixes]) for code in largest[:TECHNOLOGIES]
    ]
    if rest := largest[TECHNOLOGIES:]:
        lines.append(line(t("others"), [sum(mix.get(code, 0) for code in rest) for mix in mixes]))
    return lines


def _delivery(content: Compared, t: Texts) -> list[Line]:
    def told(write: Callable[[Any], str]) -> Callable[[Side], str]:
        return lambda side: write(side.delivery) if side.delivery else t("cannot be compared yet")

    return [
        _both(
            t("Verified ÷ expected"),
            content,
            lambda side: round(side.delivery.ratio, 3) if side.delivery else None,
            told(lambda found: ratio_words(found, t)),
        ),
        _both(
            t("Verified"),
            content,
            lambda side: side.delivery.decided_low_tco2 if side.delivery else None,
            told(lambda found: between(found.decided_low_tco2, found.decided_high_tco2, t, amount_short)),
        ),
        _both(
            t("Expected for the same days"),
            content,
            lambda side: round(side.delivery.expected_tco2) if side.delivery else None,
            told(lambda found: amount_short(found.expected_tco2, t)),
        ),
        _both(
            t("Projects compared"),
            content,
            lambda side: side.delivery.projects if side.delivery else 0,
            lambda side: t.number(side.delivery.projects if side.delivery else 0),
        ),
    ]


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


def _course(content: Compared, t: Texts) -> str:
    """How both lines run, in words."""
    told = []
    for side in content.sides:
        found = side.cumulative()
        years = sorted(year for year in found if year <= content.last_year)
        told.append(course(side.name, [(t.year(year), found[year], found[year]) for year in years], t))
    return t.gap.join(filter(None, told))


def _series_table(content: Compared, t: Texts) -> Table[Line]:
    series = [side.cumulative() for side in content.sides]
    years = sorted({*series[0], *series[1]})
    lines = [
        Line(t.year(year), ("", ""), (series[0].get(year), series[1].get(year)))
        for year in years
        if year <= content.last_year
    ]
    return _table(lines, content, t)


def _expected_sentence(content: Compared, t: Texts) -> str:
    first, second = content.sides
    larger, smaller = sorted((first, second), key=lambda side: -side.expected())
    if not smaller.expected():
        return t("{name} has no stated expectation to this year.", name=smaller.name)
    return t(
        "The expectation of {larger} is {n} times that of {smaller}. Amounts decided and issued are both sides together.",
        larger=larger.name,
        smaller=smaller.name,
        n=t.number(larger.expected() / smaller.expected(), 1),
    )


def _series_sentence(content: Compared, t: Texts) -> str:
    first, second = content.sides
    return t(
        "To the end of {year}: {first} {one}, {second} {two}, as stated and before verification.",
        year=t.year(content.last_year),
        first=first.name,
        second=second.name,
        one=amount_short(first.expected(later=True), t),
        two=amount_short(second.expected(later=True), t),
    )


def _mix_sentence(content: Compared, t: Texts) -> str:
    names = content.names["technology"]
    told = [
        t(
            "{name}: most from {technology}",
            name=side.name,
            technology=names.get(next(iter(mix)), next(iter(mix))),
        )
        if (mix := side.mix())
        else t("{name}: nothing stated", name=side.name)
        for side in content.sides
    ]
    return "; ".join(told) + t(".")


def _delivery_sentence(content: Compared, t: Texts) -> str:
    told = [
        t(
            "{name}: {ratio} of what was expected, by {n} projects",
            name=side.name,
            ratio=ratio_words(side.delivery, t),
            n=t.number(side.delivery.projects),
        )
        if side.delivery
        else t("{name}: no verified amount can be compared yet", name=side.name)
        for side in content.sides
    ]
    return "; ".join(told) + t(".")
