"""Sentences and tiles of the Article 6 page."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from view.amounts import amount_short, tonnes
from view.selection import Selection
from view.target.content import Rows, labelled
from view.texts import Texts
from view.tiles import Tile, TileMaker

ARTICLE_6 = ("authorise", "transfer", "acquire", "use_ndc", "use_other", "cancel")
_HOLDERS = (UNALLOCATED, JAPAN_GOVERNMENT, JAPAN_COMPANIES, JAPAN_SIDE)


@dataclass(frozen=True)
class Ledger:
    """Rows by query for one selection."""

    selection: Selection
    states: Rows
    adjustments: Rows
    entries: Rows
    filters_text: str
    build: Mapping[str, Any]

    def of_state(self, *states: str) -> tuple[int, int]:
        """Known tonnes and entries without an amount that stand in any of the states."""
        own = [row for row in self.states if row["state"] in states]
        return sum(row["tco2"] for row in own), sum(row["without_amount"] for row in own)


def state_names(t: Texts) -> dict[str, str]:
    """Names of the states, in the order in which a tonne reaches them."""
    return {
        "decided": t("Decided, not issued"),
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
        UNALLOCATED: t("Not issued to a holder yet"),
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
    issued, _ = ledger.of_state(*STATES[1:])
    moved, moved_unknown = ledger.of_state("transferred", "used_ndc", "used_other", "cancelled")
    used, used_unknown = ledger.of_state("used_ndc")
    first = t("{issued} issued so far in our records.", issued=amount_short(issued, t))
    if not moved and not moved_unknown:
        second = t("None is known to be first transferred under Article 6.")
    elif not moved:
        second = t.count(
            "{n} first transfer under Article 6, amount not stated.",
            "{n} first transfers under Article 6, amounts not stated.",
            moved_unknown,
        )
    else:
        second = t("{amount} first transferred under Article 6.", amount=amount_short(moved, t))
    third = t("None is known to be used towards Japan's NDC.")
    if used or used_unknown:
        third = t("{amount} used towards Japan's NDC.", amount=amount_short(used, t))
    return ("" if t.lang == "ja" else " ").join((first, second, third))


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


def _sum(ledger: Ledger, state: str) -> dict[str, int] | None:
    known, unknown = ledger.of_state(state)
    return {"tco2": known, "without_amount": unknown} if known or unknown else None


def _cell(row: Mapping[str, Any] | None, t: Texts) -> str:
    if row is None:
        return f'<td class="jcm-n jcm-none" title="{escape(t("none known"), quote=True)}">·</td>'
    unknown = row["without_amount"]
    small = f"<small>{escape(t('+ {n} without an amount', n=t.number(unknown)))}</small>" if unknown else ""
    known = tonnes(row["tco2"], t) if row["tco2"] else t("amount not known")
    return f'<td class="jcm-n jcm-has">{escape(known)}{small}</td>'


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
        added = "–" if is_japan else _amount(row["added_tco2"], t)
        taken = _amount(row["subtracted_tco2"], t) if is_japan else "–"
        missing = row["without_amount"]
        small = f"<small>{escape(t('{n} without an amount', n=t.number(missing)))}</small>" if missing else ""
        body += (
            f'<tr><th scope="row">{escape(t.country(row["party"]))}</th><td class="jcm-n">{row["year"]}</td>'
            f'<td class="jcm-n">{escape(_vintage(row, t))}</td><td class="jcm-n">{escape(added)}</td>'
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
        quantity = t("not known") if row["quantity_tco2"] is None else tonnes(row["quantity_tco2"], t)
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
            t("Amount (tCO2)"): [r["quantity_tco2"] for r in rows],
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
    events = len({row["issuance_id"] for row in ledger.entries})
    without = sum(row["action"] == "decide" and row["quantity_tco2"] is None for row in ledger.entries)
    coverage = t(
        "amount known of {n} of {all} issuance decisions", n=t.number(events - without), all=t.number(events)
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
                    "tCO2": [r["tco2"] for r in ledger.states],
                    t("Entries without an amount"): [r["without_amount"] for r in ledger.states],
                }
            ),
            notes=(
                t(
                    "Reductions before 2021 are not authorised: an assumption (VINTAGE-2021), no source states the rule"
                ),
            ),
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
