"""A view as of a day in the past never sees a later fact.

Worlds of a few projects and events are made at random; everything in force on a day must be the same whether derived
from all facts or only from those known by that day: stages, estimates, schedules with their measured delays, lapses,
expected and verified tonnes, the ledger, statements.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, note, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.contracts.projects import BASES
from etl.steps import derive
from etl.steps.checks import check_identities
from model.fiscal_year import first_day, last_day
from tests.etl.facts_by_hand import ASSUMPTIONS, DATA_AS_OF, LIST, facts_of, in_force, latest_day

World = dict[str, list[dict[str, Any]]]

DAYS = st.dates(date(2014, 1, 1), DATA_AS_OF)
PAST_DAYS = st.dates(date(2014, 1, 1), DATA_AS_OF - timedelta(days=1))
"""On the day of the data the pages without a date are read as well: everything is known."""
SOURCE_IDS = ["undated", LIST, "S1", "S2", "S3", "S4"]
VALUES = st.sampled_from([365, 1000, 1001, 73_000])
MEASURED = tuple(row for row in ASSUMPTIONS if not row["assumption_code"].startswith("DELAY"))
"""Without delays written down: they are measured on the world, as far as it was known."""

TABLES = (
    "project_state",
    "expected",
    "verified",
    "issuance_rung",
    "issuance_event",
    "ledger_entry",
    "delivery",
    "assumption",
    "project_claim",
    "official_total",
)


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
    status = draw(st.sampled_from(["pipeline", "validation", "registered", "withdrawn", "study"]))
    start, start_precision = draw(maybe(PARTIAL_DATES)) or (None, None)
    source_ids = draw(st.lists(st.sampled_from(SOURCE_IDS), min_size=1, max_size=3, unique=True))
    fy_selected = draw(maybe(st.integers(2013, 2025)))
    stated = draw(
        st.lists(
            st.tuples(VALUES, st.sampled_from(source_ids), st.sampled_from(BASES)),
            max_size=3,
            unique_by=lambda claim: claim[1],
        )
    )
    project = {
        "project_id": project_id,
        "iso3": iso3,
        "status": status,
        "registered_on": draw(DAYS) if status == "registered" else None,
        "operation_start_on": start,
        "operation_start_precision": start_precision,
        "fy_selected": fy_selected,
        "programme": draw(st.sampled_from(["MOEJ model project", None])),
        "in_target_scope": draw(st.booleans()) and status not in ("withdrawn", "study"),
        "source_ids": ";".join(source_ids),
    }
    claims = [
        {
            "project_id": project_id,
            "field": "est_annual_tco2",
            "value": str(value),
            "source_id": source_id,
            "figure_basis": basis,
        }
        for value, source_id, basis in stated
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
    total = draw(maybe(st.integers(1, 5000)))
    is_range = total is not None and draw(st.booleans())
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
        "total_tco2": None if is_range else total,
        "total_low_tco2": total if is_range else None,
        "total_high_tco2": total + 100 if is_range and total else None,
        "japan_government_tco2": draw(maybe(st.integers(0, total or 50))),
        "partner_issued_on": draw(maybe(DAYS)) if issued else None,
        "source_id": draw(st.sampled_from(SOURCE_IDS)),
    }


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    iso3 = draw(st.sampled_from(["MNG", "THA"]))
    made = [draw(projects(f"P{i}", iso3)) for i in (1, 2, 3)]
    issued = [draw(events(f"E{i}", iso3)) for i in (1, 2)]
    named = {project_id for event in issued for project_id in (event["project_ids"] or "").split(";")}
    for project, _ in made:
        # Credits are issued for projects that are known; a registration comes first.
        if project["project_id"] in named:
            project["source_ids"] += ";EARLY"
    sources: list[dict[str, Any]] = [
        {"source_id": "undated"},
        {"source_id": "EARLY", "as_of_on": date(2013, 12, 31)},
        {"source_id": "shares", "as_of_on": date(2018, 4, 20)},
    ]
    for source_id in SOURCE_IDS[1:]:
        day, precision = draw(PARTIAL_DATES)
        sources.append({"source_id": source_id, "as_of_on": day, "as_of_precision": precision})
    dated = dates_of(sources)
    claims = [claim for _, some in made for claim in some]
    return {
        "source": sources,
        "project": [with_estimate(project, claims, dated, DATA_AS_OF) for project, _ in made],
        # Nothing but a selection is marked as taken: which estimate is in force follows from bases and days alone.
        "project_claim": [{**claim, "is_taken": claim["field"] == "fy_selected"} for claim in claims],
        "issuance": issued,
        "article6_event": [
            {
                "article6_event_id": f"T{i}",
                "issuance_id": draw(st.sampled_from(["E1", "E2"])),
                "iso3": iso3,
                "occurred_on": draw(DAYS),
                "action": draw(st.sampled_from(["first transfer", "use towards NDC"])),
                "quantity_tco2": draw(maybe(st.integers(1, 3000))),
                "source_id": "EARLY",
            }
            for i in (1, 2)
        ],
        "official_total": [
            {"metric": "registered_projects", "value": 1, "unit": "x", "scope": "JCM", "source_id": source_id}
            for source_id in SOURCE_IDS
        ],
    }


def dates_of(sources: list[dict[str, Any]]) -> dict[str, date]:
    return {
        row["source_id"]: min(latest_day(row["as_of_on"], row.get("as_of_precision")), DATA_AS_OF)
        for row in sources
        if row.get("as_of_on")
    }


def claims_of(project: dict[str, Any], claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [claim for claim in claims if claim["project_id"] == project["project_id"]]


def best_estimate(
    project: dict[str, Any], claims: list[dict[str, Any]], dated: dict[str, date], as_of: date
) -> dict[str, Any] | None:
    """The statement on the best basis known on a day, then the newest; undated ones are the oldest."""
    mine = [c for c in claims_of(project, claims) if c["field"] == "est_annual_tco2"]
    known_on = project_known_on(project, claims, dated)
    known = [c for c in mine if claim_known_on(c, project, known_on, dated) <= as_of]
    rank = {basis: min(place, len(BASES) - 2) for place, basis in enumerate(BASES)}
    return max(
        known,
        key=lambda c: (-rank[c["figure_basis"]], dated_by(c, dated, as_of), c["source_id"]),
        default=None,
    )


def dated_by(claim: dict[str, Any], dated: dict[str, date], as_of: date) -> date:
    day = dated.get(claim["source_id"], date.min)
    return day if day <= as_of else date.min


def claim_known_on(
    claim: dict[str, Any], project: dict[str, Any], known_on: date, dated: dict[str, date]
) -> date:
    if claim["field"] == "fy_selected":
        return max(dated.get(claim["source_id"], last_day(int(claim["value"]))), known_on)
    is_listed = project["status"] in ("validation", "registered", "withdrawn")
    if claim["figure_basis"] == "project document" and is_listed:
        if project["status"] == "registered":
            return max(project["registered_on"], known_on)
        return listed_on(project, known_on, dated)
    return max(dated.get(claim["source_id"], known_on), known_on)


def listed_on(project: dict[str, Any], known_on: date, dated: dict[str, date]) -> date:
    on_list = LIST in project["source_ids"].split(";")
    return max(dated[LIST], known_on) if on_list else known_on


def project_known_on(project: dict[str, Any], claims: list[dict[str, Any]], dated: dict[str, date]) -> date:
    evidence = [dated.get(source_id) for source_id in project["source_ids"].split(";")]
    selected = selection_known_on(project, claims_of(project, claims), dated)
    days = [day for day in (*evidence, project["registered_on"], selected) if day is not None]
    return min(days, default=DATA_AS_OF)


def with_estimate(
    project: dict[str, Any], claims: list[dict[str, Any]], dated: dict[str, date], as_of: date
) -> dict[str, Any]:
    best = best_estimate(project, claims, dated, as_of)
    return {
        **project,
        "est_annual_tco2": int(best["value"]) if best else None,
        "est_annual_source_id": best["source_id"] if best else None,
        "est_annual_basis": best["figure_basis"] if best else None,
    }


def known_by(world: World, as_of: date) -> World:
    """Keep of a world only what could be known on a day, as if its pages had been read that evening."""
    dated = dates_of(world["source"])
    pages = {source_id for source_id, day in dated.items() if day <= as_of} | {"undated"}
    kept: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for project in world["project"]:
        known_on = project_known_on(project, world["project_claim"], dated)
        mine = claims_of(project, world["project_claim"])
        selected = selection_known_on(project, mine, dated)
        has_evidence = any(
            day is not None and day <= as_of
            for day in (
                *(dated.get(source_id) for source_id in project["source_ids"].split(";")),
                project["registered_on"],
                selected,
            )
        )
        if not has_evidence:
            continue
        start_on = project["operation_start_on"]
        is_started = start_on and latest_day(start_on, project["operation_start_precision"]) <= as_of
        status = status_known(project, known_on, dated, as_of)
        kept.append(
            {
                **with_estimate(project, world["project_claim"], dated, as_of),
                "status": status,
                "in_target_scope": project["in_target_scope"]
                or (project["status"] == "withdrawn" and status == "pipeline"),
                "registered_on": not_after(project["registered_on"], as_of),
                "fy_selected": project["fy_selected"] if selected and selected <= as_of else None,
                "operation_start_on": start_on if is_started else None,
            }
        )
        claims += [claim for claim in mine if claim_known_on(claim, project, known_on, dated) <= as_of]
    known_events = [event for event in world["issuance"] if is_known(event, dated, as_of)]
    return {
        # A project document counts as public from registration on, though the page with its copy is of a later day.
        "source": [
            {**row, "retrieved_on": as_of, **({} if row["source_id"] in pages else {"as_of_on": None})}
            for row in world["source"]
            if row["source_id"] in pages | {claim["source_id"] for claim in claims}
        ],
        "project": kept,
        "project_claim": claims,
        "issuance": [event_known(event, as_of) for event in known_events],
        "article6_event": [row for row in world["article6_event"] if row["occurred_on"] <= as_of],
        "official_total": [
            row
            for row in world["official_total"]
            if row["source_id"] in pages and (row["source_id"] != "undated")
        ],
    }


def not_after(day: date | None, as_of: date) -> date | None:
    return day if day and day <= as_of else None


def status_known(project: dict[str, Any], known_on: date, dated: dict[str, date], as_of: date) -> str:
    if project["status"] == "registered" and project["registered_on"] > as_of:
        return "pipeline"
    if project["status"] in ("validation", "withdrawn") and listed_on(project, known_on, dated) > as_of:
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


def world_facts(world: World) -> dict[str, pl.DataFrame]:
    return facts_of(assumption=list(MEASURED), statement_scope=[{"scope": "JCM"}], **world)


def comparable(name: str, tables: dict[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    """Rows that a view of the day reads, without when they became known and what was assumed about that."""
    rows = tables[name]
    if name == "ledger_entry":
        rows = rows.filter(pl.col("is_booked") & (pl.col("occurred_on") <= as_of)).drop("entry_number")
    elif "known_until" in rows.columns:
        always = rows.filter(
            pl.col("known_on").is_null() & (pl.col("known_until").is_null() | (pl.col("known_until") > as_of))
        )
        rows = pl.concat([always, in_force(rows, as_of)])
    else:
        rows = rows.filter(pl.col("known_on") <= as_of)
    if name == "issuance_event":
        for what in ("issued", "announced"):
            known = pl.col(f"{what}_known_on") <= as_of
            hidden = [c for c in rows.columns if what in c]
            rows = rows.with_columns(pl.when(known).then(pl.col(c)).alias(c) for c in hidden)
    if "assumption_codes" in rows.columns:
        codes = pl.col("assumption_codes").str.replace_all(r"KNOWN-[A-Z-]+;?", "").str.strip_chars(";")
        rows = rows.with_columns(codes.replace("", None))
    hidden_columns = {"known_on", "known_until"} & set(rows.columns)
    return rows.drop(hidden_columns).sort(pl.all())


@settings(max_examples=30)
@given(worlds(), PAST_DAYS)
def test_as_of_a_day_no_later_fact_is_seen(world: World, as_of: date) -> None:
    from_all = derive(world_facts(world), DATA_AS_OF)
    from_known = derive(world_facts(known_by(world, as_of)), as_of)
    for name in TABLES:
        note(name)
        assert_frame_equal(comparable(name, from_all, as_of), comparable(name, from_known, as_of))


@settings(max_examples=20)
@given(worlds())
def test_the_identities_hold_on_any_facts(world: World) -> None:
    facts = world_facts(world)
    results = check_identities({**facts, **derive(facts, DATA_AS_OF)})
    assert results.filter(~pl.col("is_passed")).rows() == []
