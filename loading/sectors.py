"""Sectors and technologies beside each other."""

from loading.names import Names
from loading.record import build_of, latest_target_years
from model.overview import Target
from queries.warehouse import Warehouse
from view.sectors.content import By, Cell, Content
from view.selection import Selection


def target_years(warehouse: Warehouse, selection: Selection) -> tuple[tuple[Target, ...], int, int]:
    """Targets in force, and the years of the first and the last; those of the day of the data where one is missing."""
    targets = tuple(
        Target(r["fiscal_year"], r["low_tco2"], r["high_tco2"], r["standing"] == "decided")
        for r in warehouse.run("targets", as_of=selection.as_of).to_pylist()
    )
    return targets, *latest_target_years(warehouse, selection.as_of)


def sectors_parameters(
    selection: Selection, choice: tuple[By, Cell], first: int, last: int
) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page, for one selection."""
    by, cell = choice
    filters = selection.filters()
    grouped = {**filters, "by": by}
    series: dict[str, object] = {**grouped, "dated_by": selection.dating, "share": selection.share}
    return {
        "ladder_by_group": {**series, "until_fiscal_year": first},
        "reductions_by_group": {**series, "year_basis": selection.year_basis, "measure": "rungs"},
        "sector_by_country": {**series, "until_fiscal_year": last if cell == "far" else first},
        "sector_sizes": grouped,
        "sector_names": {"by": by},
        "durations": filters,
        "delivery_ratio": filters,
    }


def load_sectors(
    warehouse: Warehouse, selection: Selection, choice: tuple[By, Cell], names: Names, filters_text: str
) -> Content:
    """Runs the page's queries."""
    by, cell = choice
    targets, first, last = target_years(warehouse, selection)
    parameters = sectors_parameters(selection, choice, first, last)
    rows = {name: warehouse.run(name, **given).to_pylist() for name, given in parameters.items()}
    later = {**parameters["ladder_by_group"], "until_fiscal_year": last}
    return Content(
        selection=selection,
        by=by,
        cell=cell,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=filters_text,
        targets=targets,
        target_years=(first, last),
        names=rows["sector_names"],
        ladder=rows["ladder_by_group"],
        ladder_later=warehouse.run("ladder_by_group", **later).to_pylist(),
        sizes=rows["sector_sizes"],
        by_year=rows["reductions_by_group"],
        cells=rows["sector_by_country"],
        durations=rows["durations"],
        deliveries=rows["delivery_ratio"],
        technology_names=names["technology"],
        build=build_of(warehouse),
    )
