"""Sectors and technologies beside each other."""

from loading.names import Names
from loading.record import build_of, latest_target_years, targets_of
from model.overview import Target
from queries.runner import Answers, Questions, ask
from queries.warehouse import Warehouse
from view.sectors.content import By, Cell, Content
from view.selection import Selection


def target_years(warehouse: Warehouse, selection: Selection) -> tuple[tuple[Target, ...], int, int]:
    """Targets in force, and the years of the first and the last; those of the day of the data where one is missing."""
    targets = targets_of(warehouse.run("targets", as_of=selection.as_of).to_pylist())
    return targets, *latest_target_years(warehouse, selection.as_of)


def _questions(selection: Selection, choice: tuple[By, Cell], first: int, last: int) -> Questions:
    by, cell = choice
    filters = selection.filters()
    grouped = {**filters, "by": by}
    series: dict[str, object] = {**grouped, "dated_by": selection.dating, "share": selection.share}
    return {
        "ladder_by_group": {**series, "until_fiscal_year": first},
        "ladder_by_group:later": {**series, "until_fiscal_year": last},
        "reductions_by_group": {**series, "year_basis": selection.year_basis, "measure": "rungs"},
        "sector_by_country": {**series, "until_fiscal_year": last if cell == "far" else first},
        "sector_sizes": grouped,
        "sector_names": {"by": by},
        "durations": filters,
        "delivery_ratio": filters,
    }


def load_sectors(
    warehouse: Warehouse, selection: Selection, choice: tuple[By, Cell], names: Names, filters_text: str
) -> tuple[Content, Answers]:
    """Asks the page's questions."""
    by, cell = choice
    targets, first, last = target_years(warehouse, selection)
    answers = ask(warehouse, _questions(selection, choice, first, last))
    content = Content(
        selection=selection,
        by=by,
        cell=cell,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=filters_text,
        targets=targets,
        target_years=(first, last),
        names=answers["sector_names"],
        ladder=answers["ladder_by_group"],
        ladder_later=answers["ladder_by_group:later"],
        sizes=answers["sector_sizes"],
        by_year=answers["reductions_by_group"],
        cells=answers["sector_by_country"],
        durations=answers["durations"],
        deliveries=answers["delivery_ratio"],
        technology_names=names["technology"],
        build=build_of(warehouse),
    )
    return content, answers
