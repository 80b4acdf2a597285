"""Two countries, sectors, programmes, participants or days side by side: ladder, series, mix and delivery."""

from functools import partial

from queries.runner import Answers, Questions
from view.amounts import amount_short
from view.compare.content import SIDES, Compared, questions_of
from view.compare.series import series_chart, series_course, series_table
from view.compare.tables import delivery_lines, ladder_lines, mix_lines, sides_table
from view.coverage_words import estimates_known
from view.marks.markup import titled
from view.page import Page, PageContext
from view.sectors.delivery import ratio_words
from view.texts import Texts, Told


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
            told=_expected_told(content, t),
            table=sides_table(ladder_lines(content, t), content, t),
        ),
        "compare_series": lambda: tile(
            "reductions_by_year",
            title=t("Expected reductions, cumulative, on one axis"),
            told=_series_told(content, t),
            figure=series_chart(content, t, theme),
            course=series_course(content, t),
            height=380,
            table=series_table(content, t),
        ),
        "compare_mix": lambda: tile(
            "ladder_by_group",
            title=t("Expected to the end of {year}, by technology", year=year),
            told=_mix_told(content, t),
            table=sides_table(mix_lines(content, t), content, t),
        ),
        "compare_delivery": lambda: tile(
            "delivery_ratio",
            title=t("Verified beside what was expected for the same days"),
            told=_delivery_told(content, t),
            table=sides_table(delivery_lines(content, t), content, t),
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
    return t("; ").join(
        t.named(
            side.name, estimates_known(side.counted("projects_with_estimate"), side.counted("projects"), t)
        )
        for side in content.sides
    )


def _expected_told(content: Compared, t: Texts) -> Told:
    first, second = content.sides
    larger, smaller = sorted((first, second), key=lambda side: -side.expected())
    if not smaller.expected():
        return "", t("{name} has no stated expectation to this year.", name=smaller.name)
    message = t(
        "The expectation of {larger} is {n} times that of {smaller}",
        larger=larger.name,
        smaller=smaller.name,
        n=t.number(larger.expected() / smaller.expected(), 1),
    )
    return message, t("Amounts decided and issued are both sides together.")


def _series_told(content: Compared, t: Texts) -> Told:
    first, second = content.sides
    ends = [side.expected(later=True) for side in content.sides]
    message = t(
        "Expected to the end of {year}: {first} {one}, {second} {two}",
        year=t.year(content.last_year),
        first=first.name,
        second=second.name,
        one=amount_short(ends[0], t),
        two=amount_short(ends[1], t),
    )
    return message if all(ends) else "", t("As stated, before verification.")


def _mix_told(content: Compared, t: Texts) -> Told:
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
    return t("{one}; {other}", one=told[0], other=told[1]), ""


def _delivery_told(content: Compared, t: Texts) -> Told:
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
    return t("{one}; {other}", one=told[0], other=told[1]), ""
