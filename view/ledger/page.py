"""Sentences and tiles of the Article 6 page."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, fields
from html import escape
from typing import Any

import pyarrow as pa

from model.ledger.rules import (
    ACTIONS,
    JAPAN_COMPANIES,
    JAPAN_GOVERNMENT,
    JAPAN_SIDE,
    NOT_KNOWN,
    STATES,
    UNALLOCATED,
)
from view.amounts import amount_short, as_reported, between, reported, tonnes, tonnes_between, with_reported
from view.credits.vintages import vintage_rule
from view.selection import Selection
from view.target.content import Rows, labelled
from view.texts import Texts
from view.tiles import Tile, TileMaker

ARTICLE_6 = ("authorise", "transfer", "acquire", "use_ndc", "use_other", "cancel")
_HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE)


@dataclass(frozen=True)
class Standing:
    """Tonnes that stand in one place of the ledger, both ends, tCO2, and the entries there without an amount."""

    tco2_low: int
    tco2_high: int
    reported_tco2: int
    without_amount: int

    def written(self, t: Texts, write: Callable[[float, Texts], str]) -> str:
        """The tonnes in words, with the part that is only reported."""
        return with_reported(between(self.tco2_low, self.tco2_high, t, write), self.reported_tco2, t)


@dataclass(frozen=True)
class Ledger:
    """Rows by query for one selection."""

    selection: Selection
    states: Rows
    adjustments: Rows
    entries: Rows
    filters_text: str
    build: Mapping[str, Any]

    def of_state(self, *states: str) -> Standing:
        """What stands in any of the states, all holders."""
        own = [row for row in self.states if row["state"] in states]
        return Standing(*(sum(row[f.name] for row in own) for f in fields(Standing)))

    def reported_of(self, party: str, year: int) -> int:
        """Tonnes first transferred by a Party in a year that rest on sources alone that are never believed alone, tCO2."""
        return sum(
            row["quantity_tco2"] or 0
            for row in self.entries
            if row["is_booked"] and row["action"] == "transfer" and row["is_reported"]
            if (row["iso3"], row["occurred_on"].year) == (party, year)
        )


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


def answer(ledger: Ledger, t: Texts) -> str:
    """How much is issued, and how much of it can count towards the NDC."""
    issued = ledger.of_state(*STATES[1:])
    moved = ledger.of_state("transferred", "used_ndc", "used_other", "cancelled")
    used = ledger.of_state("used_ndc")
    first = t("No issue with a known amount is in our records.")
    if issued.tco2_high:
        first = t(
            "{issued} issued so far in our records.",
            issued=between(issued.tco2_low, issued.tco2_high, t, amount_short),
        )
    if not moved.tco2_high and not moved.without_amount:
        second = t("None is known to be first transferred under Article 6.")
    elif not moved.tco2_high:
        second = t.count(
            "{n} first transfer under Article 6, amount not stated.",
            "{n} first transfers under Article 6, amounts not stated.",
            moved.without_amount,
        )
    else:
        second = t("First transferred under Article 6: {amount}.", amount=moved.written(t, _exact))
    third = t("None is known to be used towards Japan's NDC.")
    if used.tco2_high or used.without_amount:
        third = t("{amount} used towards Japan's NDC.", amount=used.written(t, _exact))
    return t.gap.join((first, second, third))


def _exact(tco2: float, t: Texts) -> str:
    return tonnes(round(tco2), t)


def under(ledger: Ledger, t: Texts) -> str:
    """What the ledger is."""
    parts = [
        t("Every tonne stands in one state and with one holder; what is not stated stays unknown"),
        ledger.filters_text or t("all partner countries, public and private"),
        t("as of {day}", day=t.day(ledger.selection.as_of)),
    ]
    return " · ".join(parts)


def states_table(ledger: Ledger, t: Texts) -> str:
    """HTML: holders by state, with known tonnes and the entries whose amount is not known."""
    names = state_names(t)
    present = {row["holder"] for row in ledger.states}
    partners = sorted(h for h in present if h not in {*_HOLDERS, NOT_KNOWN})
    holders = [h for h in (*_HOLDERS, *partners, NOT_KNOWN) if h in present]
    found = {(row["holder"], row["state"]): row for row in ledger.states}
    head = f'<th scope="col">{escape(t("Holder"))}</th>' + "".join(
        f'<th scope="col" class="jcm-n">{escape(names[s])}</th>' for s in STATES
    )
    body = "".join(
        f'<tr><th scope="row">{escape(holder_name(holder, t))}</th>'
        + "".join(_cell(found.get((holder, state)), t) for state in STATES)
        + "</tr>"
        for holder in holders
    )
    sums = "".join(_cell(_sum(ledger, state), t) for state in STATES)
    total = f'<tr class="jcm-sum"><th scope="row">{escape(t("All"))}</th>{sums}</tr>'
    return (
        f'<div class="jcm-scroll"><table class="jcm-tight jcm-vintages"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}{total}</tbody></table></div>"
    )


def _sum(ledger: Ledger, state: str) -> Mapping[str, int] | None:
    found = ledger.of_state(state)
    return asdict(found) if found.tco2_high or found.without_amount else None


def _cell(row: Mapping[str, Any] | None, t: Texts) -> str:
    if row is None:
        return f'<td class="jcm-n jcm-none" title="{escape(t("none known"), quote=True)}">·</td>'
    unknown = row["without_amount"]
    small = f"<small>{escape(t('+ {n} without an amount', n=t.number(unknown)))}</small>" if unknown else ""
    small += _reported(row["reported_tco2"], t)
    low, high = row["tco2_low"], row["tco2_high"]
    known = tonnes_between(low, high, t) if high else t("amount not known")
    return f'<td class="jcm-n jcm-has">{escape(known)}{small}</td>'


def _reported(tco2: int, t: Texts) -> str:
    return f"<small>{escape(reported(tco2, t))}</small>" if tco2 else ""


def adjustments_table(ledger: Ledger, t: Texts) -> str:
    """HTML: each Party's additions and subtractions by year."""
    if not ledger.adjustments:
        return " "
    heads = (
        (t("Party"), ""),
        (t("Year"), "jcm-n"),
        (t("Vintage"), "jcm-n"),
        (t("Added: first transferred"), "jcm-n"),
        (t("Subtracted: used towards the NDC"), "jcm-n"),
        (t("Events"), "jcm-n"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for row in ledger.adjustments:
        is_japan = row["party"] == "JPN"
        added = "–" if is_japan else escape(_amount(row["added_tco2"], t))
        added += _reported(0 if is_japan else ledger.reported_of(row["party"], row["year"]), t)
        taken = _amount(row["subtracted_tco2"], t) if is_japan else "–"
        missing = row["without_amount"]
        small = f"<small>{escape(t('{n} without an amount', n=t.number(missing)))}</small>" if missing else ""
        body += (
            f'<tr><th scope="row">{escape(t.country(row["party"]))}</th><td class="jcm-n">{row["year"]}</td>'
            f'<td class="jcm-n">{escape(_vintage(row, t))}</td><td class="jcm-n">{added}</td>'
            f'<td class="jcm-n">{escape(taken)}</td><td class="jcm-n">{t.number(row["events"])}{small}</td></tr>'
        )
    return (
        f'<div class="jcm-scroll"><table class="jcm-tight jcm-vintages"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _amount(value: int | None, t: Texts) -> str:
    return t("amount not known") if value is None else tonnes(value, t)


def _vintage(row: Mapping[str, Any], t: Texts) -> str:
    first, last = row["vintage_from"], row["vintage_to"]
    if first is None or last is None:
        return t("not known")
    return str(first) if first == last else f"{first}–{last}"


def entries_table(rows: Rows, t: Texts) -> str:
    """HTML: entries with what moved, from whom to whom, and why one was refused."""
    names = action_names(t)
    known = {(row["issuance_id"], row["action"]) for row in rows if row["quantity_tco2"] is not None}
    heads = (
        (t("Day"), "jcm-nowrap"),
        (t("Event"), ""),
        (t("Partner country"), "jcm-hide-narrow"),
        (t("Action"), ""),
        (t("Holder"), "jcm-hide-narrow"),
        (t("Amount"), "jcm-n"),
        (t("Remark"), "jcm-hide-narrow"),
        (t("Source"), "jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for row in rows:
        remark = row["assumption_codes"] or ""
        if not row["is_booked"]:
            remark = t("Refused: {reason}", reason=t.pick(row["message_en"], row["message_ja"]))
        quantity = _quantity(row, known, t)
        cells = (
            escape(t.day_short(row["occurred_on"])),
            escape(row["issuance_id"]),
            escape(t.country(row["iso3"])),
            escape(names[row["action"]]),
            escape(holder_name(row["holder_to"], t)),
            escape(quantity),
            escape(remark),
            f'<a class="jcm-link" href="{escape(row["url"], quote=True)}" rel="noreferrer">{escape(t("page"))}</a>',
        )
        css = "" if row["is_booked"] else ' class="jcm-kept"'
        body += (
            f"<tr{css}>"
            + "".join(f'<td class="{c}">{cell}</td>' for cell, (_, c) in zip(cells, heads, strict=True))
            + "</tr>"
        )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _quantity(row: Mapping[str, Any], known: Collection[tuple[str, str]], t: Texts) -> str:
    """The amount of an entry; one beside a known part of the same event and action is what is left of it."""
    if row["quantity_tco2"] is None:
        is_rest = (row["issuance_id"], row["action"]) in known
        return t("the rest, not known") if is_rest else t("not known")
    quantity = tonnes_between(row["quantity_tco2"], row["quantity_high_tco2"], t)
    return as_reported(quantity, t) if row["is_reported"] else quantity


def entries_rows(rows: Rows, t: Texts) -> pa.Table:
    """The same as a plain table."""
    names = action_names(t)
    return labelled(
        {
            t("Entry"): [r["entry_number"] for r in rows],
            t("Day"): [r["occurred_on"] for r in rows],
            t("Event"): [r["issuance_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Action"): [names[r["action"]] for r in rows],
            t("Holder before"): [r["holder_from"] for r in rows],
            t("Holder"): [r["holder_to"] for r in rows],
            t("Amount, low end (tCO2)"): [r["quantity_tco2"] for r in rows],
            t("Amount, high end (tCO2)"): [r["quantity_high_tco2"] for r in rows],
            t("Reported, not confirmed"): [t("yes") if r["is_reported"] else t("no") for r in rows],
            t("Booked"): [t("yes") if r["is_booked"] else t("no") for r in rows],
            t("Remark"): [
                r["assumption_codes"] if r["is_booked"] else t.pick(r["message_en"], r["message_ja"])
                for r in rows
            ],
            t("Source"): [r["url"] for r in rows],
        }
    )


def tiles_of(ledger: Ledger, tile: TileMaker, t: Texts) -> dict[str, Tile]:
    """Every tile of the page."""
    decided = [row for row in ledger.entries if row["action"] == "decide"]
    coverage = t(
        "amount known of {n} of {all} issuance decisions",
        n=t.number(len({row["issuance_id"] for row in decided if row["quantity_tco2"] is not None})),
        all=t.number(len({row["issuance_id"] for row in decided})),
    )
    article6 = [row for row in ledger.entries if row["action"] in ARTICLE_6 or not row["is_booked"]]
    refused = sum(not row["is_booked"] for row in ledger.entries)
    names = state_names(t)
    made = (
        tile(
            "ledger_states",
            "ledger_states",
            coverage,
            title=t("Where every tonne stands: decided, issued, authorised, transferred, used"),
            sentence=t(
                "Each tonne is counted once; the row and the column it stands in tell its holder and its state."
            ),
            body=states_table(ledger, t) if ledger.states else " ",
            table=labelled(
                {
                    t("State"): [names[r["state"]] for r in ledger.states],
                    t("Holder"): [holder_name(r["holder"], t) for r in ledger.states],
                    t("Low end (tCO2)"): [r["tco2_low"] for r in ledger.states],
                    t("High end (tCO2)"): [r["tco2_high"] for r in ledger.states],
                    t("Reported, not confirmed (tCO2)"): [r["reported_tco2"] for r in ledger.states],
                    t("Entries without an amount"): [r["without_amount"] for r in ledger.states],
                }
            ),
            notes=(vintage_rule(t),),
        ),
        tile(
            "adjustments",
            "ledger_adjustments",
            coverage,
            title=t("Corresponding adjustments by Party and year"),
            sentence=t(
                "The partner adds what it first transferred, Japan subtracts what it used towards its NDC; the rest is"
                " held, used otherwise or cancelled."
            )
            if ledger.adjustments
            else t("No adjustment follows from what is known in this selection."),
            body=adjustments_table(ledger, t),
            table=labelled(
                {
                    t("Party"): [t.country(r["party"]) for r in ledger.adjustments],
                    t("Year"): [r["year"] for r in ledger.adjustments],
                    t("Vintage"): [_vintage(r, t) for r in ledger.adjustments],
                    t("Added (tCO2)"): [r["added_tco2"] for r in ledger.adjustments],
                    t("Of the added, only reported (tCO2)"): [
                        ledger.reported_of(r["party"], r["year"]) for r in ledger.adjustments
                    ],
                    t("Subtracted (tCO2)"): [r["subtracted_tco2"] for r in ledger.adjustments],
                    t("Events"): [r["events"] for r in ledger.adjustments],
                    t("Events without an amount"): [r["without_amount"] for r in ledger.adjustments],
                }
            ),
        ),
        tile(
            "article6_entries",
            "ledger_entries",
            coverage,
            title=t("Authorised, first transferred and used: every entry"),
            sentence=t.count(
                "{n} entry, {refused} refused.",
                "{n} entries, {refused} refused.",
                len(article6),
                refused=t.number(refused),
            )
            if article6
            else t("No entry is known in this selection."),
            body=entries_table(article6, t) if article6 else " ",
            table=entries_rows(article6, t),
        ),
        tile(
            "ledger_entries",
            "ledger_entries",
            coverage,
            title=t("The whole ledger: decided, issued, authorised, transferred and used"),
            sentence=t.count(
                "{n} entry, the latest first.", "{n} entries, the latest first.", len(ledger.entries)
            ),
            body=entries_table(ledger.entries, t) if ledger.entries else " ",
            table=entries_rows(ledger.entries, t),
        ),
    )
    return {one.key: one for one in made}
