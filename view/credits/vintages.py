"""Credits by when the reductions took place: what may count towards the NDC, and what is kept apart."""

from collections.abc import Mapping
from typing import Any

from model.ladder import RUNG_BY_CODE
from model.ledger.rules import FIRST_VINTAGE
from view.amounts import amount_short, between, tonnes_between, with_reported
from view.credits.content import Credits
from view.marks.table import Column, Markup, Table, small
from view.texts import Texts, Told

RUNGS = ("notified", "issued", "japan", "itmo", "ndc")
VINTAGES = ("before", "since", "across", "not_known")


def vintage_names(t: Texts) -> dict[str, str]:
    """Names of the times."""
    return {
        "before": t("Reductions up to {year}", year=FIRST_VINTAGE - 1),
        "since": t("Reductions from {year}", year=FIRST_VINTAGE),
        "across": t("Period across both, divided by days"),
        "not_known": t("Monitoring period not known"),
    }


def _shown(content: Credits) -> list[str]:
    has_across = any(content.vintage("across", rung)["events"] for rung in RUNGS)
    return [v for v in VINTAGES if v != "across" or has_across]


def _rung_names(t: Texts) -> dict[str, str]:
    return {code: t.pick(RUNG_BY_CODE[code].name_en, RUNG_BY_CODE[code].name_ja) for code in RUNGS}


def vintages_html(content: Credits, t: Texts) -> Markup:
    """A row for each time, a column for each rung: tonnes known, events, and events without an amount."""
    names, nothing = vintage_names(t), Markup("")
    head = nothing.join(
        Markup('<th scope="col" class="jcm-n">{}</th>').format(name) for name in _rung_names(t).values()
    )
    body = nothing.join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            names[vintage], nothing.join(_cell(content, vintage, rung, t) for rung in RUNGS)
        )
        for vintage in _shown(content)
    )
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight jcm-vintages"><thead><tr>'
        '<th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(t("When the reductions took place"), head, body)


def _cell(content: Credits, vintage: str, rung: str, t: Texts) -> Markup:
    found = content.vintage(vintage, rung)
    if not found["events"]:
        return Markup('<td class="jcm-n jcm-none">{}</td>').format(t("none known"))
    words = t.count("{n} event", "{n} events", found["events"])
    if found["events_without_amount"]:
        missing = t("{n} without an amount", n=t.number(found["events_without_amount"]))
        words = f"{words}{t(', ')}{missing}"
    return Markup('<td class="jcm-n jcm-has">{}{}</td>').format(_amount(found, t), small(words))


def _amount(found: Mapping[str, Any], t: Texts) -> str:
    if found["tco2_low"] is None:
        return t("amount not known")
    return tonnes_between(found["tco2_low"], found["tco2_high"], t)


def vintage_rule(t: Texts) -> str:
    """Why the tonnes are split where they are, and how well that is known."""
    return t(
        "Split at 1 January 2021 (VINTAGE-2021): only reductions realised from 2021 on may be used towards the NDC, by the"
        " press on the METI subcommittee of 19 December 2025 and, reported only, by the ministry's Q&A of 26 December 2025"
        " as a wiki quotes it"
    )


def vintages_told(content: Credits, t: Texts) -> Told:
    """What is known of content that could count towards Japan's NDC."""
    early, later = content.vintage("before", "notified"), content.vintage("since", "notified")
    itmo = [content.vintage(v, "itmo") for v in VINTAGES]
    transfers = sum(row["events"] for row in itmo)
    lows, highs = ([row[end] for row in itmo if row[end] is not None] for end in ("tco2_low", "tco2_high"))
    first = t(
        "Known amounts of reductions up to {last}: {early}; from {first}: {later}",
        last=FIRST_VINTAGE - 1,
        first=FIRST_VINTAGE,
        early=_short(early, t),
        later=_short(later, t),
    )
    if not transfers:
        second = t("No first transfer under Article 6 is known.")
    elif not lows:
        second = t.count(
            "{n} first transfer under Article 6 is known; its amount is not stated.",
            "{n} first transfers under Article 6 are known; their amounts are not stated.",
            transfers,
        )
    else:
        second = t.count(
            "{n} first transfer under Article 6 is known, with {amount}.",
            "{n} first transfers under Article 6 are known, with {amount}.",
            transfers,
            amount=with_reported(tonnes_between(sum(lows), sum(highs), t), content.reported_tco2("itmo"), t),
        )
    return first, second


def _short(found: Mapping[str, Any], t: Texts) -> str:
    if found["tco2_low"] is None:
        return t("none")
    return between(found["tco2_low"], found["tco2_high"], t, amount_short)


def vintages_table(content: Credits, t: Texts) -> Table[Mapping[str, Any]]:
    """One row a time and rung."""
    times, rungs = vintage_names(t), _rung_names(t)
    return Table(
        (
            Column("vintage", t("When the reductions took place"), cell=None),
            Column("rung", t("Stage"), cell=None),
            Column("events", t("Events"), "number", cell=None),
            Column("events_without_amount", t("Events without an amount"), "number", cell=None),
            Column("tco2_low", t("Low end (tCO2)"), "tonnes", cell=None),
            Column("tco2_high", t("High end (tCO2)"), "tonnes", cell=None),
        ),
        [
            {**content.vintage(vintage, rung), "vintage": times[vintage], "rung": rungs[rung]}
            for vintage in VINTAGES
            for rung in RUNGS
        ],
        t,
    )
