"""The first questions of an analyst, as naively as one would write them on the file, give right figures.

Each is set beside the ladder, beside another way to the same figure, or beside what the sources say.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from queries.warehouse import Warehouse, current

LOW_AND_HIGH = "SELECT tco2_low, tco2_high FROM ladder WHERE rung = '{}'"
EXPECTED = "rung IN ('pipeline', 'validation', 'registered')"

FIRST: dict[str, tuple[str, str | tuple[Any, ...]]] = {
    "issued so far": (
        "SELECT sum(issued_low_tco2), sum(issued_high_tco2) FROM issuance",
        LOW_AND_HIGH.format("issued"),
    ),
    "decided so far": ("SELECT sum(tco2_low), sum(tco2_high) FROM issuance", LOW_AND_HIGH.format("notified")),
    "verified so far, by the year of the reductions": (
        "SELECT sum(tco2_low), sum(tco2_high) FROM reduction WHERE rung = 'notified'",
        LOW_AND_HIGH.format("notified"),
    ),
    "all credits": ("SELECT sum(tco2_low), sum(tco2_high) FROM credit", LOW_AND_HIGH.format("notified")),
    "credits issued": (
        "SELECT sum(tco2_low), sum(tco2_high) FROM credit WHERE state <> 'decided'",
        LOW_AND_HIGH.format("issued"),
    ),
    "credits first transferred": (
        "SELECT sum(tco2_low), sum(tco2_high) FROM credit WHERE state = 'transferred'",
        (88_200, 88_200),
    ),
    "first transfers, by event": (
        "SELECT sum(quantity_tco2) FROM history.article6_event WHERE action = 'first transfer'",
        (88_200,),
    ),
    "first transfers, by issuance": (
        "SELECT sum(itmo_low_tco2), sum(itmo_high_tco2) FROM issuance",
        (88_200, 88_200),
    ),
    "first transfers, on the ladder": (LOW_AND_HIGH.format("itmo"), (88_200, 88_200)),
    "Japan's side": (
        "SELECT sum(japan_low_tco2), sum(japan_high_tco2) FROM issuance",
        LOW_AND_HIGH.format("japan"),
    ),
    "Japan's side of the credits, at least": (
        "SELECT sum(tco2_low) FROM credit WHERE side = 'Japan'",
        "SELECT tco2_low FROM ladder WHERE rung = 'japan'",
    ),
    "issued, country by country": (
        (
            "SELECT sum(low), sum(high) FROM (SELECT iso3, sum(issued_low_tco2) AS low, sum(issued_high_tco2) AS high"
            " FROM issuance GROUP BY iso3)"
        ),
        LOW_AND_HIGH.format("issued"),
    ),
    "issued, by fiscal year of issue": (
        (
            "SELECT sum(low) FROM (SELECT fiscal_year_issued, sum(issued_low_tco2) AS low FROM issuance"
            " WHERE fiscal_year_issued IS NOT NULL GROUP BY fiscal_year_issued)"
        ),
        "SELECT tco2_low FROM ladder WHERE rung = 'issued'",
    ),
    "decided, by fiscal year of decision": (
        "SELECT sum(low) FROM (SELECT fiscal_year_dated, sum(tco2_low) AS low FROM issuance GROUP BY fiscal_year_dated)",
        "SELECT tco2_low FROM ladder WHERE rung = 'notified'",
    ),
    "decided, by end of the monitoring period": (
        "SELECT sum(low) FROM (SELECT fiscal_year_period_end, sum(tco2_low) AS low FROM issuance GROUP BY ALL)",
        "SELECT tco2_low FROM ladder WHERE rung = 'notified'",
    ),
    "verified, by vintage": (
        (
            "SELECT sum(low) FROM (SELECT calendar_year, sum(tco2_low) AS low FROM reduction WHERE rung = 'notified'"
            " GROUP BY calendar_year)"
        ),
        "SELECT tco2_low FROM ladder WHERE rung = 'notified'",
    ),
    "verified, of the years that are known": (
        "SELECT sum(tco2_low) FROM reduction WHERE rung = 'notified' AND fiscal_year <= 2030",
        "SELECT tco2_low - undated_tco2 FROM ladder WHERE rung = 'notified'",
    ),
    "expected by the end of FY2030": (
        "SELECT sum(expected_tco2) FROM reduction WHERE fiscal_year <= 2030",
        (
            f"SELECT sum(tco2_low) FROM ladder_as_of((SELECT data_as_of_on FROM record.build), until_fiscal_year := 2030)"
            f" WHERE {EXPECTED}"
        ),
    ),
    "expected by the end of FY2040": (
        "SELECT sum(expected_tco2) FROM reduction WHERE fiscal_year <= 2040",
        (
            f"SELECT sum(tco2_low) FROM ladder_as_of((SELECT data_as_of_on FROM record.build), until_fiscal_year := 2040)"
            f" WHERE {EXPECTED}"
        ),
    ),
    "expected of one rung": (
        "SELECT sum(expected_tco2) FROM reduction WHERE rung = 'registered' AND fiscal_year <= 2030",
        "SELECT tco2_low FROM ladder WHERE rung = 'registered'",
    ),
    "expected, country by country": (
        (
            "SELECT sum(tonnes) FROM (SELECT iso3, sum(expected_tco2) AS tonnes FROM reduction WHERE fiscal_year <= 2030"
            " GROUP BY iso3)"
        ),
        f"SELECT sum(tco2_low) FROM ladder WHERE {EXPECTED}",
    ),
    "verified and expected together, each tonne once": (
        "SELECT sum(tco2_low) FROM reduction WHERE fiscal_year <= 2030",
        "SELECT sum(tco2_low) FROM (SELECT sum(tco2_low) AS tco2_low FROM reduction WHERE fiscal_year <= 2030 GROUP BY rung)",
    ),
    "nothing is left of the expectation where it was verified": (
        "SELECT count(*) FROM reduction WHERE rung <> 'notified' AND tco2_low > expected_tco2",
        (0,),
    ),
    "dormant projects are in no sum": (
        "SELECT count(*) FROM reduction AS r JOIN project AS p USING (project_id) WHERE p.stage = 'dormant' AND rung <> 'notified'",
        (0,),
    ),
    "projects registered": ("SELECT count(*) FROM project WHERE stage = 'registered'", (94,)),
    "projects under validation": ("SELECT count(*) FROM project WHERE stage = 'validation'", (49,)),
    "projects that count, by stage": (
        "SELECT count(*) FROM project WHERE is_counted",
        f"SELECT sum(projects) FROM ladder WHERE {EXPECTED}",
    ),
    "annual estimate of the registered": (
        "SELECT sum(annual_tco2) FROM project WHERE stage = 'registered'",
        (751_076,),
    ),
    "annual estimate of those under validation": (
        "SELECT sum(annual_tco2) FROM project WHERE stage = 'validation'",
        (705_505,),
    ),
    "annual estimate of all": (
        "SELECT sum(annual_tco2) FROM project",
        "SELECT sum(annual_tco2) FROM project WHERE is_counted",
    ),
    "targets in force": (
        "SELECT sum(low_tco2), sum(high_tco2) FROM target WHERE standing = 'decided' AND fiscal_year = 2030",
        (100_000_000, 100_000_000),
    ),
    "itemised exactly of what was stated": (
        "SELECT sum(itemised_exact_tco2), sum(stated_tco2) FROM official_year WHERE calendar_year BETWEEN 2016 AND 2025",
        (127_918, 825_928),
    ),
    "a stated year is itemised, open or more than stated": (
        (
            "SELECT count(*) FROM official_year WHERE stated_tco2 IS NOT NULL"
            " AND stated_tco2 <> itemised_low_tco2 + open_high_tco2 - more_than_stated_tco2"
        ),
        (0,),
    ),
    "an event known as a range": (
        "SELECT amount_basis, tco2_low, tco2_high FROM issuance WHERE issuance_id = 'KH005-1'",
        ("range", 550_000, 612_525),
    ),
    "what is reported alone": (
        "SELECT sum(tco2_low) FROM issuance WHERE is_reported",
        "SELECT reported_tco2 FROM ladder WHERE rung = 'notified'",
    ),
    "what is reported alone, of the credits": (
        "SELECT sum(tco2_low) FROM credit WHERE is_reported",
        "SELECT reported_tco2 FROM ladder WHERE rung = 'notified'",
    ),
    "projects with a source, through the bridge": (
        "SELECT sum(annual_tco2) FROM project WHERE project_id IN (SELECT project_id FROM project_source)",
        (3_250_072,),
    ),
    "events of a project, through the bridge": (
        (
            "SELECT sum(tco2_low) FROM issuance WHERE issuance_id IN"
            " (SELECT issuance_id FROM issuance_project WHERE project_id = 'MN003')"
        ),
        "SELECT sum(tco2_low) FROM issuance AS i JOIN issuance_project AS b USING (issuance_id) WHERE b.project_id = 'MN003'",
    ),
    "estimates by their source": (
        (
            "SELECT sum(tonnes) FROM (SELECT s.publisher, sum(p.annual_tco2) AS tonnes FROM project AS p"
            " JOIN source AS s ON s.source_id = p.annual_source_id GROUP BY ALL)"
        ),
        "SELECT sum(annual_tco2) FROM project",
    ),
    "tonnes of a sector, with the name of the sector": (
        "SELECT sum(expected_tco2) FROM reduction AS r LEFT JOIN sector AS s USING (sector_number) WHERE fiscal_year <= 2030",
        f"SELECT sum(tco2_low) FROM ladder WHERE {EXPECTED}",
    ),
}


def answer(warehouse: Warehouse, sql: str) -> tuple[Any, ...]:
    with warehouse._connection.cursor() as cursor:
        rows = cursor.execute(sql).fetchall()
    assert len(rows) == 1, rows
    return tuple(rows[0])


@pytest.mark.parametrize("question", FIRST)
def test_a_naive_question_has_a_right_answer(question: str, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    sql, expected = FIRST[question]
    reference = answer(warehouse, expected) if isinstance(expected, str) else expected
    assert answer(warehouse, sql) == reference
    assert None not in reference


def test_there_are_enough_of_them() -> None:
    assert len(FIRST) >= 30


@pytest.mark.parametrize("day", [date(2018, 3, 31), date(2023, 3, 31), date(2025, 12, 31)])
def test_the_same_holds_on_a_past_day(day: date, warehouse_dir: Path) -> None:
    warehouse = current(warehouse_dir)
    of_day = f"as_of(DATE '{day}')"
    for sql, rung in (
        (f"SELECT sum(tco2_low), sum(tco2_high) FROM issuance_{of_day}", "notified"),
        (f"SELECT sum(issued_low_tco2), sum(issued_high_tco2) FROM issuance_{of_day}", "issued"),
        (f"SELECT sum(tco2_low), sum(tco2_high) FROM credit_{of_day}", "notified"),
        (f"SELECT sum(tco2_low), sum(tco2_high) FROM reduction_{of_day} WHERE rung = 'notified'", "notified"),
    ):
        expected = answer(warehouse, f"SELECT tco2_low, tco2_high FROM ladder_{of_day} WHERE rung = '{rung}'")
        assert answer(warehouse, sql) == expected, sql
