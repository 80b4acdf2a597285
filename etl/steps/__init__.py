"""What the build derives from the facts: stages, reductions, checks and reconciliation."""

from datetime import date

import polars as pl

from etl.steps.assumptions import ASSUMPTION_COLUMNS, assumption_book, measured_assumptions
from etl.steps.evidence import Evidence
from etl.steps.fact_rows import Frames, read_fact_rows
from etl.steps.issuance_stages import issuance_stages
from etl.steps.issued import event_knowledge
from etl.steps.ledger import ledger_entries
from etl.steps.reconciliation import reconcile
from etl.steps.reductions import derive_reductions
from etl.steps.schedules import project_schedules
from etl.steps.sites import project_sites
from etl.steps.stages import project_histories, project_stages
from model.fiscal_year import fiscal_year_of


def derive(frames: Frames, data_as_of: date) -> dict[str, pl.DataFrame]:
    """Return the derived tables from the fact tables, as known on the day of the data.

    `assumption` holds the rows given plus the measured ones; a row given under a measured code stands
    instead of it. Reductions reach to the fiscal year of the last target. Raises MissingAssumption where a
    technology with an estimate has no lifetime, KeyError where a fact table is missing.
    """
    facts = read_fact_rows(frames)
    histories = project_histories(facts, data_as_of)
    knowledge = {event.issuance_id: event_knowledge(event, facts, data_as_of) for event in facts.events}
    stated = frames["assumption"].select(
        pl.col(column).cast(dtype) for column, dtype in ASSUMPTION_COLUMNS.items()
    )
    measured = measured_assumptions(facts.projects.values())
    assumption = pl.concat([stated, measured.join(stated, on="assumption_code", how="anti")])
    target_years = frames["target"].get_column("fiscal_year").to_list()
    last_fiscal_year = max(target_years, default=fiscal_year_of(data_as_of))
    book = assumption_book(assumption)
    reduction = derive_reductions(facts, histories, knowledge, book, last_fiscal_year)
    evidence = Evidence(
        facts, histories, knowledge, reduction, frames["partner_country"], frames["target"], data_as_of
    )
    return {
        "project_stage": project_stages(histories.values()),
        "project_schedule": project_schedules(histories.values(), book),
        "project_site": project_sites(frames["project"], frames["project_place"], frames["map_shape"]),
        "issuance_stage": issuance_stages(facts, knowledge),
        "ledger_entry": ledger_entries(facts, knowledge, frames),
        "reduction": reduction,
        "assumption": assumption.sort("assumption_code"),
        "reconciliation": reconcile(frames["official_total"], evidence),
    }
