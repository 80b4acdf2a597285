"""The target page: how far the JCM is from its targets. The profile of a country and briefings show it for their part."""

from functools import partial

from queries.runner import Answers, Questions
from view.guide.term_links import with_terms
from view.marks.markup import keys, titled
from view.page import Page, PageContext
from view.target import headline, sentences
from view.target.content import TargetContent
from view.target.countries_table import countries_html, countries_of, countries_table, countries_told
from view.target.courses import cumulative_course, expectations_course, verified_course
from view.target.coverage import coverage_short, issued_coverage
from view.target.cumulative_chart import cumulative_chart, cumulative_title
from view.target.expectations_chart import expectations_chart, expectations_table
from view.target.gap import gap_panel, gap_title, gap_told
from view.target.hero import hero_html, hero_picture, hero_sentence, hero_table, hero_title
from view.target.ladder_table import ladder_html, ladder_table, ladder_told
from view.target.milestone_strip import milestone_keys
from view.target.progress_table import progress_table
from view.target.statements import events_table, statements_html, statements_sentence, statements_table
from view.target.trust import trust_html, trust_sentence, trust_table, trust_title
from view.target.verified_chart import verified_chart
from view.target.year_tables import cumulative_table, milestones_table, verified_table


def questions(context: PageContext) -> Questions:
    """What the page asks."""
    selection = context.selection
    filters = selection.filters()
    near, far = context.target_years
    series: dict[str, object] = {**filters, "dated_by": selection.dating, "share": selection.share}
    measure = "combined" if selection.measure == "combined" else "rungs"
    day: dict[str, object] = {"as_of": selection.as_of}
    return {
        "reductions_by_year": {**series, "year_basis": selection.year_basis, "measure": measure},
        "reductions_by_year:fiscal": {**series, "year_basis": "fiscal", "measure": measure},
        "reductions_by_year:rungs": {**series, "year_basis": "fiscal", "measure": "rungs"},
        "ladder": {**series, "until_fiscal_year": near},
        "ladder:later": {**series, "until_fiscal_year": far},
        "events_beside_the_chart": filters,
        "milestones": day,
        "reconciliation": day,
        "issuances": filters,
        "expectation_by_project": {**filters, "until_fiscal_year": near, "share": selection.share},
        "delivery_ratio": filters,
        "ladder_by_group": {**series, "by": "country", "until_fiscal_year": near},
        "coverage_matrix": day,
    }


def page_of(context: PageContext, answers: Answers) -> Page[TargetContent]:
    """Every sentence, figure and table of the page."""
    t, theme = context.t, context.theme
    content = TargetContent(context, answers)
    tile = context.tile_maker(answers)

    def expected() -> str:
        return coverage_short(content, t)

    def issued() -> str:
        return issued_coverage(content, t)

    tiles = {
        "hero": lambda: tile(
            "ladder",
            f"{expected()} · {issued()}",
            title=hero_title(content, t),
            sentence=hero_sentence(content, t),
            body=hero_html(content, t, theme),
            picture=partial(hero_picture, content, t) if content.targets else None,
            table=hero_table(content, t),
        ),
        "trust": lambda: tile(
            "expectation_by_project",
            expected(),
            title=trust_title(content, t),
            sentence=trust_sentence(content, t),
            body=trust_html(content, t),
            table=trust_table(content, t),
        ),
        "cumulative": lambda: tile(
            "reductions_by_year",
            expected(),
            title=cumulative_title(content, t),
            told=sentences.cumulative_told(content, t),
            figure=partial(cumulative_chart, content, t, theme),
            course=cumulative_course(content, t),
            keys=keys(milestone_keys(content, t)),
            height=640,
            height_alone=440,
            table=cumulative_table(content, t),
        ),
        "gap": lambda: tile(
            "reductions_by_year",
            expected(),
            title=gap_title(content, t),
            told=gap_told(content, t),
            body=gap_panel(content, t),
            table=progress_table(content, t),
        ),
        "verified": lambda: tile(
            "reductions_by_year",
            issued(),
            title=t("Verified so far, on its own axis"),
            told=sentences.verified_told(content, t),
            figure=partial(verified_chart, content, t, theme),
            course=verified_course(content, t),
            height=230,
            table=verified_table(content, t),
            notes=(t("Lighter: up to the high end, where an amount is known as a range"),),
        ),
        "ladder": lambda: tile(
            "ladder",
            f"{expected()} · {issued()}",
            title=t("Stage by stage: what is expected, verified, shared and counted"),
            told=ladder_told(content, t),
            body=ladder_html(content, t),
            table=ladder_table(content, t),
        ),
        "countries": lambda: tile(
            "ladder_by_group",
            f"{expected()} · {issued()}",
            title=t("Country by country"),
            told=countries_told(content, t),
            body=countries_html(content, context.link, t),
            table=countries_table(content, context.link, t, countries_of(content)),
        ),
        "expectations": lambda: tile(
            "reconciliation",
            t("Statements differ in scope; our sum covers the projects with an estimate only"),
            title=t("What officials expected for 2030, by date of statement"),
            told=sentences.expectations_told(content, t),
            figure=partial(expectations_chart, content, t, theme) if content.expectations() else None,
            body="" if content.expectations() else " ",
            course=expectations_course(content, t),
            height=390,
            table=expectations_table(content, t),
            selection="",
            notes=(t("All partner countries; the filters do not apply"),),
        ),
        "statements": lambda: tile(
            "reconciliation",
            t("Each coverage stands in the table"),
            title=t("Our totals beside official statements"),
            sentence=statements_sentence(content, t),
            body=statements_html(content, t),
            table=statements_table(content, t),
            notes=(t("All partner countries; the filters do not apply"),),
        ),
        "events": lambda: tile(
            "events_beside_the_chart",
            issued(),
            title=t("Issuances whose amount or date is not published"),
            sentence=t.count(
                "{n} event lacks an amount or a date. It is kept here, not dropped.",
                "{n} events lack an amount or a date. They are kept here, not dropped.",
                len(content.events_beside),
            )
            if content.events_beside
            else t("Every event known in this selection has an amount and a date."),
            body=" ",
            table=events_table(content, t),
        ),
        "milestones": lambda: tile(
            "milestones",
            t("{n} milestones with a source", n=t.number(len(content.milestones))),
            title=t("Milestones"),
            sentence=t(
                "Decisions, rules and first issuances, as marked under the time axis of the target page's chart."
            ),
            body=" ",
            table=milestones_table(content, t),
        ),
    }
    return Page(
        content,
        lambda: titled(
            headline.answer(content, t)[0],
            with_terms(headline.in_short(content, t), t.lang),
        ),
        tiles,
    )
