"""The day from which each statement about a project is known."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.fact_rows import Claim, FactRows
from etl.steps.histories import claim_known_on
from etl.steps.stages import ProjectHistory
from model.fiscal_year import last_day


def claims_known(histories: Mapping[str, ProjectHistory], facts: FactRows) -> pl.DataFrame:
    """Return the key of each claim with the day from which it is known."""
    rows = [
        (one.project_id, one.field, one.value, one.source_id, _known_from(one, histories[project_id], facts))
        for project_id, claims in facts.claims.items()
        if project_id in histories
        for one in claims
    ]
    contract = table("project_claim")
    columns = (*contract.row_key, "known_on")
    return pl.DataFrame(rows, schema={name: contract.dtypes[name] for name in columns}, orient="row")


def _known_from(claim: Claim, history: ProjectHistory, facts: FactRows) -> date:
    if claim.field == "est_annual_tco2":
        return claim_known_on(claim, history.project, history.known_on, facts)[0]
    dated = facts.dated_on(claim.source_id)
    if claim.field == "registered_on":
        year, month, *day = map(int, claim.value.split("-"))
        stated = date(year, month, day[0] if day else monthrange(year, month)[1])
        return max(stated, dated or stated, history.known_on)
    return max(dated or min(last_day(int(claim.value)), facts.data_as_of), history.known_on)
