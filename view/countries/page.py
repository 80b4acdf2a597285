"""The countries page: partner countries ranked, mapped, drawn beside each other, and what is known of each."""

from model.ranking import Standing
from queries.runner import Answers, Questions
from view.countries.matrix import matrix_html, matrix_table, matrix_told
from view.countries.multiples import multiples_html, multiples_table, multiples_told
from view.countries.ranking import (
    answer,
    choropleth,
    choropleth_told,
    figure_names,
    legend_html,
    per_names,
    ranking_html,
    ranking_table,
    ranking_told,
    under,
)
from view.countries.ranking_content import Countries
from view.coverage_words import estimates_known
from view.marks.markup import titled
from view.marks.table import Table
from view.page import Page, PageContext
from view.world_map import border_note


def questions(context: PageContext) -> Questions:
    """What the page asks; choices are `figure` of the ladder, `per` what, and `until` which fiscal year."""
    selection = context.selection
    series: dict[str, object] = {
        **selection.filters(),
        "by": "country",
        "dated_by": selection.dating,
        "share": selection.share,
    }
    return {
        "ladder_by_group": {**series, "until_fiscal_year": int(context.choice["until"])},
        "reductions_by_group": {**series, "year_basis": selection.year_basis},
        "coverage_matrix": {"as_of": selection.as_of},
        "map_shapes": {},
    }


def page_of(context: PageContext, answers: Answers) -> Page[Countries]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    content = Countries(context, answers)
    tile = context.tile_maker(answers)
    words = {
        "measure": figure_names(t)[content.figure],
        "per": per_names(t)[content.per],
        "year": t.year(content.until),
    }

    def coverage() -> str:
        projects = sum(s.projects for s in content.standings)
        if not projects:
            return t("Our records of issuance are partial; see the target page for the coverage")
        estimates = sum(s.with_estimate for s in content.standings)
        return estimates_known(estimates, projects, t)

    def ranking() -> Table[Standing]:
        return ranking_table(content, context.link, t, theme)

    tiles = {
        "ranking": lambda: tile(
            "ladder_by_group",
            coverage(),
            title=t("{measure} by partner country to the end of {year}: {per}", **words),
            told=ranking_told(content, t),
            body=ranking_html(content, context.link, t, theme),
            table=ranking(),
        ),
        "choropleth": lambda: tile(
            "ladder_by_group",
            coverage(),
            title=t("{measure} to the end of {year} on the map: {per}", **words),
            told=choropleth_told(content, t),
            figure=choropleth(content, t, theme),
            frame="atlas",
            is_map=True,
            is_clickable=True,
            keys=legend_html(content, t, theme),
            table=ranking(),
            notes=(border_note(t),),
        ),
        "multiples": lambda: tile(
            "reductions_by_group",
            coverage(),
            title=t("{measure}, cumulative, country by country", **words),
            told=multiples_told(content, t),
            body=multiples_html(content, context.link, t, theme),
            table=multiples_table(content, t),
        ),
        "matrix": lambda: tile(
            "coverage_matrix",
            t("Methodologies are those of the site's tables and those that projects on the list name"),
            title=t("What is known of each partner: from signature to transfer"),
            told=matrix_told(content, t),
            body=matrix_html(content, context.link, t),
            table=matrix_table(content, t),
        ),
    }
    return Page(content, lambda: titled(answer(content, t), under(content, t)), tiles)
