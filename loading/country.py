"""The profile of one partner country."""

from loading.names import Names
from queries.warehouse import Warehouse
from view.countries.known import MIXES, Profile
from view.selection import Selection
from view.texts import texts

ALL_ROWS = 10_000


def profile_parameters(iso3: str, selection: Selection) -> dict[str, dict[str, object]]:
    """The parameters of each query of the profile."""
    filters = selection.filters()
    dated: dict[str, object] = {"country": iso3, "as_of": selection.as_of}
    return {
        "projects": {**filters, "sort": "stage", "rows_at_most": ALL_ROWS},
        "ladder_by_group": {**filters, "dated_by": selection.dating, "share": selection.share},
        "reductions_by_year": {**filters, "share": selection.share},
        "country_issuances": dated,
        "country_statements": dated,
        "country_climate": dated,
        "coverage_matrix": {"as_of": selection.as_of},
        "project_sites": filters,
        "milestones": {"as_of": selection.as_of},
        "map_shapes": {},
    }


def load_profile(warehouse: Warehouse, iso3: str, selection: Selection, names: Names) -> Profile:
    """Runs the queries of the profile."""
    run, parameters = warehouse.run, profile_parameters(iso3, selection)
    mixed = parameters.pop("ladder_by_group")
    rows = {name: run(name, **given).to_pylist() for name, given in parameters.items()}
    targets = run("targets", as_of=selection.as_of).to_pylist()
    return Profile(
        partner=next(row for row in rows["coverage_matrix"] if row["iso3"] == iso3)
        | {"name_en": texts("en").country(iso3)},
        partners=rows["coverage_matrix"],
        selection=selection,
        targets=[(r["fiscal_year"], r["high_tco2"]) for r in targets],
        mixes={by: run("ladder_by_group", by=by, **mixed).to_pylist() for by in MIXES},
        by_year=rows["reductions_by_year"],
        projects=rows["projects"],
        issuances=rows["country_issuances"],
        climate=rows["country_climate"],
        statements=rows["country_statements"],
        milestones=rows["milestones"],
        sites=rows["project_sites"],
        shapes=rows["map_shapes"],
        names=names,
    )
