"""The profile of one partner country."""

from loading.names import Names
from loading.record import latest_target_years
from queries.warehouse import Warehouse
from view.countries.known import MIXES, Profile
from view.selection import Selection
from view.texts import texts

ALL_ROWS = 10_000


def _parameters(iso3: str, selection: Selection, first_year: int) -> dict[str, dict[str, object]]:
    """The parameters of each query of the profile; `first_year` is the fiscal year of the nearest target."""
    filters = selection.filters()
    dated: dict[str, object] = {"country": iso3, "as_of": selection.as_of}
    return {
        "projects": {**filters, "sort": "stage", "rows_at_most": ALL_ROWS},
        "ladder_by_group": {
            **filters,
            "dated_by": selection.dating,
            "share": selection.share,
            "until_fiscal_year": first_year,
        },
        "reductions_by_year": {**filters, "share": selection.share},
        "country_issuances": dated,
        "country_statements": dated,
        "country_climate": dated,
        "readiness": dated,
        "coverage_matrix": {"as_of": selection.as_of},
        "project_sites": filters,
        "milestones": {"as_of": selection.as_of},
        "map_shapes": {},
    }


def load_profile(warehouse: Warehouse, iso3: str, selection: Selection, names: Names) -> Profile:
    """Runs the queries of the profile."""
    run, first_year = warehouse.run, latest_target_years(warehouse, selection.as_of)[0]
    parameters = _parameters(iso3, selection, first_year)
    rows = {
        name: run(name, **given).to_pylist()
        for name, given in parameters.items()
        if name != "ladder_by_group"
    }
    targets = run("targets", as_of=selection.as_of).to_pylist()
    return Profile(
        partner=next(row for row in rows["coverage_matrix"] if row["iso3"] == iso3)
        | {"name_en": texts("en").country(iso3)},
        partners=rows["coverage_matrix"],
        selection=selection,
        parameters=parameters,
        targets=[(r["fiscal_year"], r["high_tco2"]) for r in targets],
        first_year=first_year,
        mixes={
            by: run("ladder_by_group", by=by, **parameters["ladder_by_group"]).to_pylist() for by in MIXES
        },
        by_year=rows["reductions_by_year"],
        projects=rows["projects"],
        issuances=rows["country_issuances"],
        climate=rows["country_climate"],
        readiness=rows["readiness"],
        statements=rows["country_statements"],
        milestones=rows["milestones"],
        sites=rows["project_sites"],
        shapes=rows["map_shapes"],
        names=names,
    )
