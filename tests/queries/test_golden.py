"""Every named query has golden results on the committed facts; a change of a figure must be looked at.

A golden file is there to be read: of a long result it holds the first rows and, below them, one line a column with the
sum of its numbers or the count of its different values. To accept new results: JCM_UPDATE_GOLDEN=1 python -m pytest tests/queries/test_golden.py, then read the diff.
"""

import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries.catalogue import catalogue
from queries.warehouse import current

GOLDEN = Path(__file__).parent / "golden"
LONG = 20
"""Rows of a result that are kept whole."""
KEPT_OF_LONG = 8
LONGEST_CELL = 120

CASES: dict[str, tuple[str, dict[str, object]]] = {
    "assumptions": ("assumptions", {}),
    "checks": ("checks", {}),
    "corrections": ("corrections", {}),
    "events_beside_the_chart": ("events_beside_the_chart", {}),
    "events_beside_the_chart-2021": ("events_beside_the_chart", {"as_of": date(2021, 1, 1)}),
    "filter_options": ("filter_options", {}),
    "findings": ("findings", {}),
    "expectation_by_project": ("expectation_by_project", {"countries": ["KHM", "SAU", "KEN"]}),
    "headline_basis": ("headline_basis", {}),
    "headline_sensitivity": ("headline_sensitivity", {}),
    "official_years": ("official_years", {}),
    "official_years-2020": ("official_years", {"as_of": date(2020, 12, 31)}),
    "readiness-mongolia": ("readiness", {"country": "MNG"}),
    "readiness_matrix": ("readiness_matrix", {}),
    "readiness_matrix-2025-11": ("readiness_matrix", {"as_of": date(2025, 11, 30)}),
    "readiness_matrix-thailand": ("readiness_matrix", {"country": "THA"}),
    "methodologies": ("methodologies", {}),
    "methodologies-mongolia-2020": ("methodologies", {"countries": ["MNG"], "as_of": date(2020, 12, 31)}),
    "methodology_projects-several": ("methodology_projects", {"methodology": "TH_AM005"}),
    "committee_decisions": ("committee_decisions", {}),
    "committee_decisions-mongolia-2020": (
        "committee_decisions",
        {"countries": ["MNG"], "as_of": date(2020, 12, 31)},
    ),
    "step_days": ("step_days", {}),
    "step_days-energy-demand": ("step_days", {"sectors": [3]}),
    "rule_times": ("rule_times", {}),
    "safeguards": ("safeguards", {}),
    "safeguards-2021": ("safeguards", {"as_of": date(2021, 12, 31)}),
    "list_copies": ("list_copies", {}),
    "listed_stages": ("listed_stages", {}),
    "partner_signatures-2015": ("partner_signatures", {"as_of": date(2015, 12, 31)}),
    "ladder": ("ladder", {}),
    "ladder-fy2040-japan": ("ladder", {"until_fiscal_year": 2040, "share": "japan"}),
    "ladder-2018": ("ladder", {"as_of": date(2018, 3, 31)}),
    "ladder-mongolia": ("ladder", {"countries": ["MNG"]}),
    "ladder-registered": ("ladder", {"statuses": ["registered"]}),
    "ladder_by_group": ("ladder_by_group", {}),
    "ladder_by_group-technology-2021": (
        "ladder_by_group",
        {"by": "technology", "as_of": date(2021, 10, 22), "until_fiscal_year": 2040},
    ),
    "reductions_by_group-sector": ("reductions_by_group", {"by": "sector"}),
    "reductions_by_group-funding-combined": (
        "reductions_by_group",
        {"by": "funding", "measure": "combined", "year_basis": "calendar"},
    ),
    "outlook_first_day": ("outlook_first_day", {}),
    "outlook_histories-2017": ("outlook_histories", {"as_of": date(2017, 3, 31)}),
    "outlook_known_events": ("outlook_known_events", {}),
    "outlook_past_days": ("outlook_past_days", {}),
    "outlook_projects-2017": ("outlook_projects", {"as_of": date(2017, 3, 31)}),
    "outlook_replaced": ("outlook_replaced", {}),
    "outlook_steps": ("outlook_steps", {}),
    "outlook_steps-2025-11": ("outlook_steps", {"as_of": date(2025, 11, 30)}),
    "outlook_verified": ("outlook_verified", {}),
    "outlook_verified_years": ("outlook_verified_years", {}),
    "sector_names": ("sector_names", {}),
    "change_sources": ("change_sources", {}),
    "article6_events": ("article6_events", {}),
    "article6_events-2025-11": ("article6_events", {"as_of": date(2025, 11, 30)}),
    "source_list-mongolia": ("source_list", {"countries": ["MNG"]}),
    "source_list-sector": ("source_list", {"sectors": [14]}),
    "sector_names-technology": ("sector_names", {"by": "technology"}),
    "sector_sizes": ("sector_sizes", {}),
    "sector_sizes-technology-2021": ("sector_sizes", {"by": "technology", "as_of": date(2021, 10, 22)}),
    "sector_by_country": ("sector_by_country", {}),
    "sector_by_country-technology-fy2040-japan": (
        "sector_by_country",
        {"by": "technology", "until_fiscal_year": 2040, "share": "japan"},
    ),
    "durations": ("durations", {}),
    "durations-2018": ("durations", {"as_of": date(2018, 3, 31)}),
    "delivery_ratio": ("delivery_ratio", {}),
    "delivery_ratio-mongolia-2022": (
        "delivery_ratio",
        {"countries": ["MNG"], "as_of": date(2022, 12, 31)},
    ),
    "map_shapes": ("map_shapes", {}),
    "project_sites": ("project_sites", {}),
    "map_projects-2021": ("map_projects", {"as_of": date(2021, 10, 22)}),
    "map_clusters": ("map_clusters", {}),
    "map_totals": ("map_totals", {}),
    "projects-boilers": ("projects", {"words": ["ぼいら"], "sort": "annual"}),
    "projects-2018": ("projects", {"as_of": date(2018, 3, 31), "sort": "country", "rows_at_most": 20}),
    "project_totals": ("project_totals", {}),
    "project_totals-solar-mongolia": ("project_totals", {"words": ["solar", "もんごる"]}),
    "project_facet": ("project_facet", {"by": "technology"}),
    "project_facts": ("project_facts", {"project": "MN003"}),
    "project_facts-2018": ("project_facts", {"project": "MN003", "as_of": date(2017, 3, 31)}),
    "project_claims": ("project_claims", {"project": "MN003"}),
    "project_sources": ("project_sources", {"project": "MN003"}),
    "project_events": ("project_events", {"project": "MN003"}),
    "project_sightings": ("project_sightings", {"project": "VN017"}),
    "project_years": ("project_years", {"project": "MN003"}),
    "project_similar": ("project_similar", {"project": "MN003"}),
    "project_keys": ("project_keys", {}),
    "project_participants": ("project_participants", {"project": "TH031"}),
    "participants": ("participants", {}),
    "participants-groups-2020": (
        "participants",
        {"by": "group", "as_of": date(2020, 3, 31), "sort": "expected"},
    ),
    "participants-thai-partners": (
        "participants",
        {"side": "partner", "countries": ["THA"], "sort": "notified"},
    ),
    "participants-search": ("participants", {"words": ["とよた"], "sort": "name"}),
    "participants-of-one": ("participants", {"participants": ["marubeni"]}),
    "participant_profile": ("participant_profile", {"participant": "kansai-energy-solutions-thailand"}),
    "participant_names": ("participant_names", {}),
    "coverage_matrix": ("coverage_matrix", {}),
    "coverage_matrix-2016": ("coverage_matrix", {"as_of": date(2016, 3, 31)}),
    "country_issuances": ("country_issuances", {"country": "MNG"}),
    "country_climate": ("country_climate", {"country": "IDN"}),
    "country_statements": ("country_statements", {"country": "MNG"}),
    "milestones-2016": ("milestones", {"as_of": date(2016, 12, 31)}),
    "milestones": ("milestones", {}),
    "issuance_by_year": ("issuance_by_year", {}),
    "issuance_by_year-period-sector": ("issuance_by_year", {"counted": "period", "by": "sector"}),
    "issuance_by_year-issuance-2020": (
        "issuance_by_year",
        {"counted": "issuance", "as_of": date(2020, 3, 31)},
    ),
    "allocation": ("allocation", {}),
    "allocation-event-mongolia": ("allocation", {"by": "event", "countries": ["MNG"]}),
    "vintages": ("vintages", {}),
    "vintages-2019": ("vintages", {"as_of": date(2019, 3, 31)}),
    "issuances": ("issuances", {}),
    "ledger_states": ("ledger_states", {}),
    "ledger_states-2020": ("ledger_states", {"as_of": date(2020, 3, 31)}),
    "ledger_entries-mongolia": ("ledger_entries", {"countries": ["MNG"]}),
    "ledger_adjustments": ("ledger_adjustments", {}),
    "ledger_ndc_periods": ("ledger_ndc_periods", {}),
    "credits_listed-thailand": ("credits_listed", {"countries": ["THA"]}),
    "credits_listed-not-known": ("credits_listed", {"gx": "not_known"}),
    "host_side": ("host_side", {}),
    "host_side-2019": ("host_side", {"as_of": date(2019, 3, 31)}),
    "host_ndc_figures": ("host_ndc_figures", {}),
    "reconciliation": ("reconciliation", {}),
    "reconciliation-issued": ("reconciliation", {"metrics": ["credits_issued_cumulative"]}),
    "reductions_by_year": ("reductions_by_year", {}),
    "reductions_by_year-calendar-decision": (
        "reductions_by_year",
        {"year_basis": "calendar", "dated_by": "decision"},
    ),
    "reductions_by_year-combined": ("reductions_by_year", {"measure": "combined"}),
    "reductions_by_year-japan-mongolia": ("reductions_by_year", {"share": "japan", "countries": ["MNG"]}),
    "reductions_by_year-private-transport": ("reductions_by_year", {"fundings": ["private"], "sectors": [7]}),
    "rejected_rows": ("rejected_rows", {}),
    "own_record": ("own_record", {}),
    "quality_coverage": ("quality_coverage", {}),
    "quality_doubts": ("quality_doubts", {}),
    "refresh_proposals": ("refresh_proposals", {}),
    "refresh_revisions": ("refresh_revisions", {}),
    "refresh_sources": ("refresh_sources", {}),
    "targets": ("targets", {}),
    "targets-2016": ("targets", {"as_of": date(2016, 1, 1)}),
    "targets-2014": ("targets", {"as_of": date(2014, 1, 1)}),
    "wordings": ("wordings", {}),
}

# What these hold changes with every edit of a file or of the code: versions, hashes and row counts.
WITHOUT_GOLDEN = {"build_info", "columns", "source_files"}


def readable(result: pl.DataFrame) -> str:
    """The result as CSV; a long one as its first rows with a summary of each column."""
    shown = result if result.height <= LONG else result.head(KEPT_OF_LONG)
    text = shown.with_columns(pl.col(pl.String).str.slice(0, LONGEST_CELL)).write_csv()
    if shown.height == result.height:
        return text
    summary = [f"rows: {result.height}"]
    for name, dtype in result.schema.items():
        column = result.get_column(name)
        if dtype.is_numeric():
            total = column.sum()
            words = f"sum {total:.6g}" if dtype.is_float() else f"sum {total}"
        else:
            words = f"{column.drop_nulls().n_unique()} different"
        summary.append(f"{name}: {words}, {column.null_count()} empty")
    return text + "\n".join(summary) + "\n"


def test_every_query_has_a_golden_case() -> None:
    assert {query for query, _ in CASES.values()} | WITHOUT_GOLDEN == set(catalogue())


@pytest.mark.parametrize("case", CASES)
def test_result_is_the_golden_one(case: str, warehouse_dir: Path) -> None:
    query, parameters = CASES[case]
    text = readable(pl.DataFrame(current(warehouse_dir).run(query, **parameters)))
    path = GOLDEN / f"{case}.csv"
    if os.environ.get("JCM_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden file for {case}; see the top of this module"
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()
