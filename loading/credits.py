"""Issued credits: decisions, issuances, who received them."""

from loading.names import Names
from loading.record import build_of
from queries.warehouse import Warehouse
from view.credits.content import By, Counted, Credits
from view.selection import Selection

Choice = tuple[Counted, By]
"""What a year is the year of, and what the parts of the chart are."""


def credits_parameters(selection: Selection, choice: Choice) -> dict[str, dict[str, object]]:
    """The parameters of each query of the page."""
    counted, by = choice
    filters = selection.filters()
    return {
        "issuance_by_year": {**filters, "counted": counted, "by": by},
        "allocation": {**filters, "by": "country"},
        "vintages": filters,
        "issuances": filters,
        "delivery_ratio": filters,
        "reconciliation": {"as_of": selection.as_of},
    }


def load_credits(
    warehouse: Warehouse, selection: Selection, choice: Choice, names: Names, filters_text: str
) -> Credits:
    """Runs the page's queries."""
    run, parameters = warehouse.run, credits_parameters(selection, choice)
    rows = {name: run(name, **given).to_pylist() for name, given in parameters.items()}
    targets = run("targets", as_of=selection.as_of).to_pylist()
    return Credits(
        selection=selection,
        counted=choice[0],
        by=choice[1],
        by_year=rows["issuance_by_year"],
        shared=rows["allocation"],
        shared_by_year=run("allocation", **{**parameters["allocation"], "by": "year"}).to_pylist(),
        vintages=rows["vintages"],
        events=rows["issuances"],
        deliveries=rows["delivery_ratio"],
        statements=rows["reconciliation"],
        targets=[(r["fiscal_year"], r["high_tco2"]) for r in targets],
        names=names,
        filters_text=filters_text,
        build=build_of(warehouse),
    )
