"""The tiles of the countries page."""

from collections.abc import Callable

from view.countries.matrix import matrix_html, matrix_table
from view.countries.multiples import multiples_html, multiples_sentence, multiples_table
from view.countries.ranking import (
    Countries,
    answer,
    choropleth,
    figure_names,
    legend_html,
    per_names,
    ranking_html,
    ranking_table,
)
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker
from view.world_map import border_note

Link = Callable[..., str]


def tiles_of(
    countries: Countries, link: Link, tile: TileMaker, t: Texts, theme: ThemeName
) -> dict[str, Tile]:
    """Every tile of the page."""
    measure = figure_names(t)[countries.figure]
    estimates = sum(s.with_estimate for s in countries.standings)
    projects = sum(s.projects for s in countries.standings)
    coverage = (
        t("{n} of {all} projects with an annual estimate", n=t.number(estimates), all=t.number(projects))
        if projects
        else t("Our records of issuance are partial; see the target page for the coverage")
    )
    words = {
        "measure": measure,
        "per": per_names(t)[countries.per],
        "year": t.year(countries.until),
    }
    sentence = answer(countries, t)
    ranking = ranking_table(countries, link, t)
    made = (
        tile(
            "ranking",
            "ladder_by_group",
            coverage,
            title=t("{measure} by partner country to the end of {year}: {per}", **words),
            sentence=sentence,
            body=ranking_html(countries, link, t),
            table=ranking,
        ),
        tile(
            "choropleth",
            "ladder_by_group",
            coverage,
            title=t("{measure} on the map: {per}", **words),
            sentence=sentence,
            figure=choropleth(countries, t, theme),
            keys=legend_html(countries, t, theme),
            table=ranking,
            notes=(border_note(t),),
        ),
        tile(
            "multiples",
            "reductions_by_group",
            coverage,
            title=t("{measure}, cumulative, country by country", **words),
            sentence=multiples_sentence(countries, t),
            body=multiples_html(countries, link, t, theme),
            table=multiples_table(countries, t),
        ),
        tile(
            "matrix",
            "coverage_matrix",
            t("Rules of implementation are not in our facts; methodologies are those named by projects"),
            title=t("What is known of each partner: from signature to transfer"),
            sentence=t(
                "A dot: none known. “No data”: our facts do not cover it. The filters do not apply; the day does."
            ),
            body=matrix_html(countries, link, t),
            table=matrix_table(countries, t),
        ),
    )
    return {one.key: one for one in made}
