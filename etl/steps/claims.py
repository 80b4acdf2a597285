"""The day from which each statement about a project is known."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.steps.fact_rows import Claim, FactRows, latest_day
from etl.steps.stages import ProjectHistory, claim_known_on
from model.fiscal_year import last_day


def claims_known(histories: Mapping[str, ProjectHistory], facts: FactRows) -> pl.DataFrame:
    """Return the key of each claim with the day from which it is known."""
    rows = [
        (
            claim.project_id,
            claim.field,
            claim.value,
            claim.source_id,
            _known_from(claim, histories[project_id], facts),
        )
        for project_id, claims in facts.claims.items()
        if project_id in histories
        for claim in claims
    ]
    key = dict.fromkeys(("project_id", "field", "value", "source_id"), pl.String)
    return pl.DataFrame(rows, schema={**key, "known_on": pl.Date}, orient="row")


def _known_from(claim: Claim, history: ProjectHistory, facts: FactRows) -> date:
    if claim.field == "est_annual_tco2":
        return claim_known_on(claim, history.project, history.known_on, facts)[0]
    dated = facts.dated_on(claim.source_id)
    if claim.field == "registered_on":
        first = date.fromisoformat(claim.value if len(claim.value) > len("2025-02") else f"{claim.value}-01")
        stated = latest_day(first, "day" if len(claim.value) > len("2025-02") else "month")
        return max(stated, dated or stated, history.known_on)
    return max(dated or min(last_day(int(claim.value)), facts.data_as_of), history.known_on)
