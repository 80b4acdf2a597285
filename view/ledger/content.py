"""What the Article 6 page knows for one selection, and its tables."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from model.ledger.rules import (
    ACTIONS,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    STATES,
    UNALLOCATED,
)
from view.amounts import as_reported, between, reported, tonnes_between, with_reported
from view.marks.table import ONE_LINE, WIDE, Column, Markup, Table, small
from view.page import Asked, Content, Rows
from view.texts import Texts

TCO2 = "tCO2"
Row = Mapping[str, Any]
_HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE)


@dataclass(frozen=True)
class Standing:
    """Tonnes in one place of the ledger, both ends, tCO2, and the entries there without an amount."""

    tco2_low: int
    tco2_high: int
    reported_tco2: int
    without_amount: int

    def written(self, t: Texts, write: Callable[[float, Texts], str]) -> str:
        """The tonnes in words, with the part that is only reported."""
        return with_reported(between(self.tco2_low, self.tco2_high, t, write), self.reported_tco2, t)


class Ledger(Content):
    """Rows by query for one selection."""

    states = Asked("ledger_states")
    adjustments = Asked("ledger_adjustments")
    periods = Asked("ledger_ndc_periods")
    hosts = Asked("host_side")
    ndc_figures = Asked("host_ndc_figures")
    listed = Asked("credits_listed")
    entries = Asked("ledger_entries")

    def of_state(self, *states: str) -> Standing:
        """What is in any of the states, all holders."""
        own = [row for row in self.states if row["state"] in states]
        return Standing(*(sum(row[f.name] for row in own) for f in fields(Standing)))


def state_names(t: Texts) -> dict[str, str]:
    """Names of the states, in the order in which a tonne reaches them."""
    return {
        "decided": t("Decided; issue not known"),
        "issued": t("Issued, not authorised"),
        "authorised": t("Authorised"),
        "transferred": t("First transferred (ITMO)"),
        "used_ndc": t("Used towards the NDC"),
        "used_other": t("Used for other purposes"),
        "cancelled": t("Cancelled"),
    }


def holder_name(holder: str, t: Texts) -> str:
    """Name of a holder."""
    names = {
        UNALLOCATED: t("None known yet"),
        JAPAN_GOVERNMENT: t("Japanese government"),
        JAPAN_COMPANIES: t("Japanese companies"),
        JAPAN_SIDE: t("Japanese side, not divided in our records"),
        NOT_KNOWN: t("Holder not known"),
    }
    return names.get(holder) or t.country(holder)


def action_names(t: Texts) -> dict[str, str]:
    """Names of the actions."""
    return {action.code: t.pick(action.en, action.ja) for action in ACTIONS.values()}


def vintage_words(year: int | None, t: Texts) -> str:
    """The calendar year of reductions."""
    return t("not known") if year is None else str(year)


def states_html(ledger: Ledger, t: Texts) -> Markup:
    """Holders by state, with known tonnes and the entries whose amount is not known."""
    names, nothing = state_names(t), Markup("")
    present = {row["holder"] for row in ledger.states}
    partners = sorted(h for h in present if h not in {*_HOLDERS, NOT_KNOWN})
    holders = [h for h in (*_HOLDERS, *partners, NOT_KNOWN) if h in present]
    found = {(row["holder"], row["state"]): row for row in ledger.states}
    head = nothing.join(Markup('<th scope="col" class="jcm-n">{}</th>').format(names[s]) for s in STATES)
    body = nothing.join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            holder_name(holder, t), nothing.join(_cell(found.get((holder, state)), t) for state in STATES)
        )
        for holder in holders
    )
    sums = nothing.join(_cell(_sum(ledger, state), t) for state in STATES)
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight jcm-vintages"><thead><tr>'
        '<th scope="col">{}</th>{}</tr></thead><tbody>{}<tr class="jcm-sum"><th scope="row">{}</th>{}</tr></tbody></table></div>'
    ).format(t("Holder"), head, body, t("All"), sums)


def states_table(ledger: Ledger, t: Texts) -> Table[Row]:
    """One row a state and holder."""
    names = state_names(t)
    return Table(
        (
            Column("state", t("State"), value=lambda r: names[r["state"]], cell=None),
            Column("holder", t("Holder"), value=lambda r: holder_name(r["holder"], t), cell=None),
            Column("tco2_low", t("Low end (tCO2)"), "tonnes", cell=None),
            Column("tco2_high", t("High end (tCO2)"), "tonnes", cell=None),
            Column("reported_tco2", t("Reported, not confirmed (tCO2)"), "tonnes", cell=None),
            Column("without_amount", t("Entries without an amount"), "number", cell=None),
        ),
        ledger.states,
        t,
    )


def _sum(ledger: Ledger, state: str) -> Mapping[str, int] | None:
    found = ledger.of_state(state)
    return asdict(found) if found.tco2_high or found.without_amount else None


def _cell(row: Row | None, t: Texts) -> Markup:
    if row is None:
        return Markup('<td class="jcm-n jcm-none" title="{}">·</td>').format(t("none known"))
    unknown = row["without_amount"]
    lacking = small(t("+ {n} without an amount", n=t.number(unknown)) if unknown else "")
    low, high = row["tco2_low"], row["tco2_high"]
    known = tonnes_between(low, high, t) if high else t("amount not known")
    weak = small(reported(row["reported_tco2"], t))
    return Markup('<td class="jcm-n jcm-has">{}{}{}</td>').format(known, lacking, weak)


def entries_table(rows: Rows, t: Texts) -> Table[Row]:
    """Entries with what moved, from whom to whom, and why one was refused."""
    names = action_names(t)
    known = {
        (row["issuance_id"], row["action"], row["vintage"])
        for row in rows
        if row["quantity_tco2"] is not None
    }

    def remark(row: Row) -> str | None:
        return row["assumption_codes"] if row["is_booked"] else t.pick(row["message_en"], row["message_ja"])

    def remark_words(row: Row) -> str:
        return (remark(row) or "") if row["is_booked"] else t("Refused: {reason}", reason=remark(row))

    def yes_or_no(key: str, label: str) -> Column[Row]:
        return Column(key, label, value=lambda r: t("yes") if r[key] else t("no"), cell=None)

    return Table(
        (
            Column("entry_number", t("Entry"), cell=None),
            Column("occurred_on", t("Day"), "day", css=ONE_LINE),
            Column("issuance_id", t("Event")),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]), css=WIDE),
            Column("action", t("Action"), value=lambda r: names[r["action"]]),
            Column("vintage", t("Vintage"), value=lambda r: vintage_words(r["vintage"], t), is_figure=True),
            Column("holder_from", t("Holder before"), cell=None),
            Column("holder_to", t("Holder"), cell=lambda r: holder_name(r["holder_to"], t), css=WIDE),
            Column(
                "quantity_tco2",
                t("Amount, low end (tCO2)"),
                "tonnes",
                cell=lambda r: _quantity(r, known, t),
                page_label=t("Amount"),
            ),
            Column("quantity_high_tco2", t("Amount, high end (tCO2)"), "tonnes", cell=None),
            yes_or_no("is_reported", t("Reported, not confirmed")),
            yes_or_no("is_booked", t("Booked")),
            Column("remark", t("Remark"), value=remark, cell=remark_words, css=WIDE),
            Column("url", t("Source"), "source", css=WIDE),
        ),
        rows,
        t,
        is_long=True,
        row_css=lambda r: "" if r["is_booked"] else "jcm-kept",
    )


def _quantity(row: Row, known: Collection[tuple[str, str, int | None]], t: Texts) -> str:
    """The amount of an entry; one beside a known part of the same event and action is what is left of it."""
    if row["quantity_tco2"] is None:
        is_rest = (row["issuance_id"], row["action"], row["vintage"]) in known
        return t("the rest, not known") if is_rest else t("not known")
    quantity = tonnes_between(row["quantity_tco2"], row["quantity_high_tco2"], t)
    return as_reported(quantity, t) if row["is_reported"] else quantity
