"""The partner countries beside each other."""

from datetime import date
from typing import cast

from loading.record import build_of
from model.ranking import Per, ranked, shares_known
from queries.runner import Answers, Questions, ask
from queries.warehouse import Warehouse
from view.countries.ranking import Countries
from view.selection import Selection

Choice = tuple[str, str, int]
"""A measure of the ladder, what it is set against, and the fiscal year up to which it counts."""


def _questions(selection: Selection, until: int) -> Questions:
    series: dict[str, object] = {
        **selection.filters(),
        "by": "country",
        "dated_by": selection.dating,
        "share": selection.share,
    }
    return {
        "ladder_by_group": {**series, "until_fiscal_year": until},
        "reductions_by_group": {**series, "year_basis": selection.year_basis},
        "coverage_matrix": {"as_of": selection.as_of},
        "map_shapes": {},
    }


def decided_targets(warehouse: Warehouse, as_of: date) -> dict[str, int]:
    """Tonnes of each decided target by its year, as text; of the data's day where none was in force."""
    for day in (as_of, warehouse.data_as_of):
        rows = warehouse.run("targets", as_of=day).to_pylist()
        found = {str(r["fiscal_year"]): r["high_tco2"] for r in rows if r["standing"] == "decided"}
        if found:
            return found
    return {}


def load_countries(
    warehouse: Warehouse, selection: Selection, choice: Choice, filters_text: str
) -> tuple[Countries, Answers]:
    """Asks the page's questions."""
    figure, per, until = choice
    target = decided_targets(warehouse, selection.as_of).get(str(until))
    answers = ask(warehouse, _questions(selection, until))
    chosen = set(selection.of("country"))
    partners = [row for row in answers["coverage_matrix"] if not chosen or row["iso3"] in chosen]
    countries = Countries(
        selection=selection,
        standings=ranked(
            shares_known(answers["ladder_by_group"], selection.share),
            partners,
            figure,
            cast("Per", per),
            target,
        ),
        partners=partners,
        by_year=answers["reductions_by_group"],
        shapes=answers["map_shapes"],
        figure=figure,
        per=per,
        until=until,
        target_tco2=target,
        filters_text=filters_text,
        build=build_of(warehouse),
    )
    return countries, answers
