"""What the build derives from the facts: states of projects, expected and verified tonnes, the ledger, comparisons."""

from datetime import date

import polars as pl

from etl.steps.assumptions import (
    ASSUMPTION_COLUMNS,
    assumption_book,
    assumptions_over_time,
    delays_of,
)
from etl.steps.delivery import delivery_rows
from etl.steps.events import issuance_events
from etl.steps.evidence import Evidence
from etl.steps.expected import expected_rows
from etl.steps.fact_rows import Frames, read_fact_rows
from etl.steps.headline import headline_basis, headline_sensitivity, targets_in_force
from etl.steps.issued import event_knowledge, verifications, verified_periods
from etl.steps.known import dated_sources, dated_statements
from etl.steps.ledger import ledger_entries
from etl.steps.links import links
from etl.steps.reconciliation import reconcile
from etl.steps.sites import project_sites
from etl.steps.stages import claims_known, project_histories, project_states
from etl.steps.verified import issuance_rungs, verified_rows
from model.fiscal_year import fiscal_year_of


def derive(frames: Frames, data_as_of: date) -> dict[str, pl.DataFrame]:
    """Return the derived tables from the fact tables, as known on the day of the data.

    `source` and the tables of statements come back with the day they are known from; `assumption` holds the rows
    given plus the measured ones over time. Expected tonnes reach to the fiscal year of the last target. Raises
    MissingAssumption where a technology with an estimate has no lifetime, KeyError where a fact table is missing.
    """
    source = dated_sources(frames)
    statements = dated_statements(frames, source)
    facts = read_fact_rows({**frames, "source": source}, data_as_of)
    knowledge = {event.issuance_id: event_knowledge(event, facts) for event in facts.events}
    histories = project_histories(facts, verified_periods(facts, knowledge))
    stated = frames["assumption"].select(
        pl.col(column).cast(dtype) for column, dtype in ASSUMPTION_COLUMNS.items()
    )
    delays = delays_of((h.project, h.start_known_on, h.selection_known_on) for h in histories.values())
    pages = {source_id: page.known_on for source_id, page in facts.sources.items()}
    book = assumption_book(stated, delays, pages)
    last_fiscal_year = max(
        frames["target"].get_column("fiscal_year").to_list(), default=fiscal_year_of(data_as_of)
    )
    signed = dict(frames["partner_country"].select("iso3", "signed_from_on").iter_rows())
    ledger = ledger_entries(facts, knowledge, signed)
    states = {project_id: history.states(book) for project_id, history in histories.items()}
    expected = expected_rows(
        histories, states, verifications(facts, knowledge, histories, book), book, last_fiscal_year
    )
    evidence = Evidence(
        facts, histories, knowledge, expected, book, frames["partner_country"], frames["target"]
    )
    target_years = targets_in_force(frames["target"], data_as_of)
    project_state = project_states(histories, states)
    claims = frames["project_claim"].drop("known_on", strict=False)
    return {
        "source": source,
        **statements,
        "project_claim": claims.join(
            claims_known(histories, facts),
            on=["project_id", "field", "value", "source_id"],
            how="left",
            maintain_order="left",
        ),
        "project_state": project_state,
        "project_site": project_sites(frames["project"], frames["project_place"], frames["map_shape"]),
        "issuance_event": issuance_events(facts, knowledge),
        "issuance_rung": issuance_rungs(facts, knowledge, ledger),
        "ledger_entry": ledger,
        "expected": expected,
        "verified": verified_rows(facts, knowledge, ledger),
        "delivery": delivery_rows(facts, knowledge, histories),
        "assumption": assumptions_over_time(stated, book),
        "headline_basis": headline_basis(histories, book, data_as_of, target_years),
        "headline_sensitivity": headline_sensitivity(histories, book, data_as_of, target_years),
        "reconciliation": reconcile(
            statements["official_total"], frames["statement_scope"], evidence, data_as_of
        ),
        **links(frames),
    }
