"""A view as of a day in the past never sees a later fact.

Worlds of a few projects and events are made at random; what is in force on a day must be the same whether derived
from all facts or only from those known by that day. Delays are held fixed: they are measured once, on the day of
the data, and are stated as assumptions.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.steps import derive
from etl.steps.checks import check_identities
from etl.steps.fact_rows import latest_day
from model.fiscal_year import first_day, last_day
from tests.etl.facts_by_hand import DATA_AS_OF, LIST, UNDATED, facts_of, in_force

World = dict[str, list[dict[str, Any]]]

DAYS = st.dates(date(2014, 1, 1), date(2026, 11, 23))
SOURCE_IDS = ["undated", LIST, "S1", "S2", "S3", "S4"]
VALUES = st.sampled_from([365, 1000, 1001, 73_000])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def first_of(day: date, precision: str) -> date:
    return (
        day.replace(month=1, day=1)
        if precision == "year"
        else day.replace(day=1 if precision == "month" else day.day)
    )


PARTIAL_DATES = st.tuples(DAYS, st.sampled_from(["day", "month", "year"])).map(
    lambda dp: (first_of(*dp), dp[1])
)


@st.composite
def projects(
    draw: Callable[..., Any], project_id: str, iso3: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    status = draw(st.sampled_from(["pipeline", "validation", "registered", "withdrawn"]))
    start, start_precision = draw(maybe(PARTIAL_DATES)) or (None, None)
    estimate = draw(maybe(VALUES))
    source_ids = draw(st.lists(st.sampled_from(SOURCE_IDS), min_size=1, max_size=3, unique=True))
    fy_selected = draw(maybe(st.integers(2013, 2025)))
    project = {
        "project_id": project_id,
        "iso3": iso3,
        "status": status,
        "registered_on": draw(DAYS) if status == "registered" else None,
        "operation_start_on": start,
        "operation_start_precision": start_precision,
        "fy_selected": fy_selected,
        "est_annual_tco2": estimate,
        "est_annual_source_id": draw(st.sampled_from(source_ids)) if estimate else None,
        "in_target_scope": draw(st.booleans()) and status != "withdrawn",
        "source_ids": ";".join(source_ids),
    }
    claims = [
        {
            "project_id": project_id,
            "field": "est_annual_tco2",
            "value": str(value),
            "source_id": source_id,
            "is_taken": value == estimate,
        }
        for value, source_id in (
            draw(st.lists(st.tuples(VALUES, st.sampled_from(source_ids)), max_size=3)) if estimate else []
        )
    ]
    if fy_selected and draw(st.booleans()):
        claims.append(
            {
                "project_id": project_id,
                "field": "fy_selected",
                "value": str(fy_selected),
                "source_id": draw(st.sampled_from(source_ids)),
            }
        )
    return project, claims


@st.composite
def events(draw: Callable[..., Any], issuance_id: str, iso3: str) -> dict[str, Any]:
    decided, decided_precision = draw(maybe(PARTIAL_DATES)) or (None, "day")
    issued, issued_precision = draw(maybe(PARTIAL_DATES)) or (None, "day")
    start = draw(maybe(DAYS))
    total = draw(maybe(st.integers(0, 5000)))
    return {
        "issuance_id": issuance_id,
        "iso3": iso3,
        "project_ids": draw(st.sampled_from(["P1", "P2", "P1;P2", None])),
        "decided_on": decided,
        "decided_precision": decided_precision,
        "issued_on": issued,
        "issued_precision": issued_precision,
        "period_start_on": start,
        "period_end_on": start + timedelta(days=draw(st.integers(0, 900))) if start else None,
        "total_tco2": total,
        "japan_tco2": draw(maybe(st.integers(0, total))) if total is not None else None,
        "partner_issued_on": draw(maybe(DAYS)) if issued else None,
        "source_id": draw(st.sampled_from(SOURCE_IDS)),
    }


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    iso3 = draw(st.sampled_from(["MNG", "THA"]))
    made = [draw(projects(f"P{i}", iso3)) for i in (1, 2)]
    issued = [draw(events(f"E{i}", iso3)) for i in (1, 2)]
    named = {project_id for event in issued for project_id in (event["project_ids"] or "").split(";")}
    for project, _ in made:
        # Credits are issued for projects that are known; a registration comes first.
        if project["project_id"] in named:
            project["source_ids"] += ";EARLY"
    sources: list[dict[str, Any]] = [UNDATED, {"source_id": "EARLY", "as_of_on": date(2013, 12, 31)}]
    for source_id in SOURCE_IDS[1:]:
        day, precision = draw(PARTIAL_DATES)
        sources.append({"source_id": source_id, "as_of_on": day, "as_of_precision": precision})
    return {
        "source": sources,
        "project": [project for project, _ in made],
        "project_claim": [claim for _, claims in made for claim in claims],
        "issuance": issued,
    }


def known_by(world: World, as_of: date) -> World:
    """Keep of a world only what could be known on a day, as if its pages had been read that evening."""
    dated = {
        row["source_id"]: min(latest_day(row["as_of_on"], row.get("as_of_precision")), DATA_AS_OF)
        for row in world["source"]
        if row.get("as_of_on")
    }
    pages = {source_id for source_id, day in dated.items() if day <= as_of}
    kept: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for project in world["project"]:
        mine = [claim for claim in world["project_claim"] if claim["project_id"] == project["project_id"]]
        selected = selection_known_on(project, mine, dated)
        evidence = [dated.get(source_id) for source_id in project["source_ids"].split(";")]
        if not any(
            day is not None and day <= as_of for day in (*evidence, project["registered_on"], selected)
        ):
            continue
        start_on = project["operation_start_on"]
        is_started = start_on and latest_day(start_on, project["operation_start_precision"]) <= as_of
        estimate, source_id = estimate_known(project, mine, dated, as_of)
        kept.append(
            {
                **project,
                "status": status_known(project, dated, as_of),
                "registered_on": not_after(project["registered_on"], as_of),
                "fy_selected": project["fy_selected"] if selected and selected <= as_of else None,
                "operation_start_on": start_on if is_started else None,
                "est_annual_tco2": estimate,
                "est_annual_source_id": source_id,
            }
        )
        claims += [
            {**claim, "is_taken": claim["field"] == "fy_selected" or claim["value"] == str(estimate)}
            for claim in mine
            if claim["source_id"] in pages
        ]
    return {
        "source": [{**row, "retrieved_on": as_of} for row in world["source"] if row["source_id"] in pages],
        "project": kept,
        "project_claim": claims,
        "issuance": [
            event_known(event, as_of) for event in world["issuance"] if is_known(event, dated, as_of)
        ],
    }


def not_after(day: date | None, as_of: date) -> date | None:
    return day if day and day <= as_of else None


def status_known(project: dict[str, Any], dated: dict[str, date], as_of: date) -> str:
    if project["status"] == "registered" and project["registered_on"] > as_of:
        return "pipeline"
    if project["status"] == "validation" and dated[LIST] > as_of:
        return "pipeline"
    return str(project["status"])


def selection_known_on(
    project: dict[str, Any], claims: list[dict[str, Any]], dated: dict[str, date]
) -> date | None:
    if project["fy_selected"] is None:
        return None
    first, last = first_day(project["fy_selected"]), last_day(project["fy_selected"])
    said = [dated.get(claim["source_id"]) for claim in claims if claim["field"] == "fy_selected"]
    return min([last, *(day for day in said if day is not None and first <= day)])


def estimate_known(
    project: dict[str, Any], claims: list[dict[str, Any]], dated: dict[str, date], as_of: date
) -> tuple[int | None, str | None]:
    """The estimate in force on a day and a page that gives it: the one taken, else the last said before it."""
    taken, own_source = project["est_annual_tco2"], project["est_annual_source_id"]
    said = [
        (dated[claim["source_id"]], claim["source_id"], int(claim["value"]))
        for claim in claims
        if claim["field"] == "est_annual_tco2" and claim["source_id"] in dated
    ]
    days = [day for day, _, value in said if value == taken]
    days += [dated[own_source]] if own_source in dated else []
    if taken is None or not days or min(days) <= as_of:
        return taken, own_source
    earlier = [(day, source_id, value) for day, source_id, value in said if value != taken and day <= as_of]
    if not earlier:
        return None, None
    _, source_id, value = max(earlier)
    return value, source_id


def is_known(event: dict[str, Any], dated: dict[str, date], as_of: date) -> bool:
    for name in ("decided", "issued"):
        if event[f"{name}_on"]:
            return min(latest_day(event[f"{name}_on"], event[f"{name}_precision"]), DATA_AS_OF) <= as_of
    return event["source_id"] in dated and dated[event["source_id"]] <= as_of


def event_known(event: dict[str, Any], as_of: date) -> dict[str, Any]:
    issued_on = event["issued_on"]
    is_issued = issued_on and min(latest_day(issued_on, event["issued_precision"]), DATA_AS_OF) <= as_of
    partner_on = event["partner_issued_on"]
    return {
        **event,
        "issued_on": issued_on if is_issued else None,
        "partner_issued_on": not_after(partner_on, as_of),
        "is_partner_issuance_pending": bool(partner_on and partner_on > as_of),
    }


def comparable(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Rows in force, without when they became known and the assumptions made about that."""
    other_codes = pl.col("assumption_codes").str.replace_all(r"KNOWN-[A-Z-]+;?", "").str.strip_chars(";")
    return (
        in_force(rows, as_of)
        .with_columns(other_codes.replace("", None))
        .drop("known_on", "known_until")
        .sort(pl.all())
    )


@settings(max_examples=150, deadline=None)
@given(worlds(), DAYS)
def test_as_of_a_day_no_later_fact_is_seen(world: World, as_of: date) -> None:
    from_all = derive(facts_of(**world), DATA_AS_OF)
    from_known = derive(facts_of(**known_by(world, as_of)), as_of)
    for table in ("reduction", "project_stage"):
        assert_frame_equal(comparable(from_all[table], as_of), comparable(from_known[table], as_of))


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_the_identities_hold_on_any_facts(world: World) -> None:
    facts = facts_of(**world)
    results = check_identities({**facts, **derive(facts, DATA_AS_OF)})
    assert results.filter(~pl.col("is_passed")).rows() == []
