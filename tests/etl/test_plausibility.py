"""Each plausibility rule tells what is doubtful and leaves honest data alone."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.contracts import table
from etl.plausibility import RULES, find, stop_on_findings
from etl.plausibility.identity import normalised_title
from etl.sources.stops import BuildStopped
from tests.etl.plausibility_facts import READ, event, facts, registered, statement, told

Tables = dict[str, list[dict[str, Any]]]

SOLAR = {"technology": "solar PV", "iso3": "THA", "status": "pipeline"}


def solar(number: int, mw: float, tonnes: int, **cells: Any) -> dict[str, Any]:
    return {
        "project_id": f"P-THA-{number:03}",
        "title_en": f"{mw}MW Solar Power Project in Town {number}",
        "est_annual_tco2": tonnes,
        **SOLAR,
        **cells,
    }


SIX_PLANTS = [solar(n, mw, int(mw * 420)) for n, mw in enumerate((1.0, 2.5, 3.1, 4.0, 5.2, 8.7), 1)]
SIX_BOILERS = [
    {
        "project_id": f"P-MNG-{n:03}",
        "technology": "boiler",
        "title_en": f"Boiler {n}",
        "est_annual_tco2": 900 + n,
    }
    for n in range(6)
]


def days(start: str, end: str) -> dict[str, date]:
    return {"period_start_on": date.fromisoformat(start), "period_end_on": date.fromisoformat(end)}


CASES: list[tuple[str, Tables, set[str], Tables]] = [
    (
        "DAYS-SELECTION-SIGNATURE",
        {"project": [{"project_id": "P-MNG-001", "fy_selected": 2011}]},
        {"P-MNG-001"},
        {
            "project": [
                {"project_id": "P-MNG-001", "fy_selected": 2012},
                {"project_id": "P-MNG-002", "fy_selected": 2011, "status": "study", "in_target_scope": False},
            ]
        },
    ),
    (
        "DAYS-REGISTRATION-SELECTION",
        {
            "project": [
                registered("MN001", date(2015, 6, 30), fy_selected=2016),
                registered("MN002", date(2028, 6, 30), fy_selected=2015),
            ]
        },
        {"MN001", "MN002"},
        {"project": [registered("MN001", date(2022, 11, 1), fy_selected=2014), registered("MN002")]},
    ),
    (
        "DAYS-DECISION-REGISTRATION",
        {"project": [registered()], "issuance": [event(decided_on=date(2015, 6, 29))]},
        {"MN001-1"},
        {
            "project": [registered()],
            "issuance": [
                event(decided_on=date(2015, 6, 30)),
                event("MN001-2", decided_on=date(2015, 6, 1), decided_precision="month"),
                event("MN001-3"),
            ],
        },
    ),
    (
        "DAYS-START-SELECTION",
        {
            "project": [
                registered(fy_selected=2015, operation_start_on=date(2013, 1, 1)),
                registered("MN002", fy_selected=2015, operation_start_on=date(2023, 1, 1)),
            ]
        },
        {"MN001", "MN002"},
        {"project": [registered(fy_selected=2015, operation_start_on=date(2019, 7, 1))]},
    ),
    (
        "DAYS-START-PERIOD",
        {
            "project": [registered(operation_start_on=date(2017, 1, 2))],
            "issuance": [event(**days("2017-01-01", "2017-12-31"))],
        },
        {"MN001"},
        {
            "project": [registered(operation_start_on=date(2017, 1, 1))],
            "issuance": [event(**days("2017-01-01", "2017-12-31"))],
        },
    ),
    (
        "DAYS-START-READING",
        {"project": [registered(operation_start_on=READ + timedelta(days=1))]},
        {"MN001"},
        {"project": [registered(operation_start_on=READ)]},
    ),
    (
        "DAYS-PERIOD-SIGNATURE",
        {"issuance": [event(**days("2012-06-01", "2013-12-31"))]},
        {"MN001-1"},
        {"issuance": [event(**days("2013-06-01", "2013-12-31"))]},
    ),
    (
        "DAYS-PERIOD-LENGTH",
        {
            "issuance": [
                event(**days("2015-01-01", "2025-12-31")),
                event("MN001-2", **days("2016-01-01", "2016-01-10")),
            ]
        },
        {"MN001-1", "MN001-2"},
        {
            "issuance": [
                event(**days("2015-12-01", "2020-12-31")),
                event("MN001-2", **days("2021-01-01", "2021-03-31")),
            ]
        },
    ),
    (
        "DAYS-DECISION-PERIOD",
        {"issuance": [event(decided_on=date(2026, 1, 1), **days("2015-01-01", "2016-12-31"))]},
        {"MN001-1"},
        {"issuance": [event(decided_on=date(2026, 1, 24), **days("2018-09-15", "2020-12-31"))]},
    ),
    (
        "DAYS-ISSUE-DECISION",
        {"issuance": [event(decided_on=date(2018, 11, 6), issued_on=date(2019, 11, 7))]},
        {"MN001-1"},
        {
            "issuance": [
                event(decided_on=date(2018, 11, 6), issued_on=date(2018, 12, 14)),
                event("MN001-2", issued_on=date(2018, 12, 14)),
            ]
        },
    ),
    (
        "DAYS-TRANSFER-DECISION",
        {
            "issuance": [event(decided_on=date(2026, 6, 30))],
            "article6_event": [
                {"article6_event_id": "A", "issuance_id": "MN001-1", "occurred_on": date(2026, 6, 29)}
            ],
        },
        {"A"},
        {
            "issuance": [event(decided_on=date(2026, 6, 30))],
            "article6_event": [
                {"article6_event_id": "A", "issuance_id": "MN001-1", "occurred_on": date(2026, 7, 6)},
                {
                    "article6_event_id": "B",
                    "issuance_id": "MN001-1",
                    "occurred_on": date(2026, 6, 1),
                    "action": "authorisation",
                },
            ],
        },
    ),
    (
        "DAYS-READING",
        {"target": [{"target_id": "T", "fiscal_year": 2030, "known_on": READ + timedelta(days=1)}]},
        {"T"},
        {"target": [{"target_id": "T", "fiscal_year": 2030, "known_on": READ}]},
    ),
    (
        "DAYS-LIST",
        {
            "project": [registered(on=date(2026, 6, 5))],
            "source_file": [{"table_name": "project", "facts_of_on": date(2026, 6, 4)}],
        },
        {"MN001"},
        {
            "project": [registered(on=date(2026, 6, 4))],
            "source_file": [{"table_name": "project", "facts_of_on": date(2026, 6, 4)}],
        },
    ),
    (
        "IDENTITY-REFERENCE-COUNTRY",
        {"project": [registered("TH001"), registered("XX001")]},
        {"TH001", "XX001"},
        {"project": [registered("MN001"), registered("TH001", iso3="THA")]},
    ),
    (
        "IDENTITY-KEY-COUNTRY",
        {"project": [{"project_id": "P-THA-001"}]},
        {"P-THA-001"},
        {"project": [{"project_id": "P-MNG-001"}, registered()]},
    ),
    (
        "IDENTITY-METHODOLOGY-COUNTRY",
        {"project": [registered(methodology="TH_AM001 Ver1.0")]},
        {"MN001"},
        {"project": [registered(methodology="MN_AM003 Ver2.0"), registered("MN002")]},
    ),
    (
        "IDENTITY-EVENT-KEY",
        {"issuance": [event("MN002-1"), event("THA-M1", "MN001;MN002")]},
        {"MN002-1", "THA-M1"},
        {"issuance": [event("MN001-1"), event("MNG-M1", "MN001;MN002"), event("MNG-X1", None)]},
    ),
    (
        "IDENTITY-LIKE-PROJECT",
        {
            "project": [
                registered("TH016", title_en="Introduction of 0.95 MW Solar System in a Lighter Factory"),
                {"project_id": "P-MNG-009", "title_en": "0.95MW solar, lighter factory"},
                {"project_id": "P-MNG-010", "title_en": "A", "title_ja": "工場への太陽光発電"},
                {"project_id": "P-MNG-011", "title_en": "B", "title_ja": "工場への 太陽光発電"},
                {"project_id": "P-MNG-012", "title_en": "C", "est_annual_tco2": 4321},
                {"project_id": "P-MNG-013", "title_en": "D", "est_annual_tco2": 4321},
            ]
        },
        {"TH016", "P-MNG-013", "P-MNG-011"},
        {
            "project": [
                {"project_id": "P-MNG-001", "title_en": "3MW Solar Power Project in Maule"},
                {"project_id": "P-MNG-002", "title_en": "3MW Solar Power Project in Maule II"},
                {"project_id": "P-MNG-003", "title_en": "5MW Solar Power Project", "est_annual_tco2": 20},
                {"project_id": "P-MNG-004", "title_en": "7MW Solar Power Project", "est_annual_tco2": 20},
                {"project_id": "P-THA-003", "title_en": "5MW Solar Power Project", "iso3": "THA"},
            ]
        },
    ),
    (
        "IDENTITY-CAPACITY",
        {"project": [{"project_id": "P-MNG-001", "title_en": "5MW Solar", "title_ja": "50MW太陽光"}]},
        {"P-MNG-001"},
        {
            "project": [
                {"project_id": "P-MNG-001", "title_en": "5.0 MW Solar", "title_ja": "5MW太陽光"},
                {"project_id": "P-MNG-002", "title_en": "5MW Solar and 3MWh Battery", "title_ja": "太陽光"},
            ]
        },
    ),
    (
        "IDENTITY-STATUS-LIST",
        {"project": [{"project_id": "P-MNG-001", "status": "validation"}, registered(status="pipeline")]},
        {"P-MNG-001", "MN001"},
        {"project": [{"project_id": "P-MNG-001"}, registered(), registered("MN002", status="withdrawn")]},
    ),
    (
        "IDENTITY-STATUS-FELL",
        {
            "project": [registered(status="validation", registered_on=None)],
            "project_claim": [{"project_id": "MN001", "field": "registered_on", "value": "2015-06-30"}],
        },
        {"MN001"},
        {
            "project": [registered()],
            "project_claim": [{"project_id": "MN001", "field": "registered_on", "value": "2015-06-30"}],
        },
    ),
    (
        "IDENTITY-CREDITS",
        {
            "project": [registered(), registered("MN007", status="validation", registered_on=None)],
            "issuance": [event("MNG-M1", "MN001; MN007")],
        },
        {"MNG-M1"},
        {"project": [registered()], "issuance": [event()]},
    ),
    (
        "IDENTITY-STATED",
        {
            "project": [registered(est_annual_tco2=1122)],
            "project_claim": [
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "11223", "is_taken": False}
            ],
        },
        {"MN001"},
        {
            "project": [registered(est_annual_tco2=11223)],
            "project_claim": [
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "11223"},
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "21300", "is_taken": False},
            ],
        },
    ),
    (
        "IDENTITY-UNSTATED",
        {"project": [registered(est_annual_tco2=1122)]},
        {"MN001"},
        {
            "project": [registered(est_annual_tco2=1122)],
            "project_claim": [
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "1122"},
                {"project_id": "MN001", "field": "registered_on", "value": "2015-06"},
            ],
        },
    ),
    (
        "IDENTITY-STATEMENTS-APART",
        {
            "project": [registered(est_annual_tco2=100)],
            "project_claim": [
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "100000", "is_taken": False}
            ],
        },
        {"MN001"},
        {
            "project": [registered(est_annual_tco2=382)],
            "project_claim": [
                {"project_id": "MN001", "field": "est_annual_tco2", "value": "1518", "is_taken": False},
                {
                    "project_id": "MN001",
                    "field": "est_annual_tco2",
                    "value": "30",
                    "is_taken": False,
                    "claim_scope": "part",
                },
            ],
        },
    ),
    (
        "SIZE-PER-MW",
        {
            "project": [
                *SIX_PLANTS,
                solar(7, 4.0, 16_800),
                solar(8, 40, 1_680),
                solar(9, 10, 250_000, technology="wind"),
            ]
        },
        {"P-THA-007", "P-THA-008", "P-THA-009"},
        {
            "project": [
                *SIX_PLANTS,
                solar(7, 4.0, 2_300),
                solar(8, 4.0, 6_600, iso3="MNG", project_id="P-MNG-008"),
            ][:7]
        },
    ),
    (
        "SIZE-OF-KIND",
        {
            "project": [
                *SIX_BOILERS,
                {"project_id": "P-MNG-009", "technology": "boiler", "est_annual_tco2": 90_000},
            ]
        },
        {"P-MNG-009"},
        {
            "project": [
                *SIX_BOILERS,
                {"project_id": "P-MNG-009", "technology": "boiler", "est_annual_tco2": 8_000},
                {"project_id": "P-MNG-010", "technology": "wind", "est_annual_tco2": 90_000},
            ]
        },
    ),
    (
        "SIZE-TOTAL-LIFE",
        {
            "project": [registered(technology="wind", est_annual_tco2=1000, est_total_tco2=170_000)],
            "assumption": [{"assumption_code": "LIFE-WIND", "subject": "wind", "value": 17.0}],
        },
        {"MN001"},
        {
            "project": [
                registered(technology="wind", est_annual_tco2=1000, est_total_tco2=19_000),
                registered("MN002", technology="wind", est_annual_tco2=1000, est_total_tco2=4_000),
            ],
            "assumption": [{"assumption_code": "LIFE-WIND", "subject": "wind", "value": 17.0}],
        },
    ),
    (
        "SIZE-ANNUAL-TOTAL",
        {
            "project": [
                registered(est_annual_tco2=16_581),
                registered("MN002", est_annual_tco2=9_800, est_total_tco2=9_800),
            ],
            "aggregate_statement": [
                {"aggregate_id": "A", "project_ids": "MN001; MN003", "est_annual_tco2": 16_581},
            ],
        },
        {"MN001", "MN002"},
        {
            "project": [registered(est_annual_tco2=7_790, est_total_tco2=80_000)],
            "aggregate_statement": [
                {"aggregate_id": "A", "project_ids": "MN001; MN003", "est_annual_tco2": 16_581},
            ],
        },
    ),
    (
        "SIZE-ANNUAL-YEAR",
        {
            "project": [
                registered(est_annual_tco2=2015),
                {"project_id": "P-MNG-001", "fy_selected": 2021, "est_annual_tco2": 2021},
            ]
        },
        {"MN001", "P-MNG-001"},
        {"project": [registered(est_annual_tco2=2021)]},
    ),
    (
        "SIZE-SHARE",
        {
            "project": [
                registered(est_annual_tco2=120),
                registered("MN002", est_annual_tco2=880, in_target_scope=False),
            ]
        },
        {"MN001"},
        {"project": [registered(f"MN0{n:02}", est_annual_tco2=100) for n in range(11)]},
    ),
    (
        "SIZE-WHOLE-PARTS",
        {
            "project": [registered(est_annual_tco2=1200), registered("MN002", est_annual_tco2=21)],
            "aggregate_statement": [
                {"aggregate_id": "A", "project_ids": "MN001;MN002", "est_annual_tco2": 165}
            ],
        },
        {"A"},
        {
            "project": [
                registered(est_annual_tco2=120),
                registered("MN002", est_annual_tco2=21),
                registered("MN003"),
            ],
            "aggregate_statement": [
                {"aggregate_id": "A", "project_ids": "MN001;MN002", "est_annual_tco2": 165},
                {"aggregate_id": "B", "project_ids": "MN001;MN003", "est_annual_tco2": 900},
            ],
        },
    ),
    (
        "SIZE-BASIS",
        {
            "project": [
                {
                    "project_id": "P-MNG-001",
                    "est_annual_tco2": 1,
                    "est_annual_source_id": "s",
                    "est_annual_basis": "project document",
                },
                registered(est_annual_tco2=1, est_annual_source_id="t", est_annual_basis="project document"),
            ]
        },
        {"P-MNG-001", "MN001"},
        {
            "project": [
                registered(est_annual_tco2=1, est_annual_source_id="s", est_annual_basis="project document"),
                {
                    "project_id": "P-MNG-001",
                    "est_annual_tco2": 1,
                    "est_annual_source_id": "s",
                    "est_annual_basis": "company or press",
                },
            ]
        },
    ),
    (
        "SIZE-BASIS-DOCUMENT",
        {"project": [registered(est_annual_tco2=1, est_annual_basis="selection", est_annual_source_id="s")]},
        {"MN001"},
        {
            "project": [
                registered(est_annual_tco2=1, est_annual_basis="project document", est_annual_source_id="s")
            ]
        },
    ),
    (
        "SIZE-BASIS-UNKNOWN",
        {"project": [registered(est_annual_tco2=1, est_annual_basis="unknown", est_annual_source_id="s")]},
        {"MN001"},
        {
            "project": [
                registered(est_annual_tco2=1, est_annual_basis="project document", est_annual_source_id="s")
            ]
        },
    ),
    (
        "EVENT-OVERLAP",
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(**days("2016-01-01", "2016-12-31")),
                event("MNG-M1", "MN001;MN002", **days("2016-12-31", "2017-12-31")),
            ],
        },
        {"MNG-M1"},
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event("MN001-2", **days("2017-01-01", "2017-12-31")),
                event("MN001-1", **days("2016-01-01", "2016-12-31")),
                event("MN002-1", "MN002", **days("2016-01-01", "2016-12-31")),
            ],
        },
    ),
    (
        "EVENT-REPEATED",
        {
            "project": [registered()],
            "issuance": [
                event(decided_on=date(2018, 1, 30), total_tco2=585),
                event("MN001-2", issued_on=date(2018, 1, 30), total_tco2=585),
                event("MN001-3", decided_on=date(2020, 1, 30)),
                event("MN001-4", decided_on=date(2020, 1, 30)),
                event("MNG-X1", None, decided_on=date(2020, 1, 30), total_tco2=17_673),
                event("MNG-X2", None, decided_on=date(2020, 1, 30), total_tco2=17_673),
            ],
        },
        {"MN001-1", "MN001-2", "MN001-3", "MN001-4", "MNG-X1", "MNG-X2"},
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(decided_on=date(2018, 1, 30), total_tco2=585),
                event("MN002-1", "MN002", decided_on=date(2018, 1, 30), total_tco2=585),
                event("MN001-3", decided_on=date(2020, 1, 30), **days("2018-01-01", "2018-12-31")),
                event("MN001-4", decided_on=date(2020, 1, 30), **days("2019-01-01", "2019-12-31")),
            ],
        },
    ),
    (
        "EVENT-SAME-AMOUNT",
        {
            "project": [registered()],
            "issuance": [
                event(decided_on=date(2018, 1, 30), total_tco2=585),
                event("MN001-2", decided_on=date(2019, 1, 30), total_tco2=585),
            ],
        },
        {"MN001-1", "MN001-2"},
        {
            "project": [registered()],
            "issuance": [
                event(decided_on=date(2018, 1, 30), total_tco2=1),
                event("MN001-2", decided_on=date(2019, 1, 30), total_tco2=1),
            ],
        },
    ),
    (
        "EVENT-ONE-DECISION",
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(decided_on=date(2018, 1, 30)),
                event("MNG-M1", "MN001;MN002", decided_on=date(2018, 1, 30)),
            ],
        },
        {"MN001-1", "MNG-M1"},
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(decided_on=date(2018, 1, 30)),
                event("MN001-2", decided_on=date(2018, 1, 30)),
                event("MNG-M1", "MN001;MN002", decided_on=date(2019, 1, 30)),
            ],
        },
    ),
    (
        "EVENT-CUMULATIVE",
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(total_tco2=50, decided_on=date(2016, 9, 29)),
                event("MN001-2", total_tco2=118, decided_on=date(2018, 11, 6)),
                event("MN001-3", total_tco2=168, decided_on=date(2020, 1, 24)),
                # 100 t a year; then 302 t for a year, which are 102 t and the 200 t before.
                event("MN002-1", "MN002", total_tco2=200, **days("2016-01-01", "2017-12-31")),
                event("MN002-2", "MN002", total_tco2=302, **days("2018-01-01", "2018-12-31")),
            ],
        },
        {"MN001-3", "MN002-2"},
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(total_tco2=50, decided_on=date(2016, 9, 29)),
                event("MN001-2", total_tco2=118, decided_on=date(2018, 11, 6)),
                event("MN001-3", total_tco2=139, decided_on=date(2020, 1, 24)),
                event("MN002-1", "MN002", total_tco2=200, **days("2016-01-01", "2017-12-31")),
                event("MN002-2", "MN002", total_tco2=310, **days("2018-01-01", "2020-12-31")),
            ],
        },
    ),
    (
        "EVENT-STATED-CUMULATIVE",
        {
            "project": [registered()],
            "issuance": [event(total_tco2=53_730)],
            "official_total": [statement("credits_issued_cumulative", 53_730)],
        },
        {"MN001-1"},
        {
            "project": [registered()],
            "issuance": [event(total_tco2=53_730)],
            "official_total": [statement("credits_issued_event", 53_730)],
        },
    ),
    (
        "EVENT-ABOVE-ESTIMATE",
        {
            "project": [registered(est_annual_tco2=100), registered("MN002", est_annual_tco2=50)],
            "issuance": [
                event(total_tco2=300, **days("2016-01-01", "2016-12-31")),
                event(
                    "MNG-M1",
                    "MN001;MN002",
                    total_low_tco2=400,
                    total_high_tco2=500,
                    **days("2017-01-01", "2017-12-31"),
                ),
                event("MN001-2", japan_government_tco2=9_000, decided_on=date(2016, 1, 1)),
            ],
        },
        {"MN001-1", "MNG-M1", "MN001-2"},
        {
            "project": [registered(est_annual_tco2=100), registered("MN002"), registered("MN003")],
            "issuance": [
                event(total_tco2=190, **days("2016-01-01", "2016-12-31")),
                event("MN001-2", total_tco2=500, decided_on=date(2018, 1, 1)),
                event("MNG-M1", "MN001;MN002", total_tco2=9_000, **days("2017-01-01", "2017-12-31")),
                event("MN003-1", "MN003", total_tco2=9_000, **days("2017-01-01", "2017-12-31")),
            ],
        },
    ),
    (
        "EVENT-BELOW-ESTIMATE",
        {
            "project": [registered(est_annual_tco2=11_223)],
            "issuance": [event(total_tco2=2_000, **days("2017-01-01", "2017-12-31"))],
        },
        {"MN001-1"},
        {
            "project": [registered(est_annual_tco2=11_223)],
            "issuance": [
                event(total_tco2=2_700, **days("2017-01-01", "2017-12-31")),
                event("MN001-2", japan_government_tco2=8, **days("2018-01-01", "2018-12-31")),
            ],
        },
    ),
    (
        "EVENT-OTHER-RATE",
        {
            "project": [registered()],
            "issuance": [
                event(total_tco2=8_880, **days("2017-01-01", "2017-12-31")),
                event("MN001-2", total_tco2=1_800, **days("2018-01-01", "2018-12-31")),
            ],
        },
        {"MN001-1", "MN001-2"},
        {
            "project": [registered()],
            "issuance": [
                event(total_tco2=8_880, **days("2017-09-01", "2018-05-31")),
                event("MN001-2", total_tco2=35_419, **days("2018-06-01", "2020-12-31")),
            ],
        },
    ),
    (
        "EVENT-TONNE",
        {"article6_event": [{"article6_event_id": "A", "quantity_tco2": 0}]},
        {"A"},
        {"article6_event": [{"article6_event_id": "A", "quantity_tco2": 1}, {"article6_event_id": "B"}]},
    ),
    (
        "SHARE-COUNTRY",
        {
            "issuance": [
                event("MN001-1", total_tco2=8_947, japan_tco2=1_789, partner_tco2=7_158),
                event("MN001-2", total_tco2=8_880, japan_tco2=7_104),
                event("MN001-3", total_tco2=1_000, partner_tco2=200),
                event("MN001-4", total_tco2=1_000, japan_tco2=800),
                event("MN001-5", total_tco2=1_000, japan_tco2=800),
                event("MN001-6", total_tco2=1_000, japan_tco2=800),
            ]
        },
        {"MN001-1"},
        {
            "issuance": [
                event("MN001-1", total_tco2=8_947, japan_tco2=7_158, partner_tco2=1_789),
                event("MN001-2", total_tco2=8_880, japan_tco2=7_104),
                event("MN001-3", total_tco2=1, japan_tco2=0, partner_tco2=1),
                event("TH001-1", "TH001", iso3="THA", total_tco2=300, japan_government_tco2=151),
            ]
        },
    ),
    (
        "SHARE-JOINT",
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(decided_on=date(2016, 9, 29), total_tco2=50),
                event("MN002-1", "MN002", decided_on=date(2016, 9, 29), total_tco2=170),
            ],
            "aggregate_statement": [
                {"aggregate_id": "A", "kind": "issuance", "project_ids": "MN002;MN001", "total_tco2": 157}
            ],
        },
        {"A"},
        {
            "project": [registered(), registered("MN002")],
            "issuance": [
                event(decided_on=date(2016, 9, 29), total_tco2=50),
                event("MN002-1", "MN002", decided_on=date(2016, 9, 29), total_tco2=107),
                event("MN001-2", decided_on=date(2018, 9, 29), total_tco2=50),
                event("MN002-2", "MN002", decided_on=date(2018, 9, 29)),
            ],
            "aggregate_statement": [
                {"aggregate_id": "A", "kind": "issuance", "project_ids": "MN002;MN001", "total_tco2": 157}
            ],
        },
    ),
    (
        "SHARE-TRANSFER",
        {
            "issuance": [event(japan_government_tco2=433)],
            "article6_event": [{"article6_event_id": "A", "issuance_id": "MN001-1", "quantity_tco2": 343}],
        },
        {"A"},
        {
            "issuance": [event(japan_government_tco2=433), event("MN001-2")],
            "article6_event": [
                {"article6_event_id": "A", "issuance_id": "MN001-1", "quantity_tco2": 400},
                {"article6_event_id": "B", "issuance_id": "MN001-1", "quantity_tco2": 33},
                {"article6_event_id": "C", "issuance_id": "MN001-2", "quantity_tco2": 7},
            ],
        },
    ),
    (
        "CATEGORY-SECTOR",
        {"project": [registered(technology="wind", sector_number=13)]},
        {"MN001"},
        {
            "project": [
                registered(technology="wind", sector_number=1),
                registered("MN002", technology="other"),
            ]
        },
    ),
    (
        "CATEGORY-TITLE",
        {"project": [registered(title_en="10MW Solar Power Project", technology="wind")]},
        {"MN001"},
        {
            "project": [
                registered(title_en="Solar Power and Cogeneration", technology="cogeneration"),
                registered("MN002", title_en="Winding machines", technology="process efficiency"),
            ]
        },
    ),
    (
        "CATEGORY-TARGET-SCOPE",
        {
            "project": [
                registered(in_target_scope=False),
                {"project_id": "P-MNG-001", "in_target_scope": False},
                {"project_id": "P-MNG-002", "status": "study"},
                {"project_id": "P-MNG-003", "programme": "NEDO FS"},
                {
                    "project_id": "P-MNG-004",
                    "in_target_scope": False,
                    "est_annual_tco2": 9_000,
                    "note": "Fine.",
                },
                registered("MN002", est_annual_tco2=1_000),
            ]
        },
        {"MN001", "P-MNG-001", "P-MNG-002", "P-MNG-003", "P-MNG-004"},
        {
            "project": [
                registered(programme="NEDO FS"),
                registered("MN002", status="withdrawn", in_target_scope=False),
                {
                    "project_id": "P-MNG-001",
                    "in_target_scope": False,
                    "note": "JCM not named; outside the scope.",
                },
                {"project_id": "P-MNG-002", "status": "study", "in_target_scope": False},
            ]
        },
    ),
    (
        "STATEMENT-OURS-ABOVE",
        {
            "project": [registered()],
            "issuance": [event(decided_on=date(2021, 2, 7), total_tco2=974)],
            "official_total": [
                statement("credits_issued_in_year", 486, READ, calendar_year=2021),
                statement("credits_issued_cumulative", 500, date(2022, 1, 1)),
            ],
        },
        {
            f"credits_issued_in_year;{READ};2021;all;486.0;s",
            "credits_issued_cumulative;2022-01-01;;all;500.0;s",
        },
        {
            "project": [registered()],
            "issuance": [
                event(decided_on=date(2021, 2, 7), total_tco2=974),
                event("MN001-2", total_tco2=10_000),
            ],
            "official_total": [
                statement("credits_issued_in_year", 900, READ, calendar_year=2021),
                statement("credits_issued_cumulative", 5, date(2021, 1, 1)),
                statement("credits_issued_cumulative", 5),
                statement("registered_projects", 1, date(2016, 1, 1), unit="projects"),
            ],
        },
    ),
    (
        "STATEMENT-FALLS",
        {
            "official_total": [
                statement("credits_issued_cumulative", 700_000, date(2024, 6, 1)),
                statement("credits_issued_cumulative", 78_400, date(2025, 8, 28)),
            ]
        },
        {"credits_issued_cumulative;2025-08-28;;all;78400.0;s"},
        {
            "official_total": [
                statement("registered_projects", 292, date(2024, 6, 1), unit="projects", reliability="weak"),
                statement("registered_projects", 102, date(2025, 6, 1), unit="projects"),
                statement("expected_annual_reductions", 900, date(2024, 6, 1), unit="tCO2/yr"),
                statement("expected_annual_reductions", 100, date(2025, 6, 1), unit="tCO2/yr"),
            ]
        },
    ),
    (
        "STATEMENT-METRIC",
        {
            "official_total": [
                statement("expected_cumulative_by_2030", value)
                for value in (17_000_000.0, 20_000_000.0, 19_000_000.0, 17_900.0)
            ]
        },
        {"expected_cumulative_by_2030;;;all;17900.0;s"},
        {
            "official_total": [
                statement("expected_cumulative_by_2030", value)
                for value in (17_000_000.0, 4_600_000.0, 20_000_000.0)
            ]
        },
    ),
    (
        "STATEMENT-UNIT",
        {
            "official_total": [
                statement("credits_issued_cumulative", 34, unit="ktCO2"),
                statement("partner_countries", 30.5, unit="countries"),
            ]
        },
        {"credits_issued_cumulative;;;all;34.0;s", "partner_countries;;;all;30.5;s"},
        {
            "official_total": [
                statement("jfjcm_fund_size", 118.7, unit="million USD"),
                statement("expected_annual_reductions", 34, unit="tCO2/yr"),
            ]
        },
    ),
    (
        "STATEMENT-OFFICIAL",
        {
            "source": [{"kind": "press"}],
            "official_total": [statement("credits_issued_cumulative", 34)],
        },
        {"credits_issued_cumulative;;;all;34.0;s"},
        {
            "source": [{}, {"source_id": "p", "kind": "press"}],
            "official_total": [
                statement("credits_issued_cumulative", 34),
                statement("credits_issued_cumulative", 35, source_id="p", reliability="press"),
            ],
        },
    ),
    (
        "STATEMENT-FIRST-ISSUANCE",
        {
            "statement_scope": [{"scope": "first", "scope_code": "first_issuance", "iso3": "MNG"}],
            "issuance": [event(decided_on=date(2018, 4, 20), total_tco2=3_000)],
            "official_total": [statement("credits_issued_event", 300, scope="first")],
        },
        {"credits_issued_event;;;first;300.0;s"},
        {
            "statement_scope": [{"scope": "first", "scope_code": "first_issuance", "iso3": "MNG"}],
            "issuance": [
                event(decided_on=date(2018, 4, 20), total_tco2=200, japan_government_tco2=101),
                event(
                    "MN002-1", "MN002", issued_on=date(2018, 4, 20), total_tco2=100, japan_government_tco2=50
                ),
                event("MN001-2", decided_on=date(2019, 4, 20), total_tco2=700),
            ],
            "official_total": [
                statement("credits_issued_event", 300, scope="first"),
                statement("credits_issued_event_japan_government", 150, scope="first"),
            ],
        },
    ),
    (
        "STATEMENT-PARTNERS",
        {"official_total": [statement("partner_countries", 13, date(2020, 1, 1), unit="countries")]},
        {"partner_countries;2020-01-01;;all;13.0;s"},
        {"official_total": [statement("partner_countries", 1, date(2020, 1, 1), unit="countries")]},
    ),
    (
        "OWN-TARGET-ONE",
        {
            "target": [
                {"target_id": "A", "fiscal_year": 2030},
                {"target_id": "B", "fiscal_year": 2030, "known_on": date(2026, 1, 1)},
            ]
        },
        {"B"},
        {
            "target": [
                {"target_id": "A", "fiscal_year": 2030, "known_until": date(2026, 1, 1)},
                {"target_id": "B", "fiscal_year": 2030, "known_on": date(2026, 1, 1)},
                {"target_id": "C", "fiscal_year": 2040},
            ]
        },
    ),
    (
        "OWN-TARGET-LOWER",
        {
            "target": [
                {
                    "target_id": "A",
                    "fiscal_year": 2030,
                    "low_tco2": 100,
                    "high_tco2": 100,
                    "known_until": date(2026, 1, 1),
                },
                {
                    "target_id": "B",
                    "fiscal_year": 2030,
                    "low_tco2": 90,
                    "high_tco2": 90,
                    "known_on": date(2026, 1, 1),
                },
                {"target_id": "C", "fiscal_year": 2040, "low_tco2": 20, "high_tco2": 20},
            ]
        },
        {"B", "C"},
        {
            "target": [
                {
                    "target_id": "A",
                    "fiscal_year": 2030,
                    "low_tco2": 50,
                    "high_tco2": 100,
                    "known_until": date(2026, 1, 1),
                },
                {
                    "target_id": "B",
                    "fiscal_year": 2030,
                    "low_tco2": 100,
                    "high_tco2": 100,
                    "known_on": date(2026, 1, 1),
                },
                {"target_id": "C", "fiscal_year": 2040, "low_tco2": 200, "high_tco2": 200},
            ]
        },
    ),
    (
        "OWN-TARGET-STATED",
        {
            "target": [
                {"target_id": "A", "fiscal_year": 2030, "low_tco2": 10_000_000, "high_tco2": 10_000_000}
            ],
            "official_total": [statement("target_cumulative_by_fy2030", 1e8, date(2025, 2, 18))],
        },
        {"A"},
        {
            "target": [
                {"target_id": "A", "fiscal_year": 2030, "low_tco2": 50_000_000, "high_tco2": 100_000_000},
            ],
            "official_total": [
                statement("target_cumulative_by_fy2030", 1e8, date(2025, 2, 18)),
                statement("target_cumulative_by_fy2030", 2e8, date(2021, 10, 22)),
                statement("target_cumulative_by_fy2040", 2e8, date(2025, 2, 18)),
            ],
        },
    ),
    (
        "OWN-LIFETIME",
        {"assumption": [{"assumption_code": "LIFE-WIND", "subject": "wind", "value": 170.0}]},
        {"LIFE-WIND;"},
        {"assumption": [{"assumption_code": "LIFE-WIND", "subject": "wind", "value": 17.0}]},
    ),
    (
        "OWN-SHARE",
        {
            "issuance": [event(total_tco2=1000, japan_tco2=800)],
            "assumption": [
                {
                    "assumption_code": f"SHARE-{iso3}",
                    "unit": "share",
                    "basis": "stated",
                    "subject": iso3,
                    "value": 0.2,
                }
                for iso3 in ("MNG", "THA")
            ],
        },
        {"SHARE-MNG;", "SHARE-THA;"},
        {
            "issuance": [event(total_tco2=355, japan_government_tco2=178)],
            "assumption": [
                {
                    "assumption_code": "SHARE-MNG",
                    "unit": "share",
                    "basis": "stated",
                    "subject": "MNG",
                    "value": 0.5,
                }
            ],
        },
    ),
    (
        "OWN-USE-MISSING",
        {"project": [registered(technology="boiler", title_en="Boiler to Food Factory")]},
        {"MN001"},
        {
            "project": [
                registered(technology="boiler", title_en="Boiler to Food Factory"),
                registered("MN002", technology="solar PV", title_en="Solar Power Plant"),
                registered("MN003", technology="wind", title_en="Wind at a Factory"),
            ],
            "own_use": [{"project_id": "MN001", "serves": "factory", "evidence": "Food Factory"}],
        },
    ),
    (
        "OWN-USE-EVIDENCE",
        {
            "project": [registered(title_en="Boiler to School")],
            "own_use": [{"project_id": "MN001", "serves": "factory", "evidence": "Food Factory"}],
        },
        {"MN001"},
        {
            "project": [registered(title_en="Boiler to food factory")],
            "own_use": [{"project_id": "MN001", "serves": "factory", "evidence": "Food Factory"}],
        },
    ),
    (
        "PARTICIPANT-NAME",
        {
            "project": [
                {"project_id": "P-MNG-001", "jp_participants": "Known Co., Ltd.; Nobody K.K."},
                {"project_id": "P-MNG-002", "partner_participants": "Ministry of Energy"},
            ],
            "participant": [{"participant_id": "known", "name_en": "Known Co., Ltd."}],
            "participant_alias": [{"alias": "Ministry of Energy", "participant_id": "known", "iso3": "THA"}],
        },
        {"P-MNG-001", "P-MNG-002"},
        {
            "project": [
                {"project_id": "P-MNG-001", "jp_participants": "KNOWN Corporation; Formerly Known"},
                {"project_id": "P-MNG-002", "partner_participants": "Ministry of Energy"},
            ],
            "participant": [{"participant_id": "known", "name_en": "Known Co., Ltd."}],
            "participant_alias": [
                {"alias": "Ministry of Energy", "participant_id": "known", "iso3": "MNG"},
                {"alias": "Formerly Known", "participant_id": "known"},
            ],
        },
    ),
]


@pytest.mark.parametrize(("code", "doubtful", "keys", "honest"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_tells_the_doubtful_and_leaves_the_honest(
    code: str, doubtful: Tables, keys: set[str], honest: Tables
) -> None:
    assert told(code, **doubtful) == keys
    assert told(code, **honest) == set()


def test_a_reading_in_the_future_is_told_on_the_day_that_is_given_only() -> None:
    assert told("DAYS-TODAY", READ - timedelta(days=1)) == {"s"}
    assert told("DAYS-TODAY", READ) == set()
    assert told("DAYS-TODAY", None) == set()


def test_every_rule_has_a_case_and_says_itself_in_both_languages() -> None:
    assert {rule.code for rule in RULES} == {case[0] for case in CASES} | {"DAYS-TODAY"}
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.title_en
        assert not rule.title_ja.isascii()


def test_without_facts_nothing_is_doubtful() -> None:
    assert find(facts(), today=READ).height == 0


@given(st.lists(st.integers(28, 900), min_size=1, max_size=12), st.randoms())
def test_periods_that_follow_each_other_never_overlap(lengths: list[int], order: Any) -> None:
    start, rows = date(2014, 1, 1), []
    for number, length in enumerate(lengths):
        end = start + timedelta(days=length - 1)
        rows.append(event(f"MN001-{number}", period_start_on=start, period_end_on=end))
        start = end + timedelta(days=1)
    order.shuffle(rows)
    assert told("EVENT-OVERLAP", project=[registered()], issuance=rows) == set()
    if len(rows) > 1:
        last = max(rows, key=lambda row: row["period_start_on"])
        last["period_start_on"] -= timedelta(days=1)
        assert told("EVENT-OVERLAP", project=[registered()], issuance=rows) == {last["issuance_id"]}


@given(st.floats(0.3, 0.9), st.lists(st.integers(1_000, 50_000), min_size=3, max_size=8), st.data())
def test_shares_of_one_country_that_agree_are_left_and_a_flipped_one_is_told(
    share: float, totals: list[int], data: st.DataObject
) -> None:
    rows = [
        event(
            f"MN001-{n}",
            total_tco2=total,
            japan_tco2=round(total * share),
            partner_tco2=total - round(total * share),
        )
        for n, total in enumerate(totals)
    ]
    assert told("SHARE-COUNTRY", issuance=rows) == set()
    flipped = data.draw(st.sampled_from(rows))
    flipped["japan_tco2"], flipped["partner_tco2"] = flipped["partner_tco2"], flipped["japan_tco2"]
    if abs(share - 0.5) > 0.1:
        assert flipped["issuance_id"] in told("SHARE-COUNTRY", issuance=rows)


TITLE = "Introduction of 0.95 MW Rooftop Solar Power System in a Lighter Factory"


@given(st.permutations(TITLE.split()))
def test_titles_with_the_same_telling_words_are_alike(words: list[str]) -> None:
    assert normalised_title(" ".join(words).upper()) == normalised_title(
        "0.95 ＭＷ rooftop solar power, lighter factory"
    )
    assert normalised_title(" ".join([*words, "II"])) != normalised_title(" ".join(words))


DOUBTFUL = {
    "project": [registered()],
    "issuance": [event(decided_on=date(2018, 1, 1), issued_on=date(2018, 9, 9))],
}


def acknowledged(value: str, code: str = "DAYS-ISSUE-DECISION") -> list[dict[str, Any]]:
    return [
        {
            "rule_code": code,
            "row_key": "MN001-1",
            "value": value,
            "reason_en": "The release says so.",
            "reason_ja": "公表資料のとおり。",
            "acknowledged_on": READ,
        }
    ]


def level(findings: pl.DataFrame, code: str) -> list[tuple[str, bool]]:
    return findings.filter(pl.col("rule_code") == code).select("level", "is_acknowledged").rows()


def test_what_is_held_stops_the_build_and_says_where_why_and_how_to_acknowledge() -> None:
    def lines(table: str, keys: Any) -> dict[str, tuple[str, int]]:
        return dict.fromkeys(keys, (f"snapshot/{table}s.csv", 7))

    findings = find(facts(**DOUBTFUL), lines)
    with pytest.raises(BuildStopped) as stopped:
        stop_on_findings(findings)
    for part in (
        "snapshot/issuances.csv, line 7",
        "Issued on 2018-09-09, 251 days after the decision",
        "within 90 days",
        "data/acknowledged/findings.csv: DAYS-ISSUE-DECISION,MN001-1,2018-09-09",
    ):
        assert part in stopped.value.message_en
    assert "snapshot/issuances.csv の 7 行目" in stopped.value.message_ja
    assert "90日以内" in stopped.value.message_ja


def test_an_acknowledged_finding_passes_with_its_reason() -> None:
    findings = find(facts(**DOUBTFUL, acknowledgement=acknowledged("2018-09-09")))
    stop_on_findings(findings)
    row = findings.row(by_predicate=pl.col("rule_code") == "DAYS-ISSUE-DECISION", named=True)
    assert row["is_acknowledged"]
    assert row["reason_en"] == "The release says so."


def test_an_acknowledgement_of_another_value_does_not_count_and_is_told_as_useless() -> None:
    findings = find(facts(**DOUBTFUL, acknowledgement=acknowledged("2018-09-08")))
    assert level(findings, "DAYS-ISSUE-DECISION") == [("hold", False)]
    assert level(findings, "ACKNOWLEDGED-NOTHING") == [("tell", False)]
    assert "acknowledges nothing" in findings.filter(pl.col("level") == "tell")["message_en"][0]
    with pytest.raises(BuildStopped):
        stop_on_findings(findings)


def test_what_is_refused_cannot_be_acknowledged() -> None:
    doubtful = {"project": [registered()], "issuance": [event(decided_on=date(2015, 1, 1))]}
    value = "MN001 2015-01-01"
    findings = find(facts(**doubtful, acknowledgement=acknowledged(value, "DAYS-DECISION-REGISTRATION")))
    assert level(findings, "DAYS-DECISION-REGISTRATION") == [("refuse", False)]
    with pytest.raises(BuildStopped, match="Correct it"):
        stop_on_findings(findings)


def test_what_is_only_told_does_not_stop_the_build() -> None:
    findings = find(facts(project=[registered(est_annual_tco2=100)], assumption=[]))
    assert set(findings["level"]) == {"tell"}
    stop_on_findings(findings)


def test_many_findings_are_told_by_number() -> None:
    rows = [event(f"MN001-{n}", decided_on=date(2012, 1, 1)) for n in range(30)]
    with pytest.raises(BuildStopped, match=r"… and [0-9]+ more") as stopped:
        stop_on_findings(find(facts(project=[registered()], issuance=rows)))
    assert stopped.value.message_en.count("\n") == 21


def test_findings_keep_their_contract() -> None:
    findings = find(facts(**DOUBTFUL, acknowledgement=acknowledged("2018-09-09")))
    good, failures = table("finding").schema.filter(findings)
    assert failures.counts() == {}
    assert good.select(table("finding").row_key).is_unique().all()
