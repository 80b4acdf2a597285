"""Issued credits: decisions, issuances, who received them, and what was stated of them."""

from collections.abc import Iterator
from typing import Any

from loading.names import Names
from loading.record import build_of
from model.fiscal_year import fiscal_year_of
from queries.runner import Answers, Questions, ask
from queries.warehouse import Warehouse
from view.credits.content import By, Counted, Credits, StatementKey
from view.selection import Selection
from view.target.content import Rows

Choice = tuple[Counted, By]
"""What a year is the year of, and what the parts of the chart are."""
RUNG_STATED = {"credits_issued_cumulative": "issued", "credits_issued_cumulative_japan": "japan"}
"""The rung of which a statement on issued credits speaks."""


def _questions(selection: Selection, choice: Choice) -> Questions:
    counted, by = choice
    filters = selection.filters()
    day: dict[str, object] = {"as_of": selection.as_of}
    return {
        "ladder": {**filters, "until_fiscal_year": fiscal_year_of(selection.as_of)},
        "issuance_by_year": {**filters, "counted": counted, "by": by},
        "allocation": {**filters, "by": "country"},
        "allocation:years": {**filters, "by": "year"},
        "vintages": filters,
        "issuances": filters,
        "delivery_ratio": filters,
        "reconciliation": day,
        "official_years": day,
        "targets": day,
    }


def load_credits(
    warehouse: Warehouse, selection: Selection, choice: Choice, names: Names, filters_text: str
) -> tuple[Credits, Answers]:
    """Asks the page's questions."""
    answers = ask(warehouse, _questions(selection, choice))
    known = Credits(
        selection=selection,
        counted=choice[0],
        by=choice[1],
        ladder=answers["ladder"],
        by_year=answers["issuance_by_year"],
        shared=answers["allocation"],
        shared_by_year=answers["allocation:years"],
        vintages=answers["vintages"],
        events=answers["issuances"],
        official_years=answers["official_years"],
        issued=dict(_issued(warehouse, answers["reconciliation"], frozenset(names["country"]))),
        deliveries=answers["delivery_ratio"],
        statements=answers["reconciliation"],
        targets=[(r["fiscal_year"], r["high_tco2"]) for r in answers["targets"]],
        names=names,
        filters_text=filters_text,
        build=build_of(warehouse),
    )
    return known, answers


def _issued(
    warehouse: Warehouse, statements: Rows, countries: frozenset[str]
) -> Iterator[tuple[StatementKey, dict[str, Any]]]:
    """What the record holds as issued on the day of each statement on all credits or those of one country.

    A source that states year by year is compared year by year, and what cannot be compared has no figure here.
    """
    by_year = {row["source_id"] for row in statements if row["metric"] == "credits_issued_in_year"}
    for row in statements:
        rung, day, scope = RUNG_STATED.get(row["metric"]), row["as_of_on"], row["scope"]
        is_country = scope in countries
        is_scope = is_country or scope.startswith("all JCM")
        if (
            rung is None
            or day is None
            or not is_scope
            or not row["is_comparable"]
            or row["source_id"] in by_year
        ):
            continue
        filters = {"countries": [scope]} if is_country else {}
        ladder = warehouse.run("ladder", as_of=day, until_fiscal_year=fiscal_year_of(day), **filters)
        yield (row["metric"], day, scope), next(r for r in ladder.to_pylist() if r["rung"] == rung)
