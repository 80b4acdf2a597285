"""The target page, which the profile of a country and a briefing show for their part."""

from loading.record import build_of, latest_target_years
from model.overview import Target
from queries.warehouse import Warehouse
from view.selection import Selection
from view.target.content import Content


def _parameters(selection: Selection, target_year: int) -> dict[str, dict[str, object]]:
    """The parameters of each query of the target page, for one selection and its nearest target."""
    filters = selection.filters()
    series: dict[str, object] = {**filters, "dated_by": selection.dating, "share": selection.share}
    return {
        "reductions_by_year": {
            **series,
            "year_basis": selection.year_basis,
            "measure": "combined" if selection.measure == "combined" else "rungs",
        },
        "ladder": {**series, "until_fiscal_year": target_year},
        "events_beside_the_chart": filters,
        "targets": {"as_of": selection.as_of},
        "milestones": {"as_of": selection.as_of},
        "reconciliation": {"as_of": selection.as_of},
        "issuances": filters,
    }


def load_target(warehouse: Warehouse, selection: Selection, filters_text: str) -> Content:
    """Runs the queries of the target page; the profile of a country shows the same figures for it alone."""
    years = latest_target_years(warehouse, selection.as_of)
    parameters = _parameters(selection, years[0])
    rows = {
        name: warehouse.run(name, **parameters[name]).to_pylist()
        for name in ("events_beside_the_chart", "targets", "milestones", "reconciliation", "issuances")
    }
    targets = tuple(
        Target(r["fiscal_year"], r["low_tco2"], r["high_tco2"], r["standing"] == "decided")
        for r in rows["targets"]
    )
    series = parameters["reductions_by_year"]
    return Content(
        selection=selection,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=filters_text,
        targets=targets,
        parameters=parameters,
        target_years=years,
        by_year=warehouse.run("reductions_by_year", **series).to_pylist(),
        by_fiscal_year=warehouse.run("reductions_by_year", **{**series, "year_basis": "fiscal"}).to_pylist(),
        by_rung=warehouse.run(
            "reductions_by_year", **{**series, "year_basis": "fiscal", "measure": "rungs"}
        ).to_pylist(),
        ladder=warehouse.run("ladder", **parameters["ladder"]).to_pylist(),
        ladder_later=warehouse.run(
            "ladder", **{**parameters["ladder"], "until_fiscal_year": years[1]}
        ).to_pylist(),
        milestones=rows["milestones"],
        statements=rows["reconciliation"],
        events=rows["issuances"],
        events_beside=rows["events_beside_the_chart"],
        build=build_of(warehouse),
    )
