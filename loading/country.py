"""The profile of one partner country."""

from loading.names import Names
from loading.record import latest_target_years
from queries.runner import Answers, Questions, ask
from queries.warehouse import Warehouse
from view.countries.known import MIXES, Profile
from view.selection import Selection
from view.texts import texts

ALL_ROWS = 10_000


def _questions(iso3: str, selection: Selection, first_year: int) -> Questions:
    """`first_year` is the fiscal year of the nearest target."""
    filters = selection.filters()
    dated: dict[str, object] = {"country": iso3, "as_of": selection.as_of}
    return {
        "projects": {**filters, "sort": "stage", "rows_at_most": ALL_ROWS},
        **{
            f"ladder_by_group:{by}": {
                **filters,
                "by": by,
                "dated_by": selection.dating,
                "share": selection.share,
                "until_fiscal_year": first_year,
            }
            for by in MIXES
        },
        "reductions_by_year": {**filters, "share": selection.share},
        "country_issuances": dated,
        "country_statements": dated,
        "country_climate": dated,
        "readiness": dated,
        "coverage_matrix": {"as_of": selection.as_of},
        "project_sites": filters,
        "milestones": {"as_of": selection.as_of},
        "targets": {"as_of": selection.as_of},
        "map_shapes": {},
    }


def load_profile(
    warehouse: Warehouse, iso3: str, selection: Selection, names: Names
) -> tuple[Profile, Answers]:
    """Asks the questions of the profile."""
    first_year = latest_target_years(warehouse, selection.as_of)[0]
    answers = ask(warehouse, _questions(iso3, selection, first_year))
    profile = Profile(
        partner=next(row for row in answers["coverage_matrix"] if row["iso3"] == iso3)
        | {"name_en": texts("en").country(iso3)},
        partners=answers["coverage_matrix"],
        selection=selection,
        targets=[(r["fiscal_year"], r["high_tco2"]) for r in answers["targets"]],
        first_year=first_year,
        mixes={by: answers[f"ladder_by_group:{by}"] for by in MIXES},
        by_year=answers["reductions_by_year"],
        projects=answers["projects"],
        issuances=answers["country_issuances"],
        climate=answers["country_climate"],
        readiness=answers["readiness"],
        statements=answers["country_statements"],
        milestones=answers["milestones"],
        sites=answers["project_sites"],
        shapes=answers["map_shapes"],
        names=names,
    )
    return profile, answers
