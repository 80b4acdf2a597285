"""Editions read by the named queries of the pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from model.changes import Row
from model.editions import Difference, Edition, difference
from model.filters import FILTERS
from model.timing import LISTED_DAY
from queries.record import latest_target_years
from queries.warehouse import Warehouse

ALL_ROWS: Final = 100_000
Filters = Mapping[str, Any]
"""Parameters of queries that the shared filters set, each a list of values, or None for all."""


def edition_of(warehouse: Warehouse, as_of: date, years: tuple[int, int] | None = None) -> Edition:
    """What a version knew on a day, by the named queries of the pages.

    `years` are the fiscal years up to which tonnes are counted; by default those of its own targets.
    """
    run = warehouse.run
    near, far = years or latest_target_years(warehouse)
    targets = run("targets", as_of=as_of).to_pylist()
    listed = {row["project_id"]: row for row in run("listed_stages", as_of=as_of).to_pylist()}
    projects = [
        row | {name: listed.get(row["project_id"], {}).get(name) for name in LISTED_DAY.values()}
        for row in run(
            "projects", as_of=as_of, sort="project", first_year=near, last_year=far, rows_at_most=ALL_ROWS
        ).to_pylist()
    ]
    statements = [
        row | {"ours": _ends(row["our_value"], row["our_high_value"])}
        for row in run("reconciliation", as_of=as_of).to_pylist()
    ]
    issuances = [
        row
        | {
            "amount": _ends(row["tco2_low"], row["tco2_high"], row["amount_basis"]),
            "japan": _ends(row["japan_low_tco2"], row["japan_high_tco2"]),
        }
        for row in run("issuances", as_of=as_of).to_pylist()
    ]
    sources = run("change_sources").to_pylist()
    return Edition(
        data_version=warehouse.data_version,
        as_of=as_of,
        years=(near, far),
        rows={
            "projects": _keyed(projects, "project_id"),
            "issuances": _keyed(issuances, "issuance_id"),
            "events": _keyed(run("article6_events", as_of=as_of).to_pylist(), "article6_event_id"),
            "statements": _keyed(statements, "metric", "scope", "as_of_on", "source_id", "stated_value"),
            "targets": _keyed(targets, "target_id"),
            "milestones": _keyed(run("milestones", as_of=as_of).to_pylist(), "milestone_on", "title_en"),
            "partners": _keyed(run("partner_signatures", as_of=as_of).to_pylist(), "iso3"),
        },
        near=_keyed(run("ladder", as_of=as_of, until_fiscal_year=near).to_pylist(), "rung"),
        far=_keyed(run("ladder", as_of=as_of, until_fiscal_year=far).to_pylist(), "rung"),
        sources={r["project_id"]: r["estimate_url"] or r["first_url"] or "" for r in sources},
        copies=run("list_copies", as_of=as_of).column("copy_on").to_pylist(),
    )


def difference_between(older: Warehouse, first: date, newer: Warehouse, last: date) -> Difference:
    """What differs between two versions on two days, counted up to the years of the newer version's targets."""
    years = latest_target_years(newer)
    return difference(edition_of(older, first, years), edition_of(newer, last, years))


def difference_within(older: Warehouse, newer: Warehouse, found: Difference, filters: Filters) -> Difference:
    """The part of a difference that the shared filters take; `filters` are parameters of the queries, None for all.

    A change is taken where its row fits before or after it, so that a project is seen to leave a stage. The effects on the
    rungs are those of the part. What is of no project and no country, such as a target, is of no part.
    """
    ends = (older, found.old), (newer, found.new)
    by_end = [_keys_within(warehouse, edition, filters) for warehouse, edition in ends]
    keys = {part: by_end[0][part] | by_end[1][part] for part in by_end[0]}
    if not any(found.within(keys).changes.values()):
        return replace(found.within(keys), near=(), far=(), counts=())
    old, new = (_of_part(warehouse, edition, filters) for warehouse, edition in ends)
    return difference(old, new).within(keys)


def _keys_within(warehouse: Warehouse, edition: Edition, filters: Filters) -> dict[str, set[str]]:
    """Keys of the rows that the filters take, by part; what is of a country alone is taken by a country alone."""
    given = {"as_of": edition.as_of, **filters}
    projects = warehouse.run("projects", rows_at_most=ALL_ROWS, **given).column("project_id").to_pylist()
    issuances = set(warehouse.run("issuances", **given).column("issuance_id").to_pylist())
    countries = next(one.parameter for one in FILTERS if one.key == "country")
    others = any(value for name, value in filters.items() if name != countries)
    of_country = set() if others else set(filters[countries] or ())
    events = edition.rows["events"].items()
    return {
        "projects": set(projects),
        "issuances": issuances,
        "events": {k for k, row in events if row["issuance_id"] in issuances or row["iso3"] in of_country},
        "partners": of_country & edition.rows["partners"].keys(),
    }


def _of_part(warehouse: Warehouse, edition: Edition, filters: Filters) -> Edition:
    """The same rows with the rungs of the part that the filters take."""
    near, far = (
        _keyed(
            warehouse.run("ladder", as_of=edition.as_of, until_fiscal_year=year, **filters).to_pylist(),
            "rung",
        )
        for year in edition.years
    )
    return replace(edition, near=near, far=far)


def _keyed(rows: list[dict[str, Any]], *keys: str) -> dict[str, Row]:
    return {" · ".join(str(row[key]) for key in keys): row for row in rows}


def _ends(low: Any, high: Any, *more: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - cells of a query
    """A figure with both its ends, compared as one; None where it is not known."""
    return None if low is None else (low, high, *more)
