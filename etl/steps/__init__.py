"""What the build derives from the facts: states of projects, expected and verified tonnes, the ledger, comparisons."""

from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.assumptions import assumption_book, assumptions_over_time, delays_of, ndc_period
from etl.steps.claims import claims_known
from etl.steps.dating import dated_sources, dated_statements
from etl.steps.delivery import delivery_rows
from etl.steps.events import issuance_events
from etl.steps.evidence import Evidence
from etl.steps.expected import expected_rows
from etl.steps.fact_rows import Frames, read_fact_rows
from etl.steps.gx_rules import gx_rules
from etl.steps.headline import headline_basis, headline_sensitivity, targets_in_force
from etl.steps.histories import project_histories
from etl.steps.issued import known_events, verifications, verified_periods
from etl.steps.ledger import ledger_entries
from etl.steps.links import links
from etl.steps.participants import participants
from etl.steps.reconciliation import reconcile
from etl.steps.sites import project_sites
from etl.steps.stages import project_states
from etl.steps.verified import issuance_rungs, rung_levels, verified_rows
from etl.steps.vintages import by_vintage
from model.fiscal_year import fiscal_year_of


class _Derivation:
    """From the fact tables to expected and verified tonnes, and what is needed on the way there."""

    def __init__(self, frames: Frames, data_as_of: date) -> None:
        self.source = dated_sources(frames)
        self.statements = dated_statements(frames, self.source)
        dated = {**frames, "source": self.source}
        self.facts, self.events = read_fact_rows(dated, data_as_of), known_events(dated, data_as_of)
        self.histories = project_histories(self.facts, verified_periods(self.events))
        self.stated = table("assumption").cast(frames["assumption"])
        delays = delays_of(
            (h.project, h.start_known_on, h.selection_known_on) for h in self.histories.values()
        )
        pages = {source_id: page.known_on for source_id, page in self.facts.sources.items()}
        self.book = assumption_book(self.stated, delays, pages)
        last_fiscal_year = max(
            frames["target"].get_column("fiscal_year").to_list(), default=fiscal_year_of(data_as_of)
        )
        signed = dict(frames["partner_country"].select("iso3", "signed_from_on").iter_rows())
        self.years, self.ndc_period = by_vintage(self.events), ndc_period(self.stated)
        self.ledger = ledger_entries(self.events, self.years, self.facts.transfers, signed, self.ndc_period)
        self.levels = rung_levels(self.ledger)
        self.states = {
            project_id: history.states(self.book) for project_id, history in self.histories.items()
        }
        expecting = frozenset(
            p for p, some in self.states.items() if any(known.value.expects for known in some)
        )
        verified = verifications(self.events, self.histories, expecting, self.book)
        self.expected = expected_rows(self.histories, self.states, verified, self.book, last_fiscal_year)
        self.verified = verified_rows(self.years, self.levels)


def derive_tonnes(frames: Frames, data_as_of: date) -> dict[str, pl.DataFrame]:
    """Return the tables `expected` and `verified` alone, for whoever asks what facts would come to. Raises as `derive`."""
    derived = _Derivation(frames, data_as_of)
    return {"expected": derived.expected, "verified": derived.verified}


def derive(frames: Frames, data_as_of: date) -> dict[str, pl.DataFrame]:
    """Return the derived tables from the fact tables, as known on the day of the data.

    `source` and the tables of statements come back with the day they are known from; `assumption` holds the rows
    given plus the measured ones over time. Expected tonnes reach to the fiscal year of the last target. Raises
    MissingAssumption where a technology with an estimate has no lifetime, KeyError where a fact table is missing.
    """
    d = _Derivation(frames, data_as_of)
    evidence = Evidence(
        d.facts, d.histories, d.events, d.expected, d.book, frames["partner_country"], frames["target"]
    )
    target_years = targets_in_force(frames["target"], data_as_of)
    claims = frames["project_claim"].drop("known_on", strict=False)
    return {
        "source": d.source,
        **d.statements,
        "project_claim": claims.join(
            claims_known(d.histories, d.facts),
            on=["project_id", "field", "value", "source_id"],
            how="left",
            maintain_order="left",
        ),
        "project_state": project_states(d.histories, d.states),
        "project_site": project_sites(frames["project"], frames["project_place"], frames["map_shape"]),
        "issuance_event": issuance_events(d.events, frames["project"]),
        "issuance_rung": issuance_rungs(d.events, d.years, d.ledger, d.levels),
        "ledger_entry": d.ledger.drop("cell"),
        "gx_rule": gx_rules(frames["carbon_pricing"], d.ndc_period),
        "expected": d.expected,
        "verified": d.verified,
        "delivery": delivery_rows(d.events, d.histories),
        "assumption": assumptions_over_time(d.stated, d.book),
        "headline_basis": headline_basis(d.histories, d.book, data_as_of, target_years),
        "headline_sensitivity": headline_sensitivity(d.histories, d.book, data_as_of, target_years),
        "reconciliation": reconcile(
            d.statements["official_total"], frames["statement_scope"], evidence, data_as_of
        ),
        **links(frames),
        **participants(frames),
    }
