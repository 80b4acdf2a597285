"""How credits are shared: Japanese government and companies, partner, and what is not known."""

from collections.abc import Mapping
from html import escape
from typing import Any

import pyarrow as pa

from model.fiscal_year import fiscal_year_of
from view.amounts import amount_short, between, reported, tonnes, tonnes_between
from view.credits.content import Credits, reported_sentence
from view.target.content import Rows, labelled
from view.texts import Texts

PARTS = ("government", "company", "unsplit", "partner", "unknown")


def part_names(t: Texts) -> dict[str, str]:
    """Names of the parts, in the order in which they are drawn."""
    return {
        "government": t("Japanese government"),
        "company": t("Japanese companies"),
        "unsplit": t("Japanese side, not divided in our records"),
        "partner": t("Partner side"),
        "unknown": t("Holder not known"),
    }


def allocation_table(content: Credits, rows: Rows, heading: str, t: Texts) -> str:
    """HTML: one row a group, a bar of its parts, and what the Japanese side holds at least and at most."""
    names = part_names(t)
    if any(_spread(row) for row in rows):
        names["range"] = t("From the low to the high end of ranges")
    keys = "".join(
        f'<span><i class="jcm-swatch jcm-part-{part}"></i>{escape(name)}</span>'
        for part, name in names.items()
    )
    heads = (
        (heading, ""),
        (t("Events"), "jcm-n jcm-hide-narrow"),
        (t("Issuance decided"), "jcm-n"),
        (t("Shares"), "jcm-hide-narrow"),
        (t("Japanese side"), "jcm-n"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = "".join(_row(row, content, t) for row in rows)
    return (
        f'<div class="jcm-keys">{keys}</div><div class="jcm-scroll"><table class="jcm-tight jcm-shares">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _name(row: Mapping[str, Any], content: Credits, t: Texts) -> str:
    value = row["value"]
    if value is None:
        return t("no date known")
    text = str(value)
    return t.year(int(text)) if text.isdecimal() else content.names["country"].get(text, text)


def _spread(row: Mapping[str, Any]) -> int:
    """Tonnes from the low to the high end; the holder of none of them is known."""
    return (row["tco2_high"] or 0) - (row["tco2_low"] or 0)


def _row(row: Mapping[str, Any], content: Credits, t: Texts) -> str:
    missing = row["events_without_amount"]
    small = f"<small>{escape(t('{n} without an amount', n=t.number(missing)))}</small>" if missing else ""
    name = f'<th scope="row">{escape(_name(row, content, t))}</th><td class="jcm-n jcm-hide-narrow">{t.number(row["events"])}{small}</td>'
    if row["tco2_low"] is None:
        words = escape(t("amount not known"))
        return f'<tr class="jcm-kept">{name}<td class="jcm-n">–</td><td class="jcm-hide-narrow"></td><td class="jcm-n">{words}</td></tr>'
    drawn = {part: row[f"{part}_tco2"] for part in PARTS} | {"range": _spread(row)}
    drawn["unknown"] -= drawn["range"]
    bar = "".join(
        f'<i class="jcm-part-{part}" style="width:{tco2 / row["tco2_high"] * 100:.2f}%"></i>'
        for part, tco2 in drawn.items()
    )
    total = _at_least(tonnes_between(row["tco2_low"], row["tco2_high"], t), row, content, t)
    told = f"<small>{escape(reported(row['reported_tco2'], t))}</small>" if row["reported_tco2"] else ""
    return (
        f'<tr>{name}<td class="jcm-n">{escape(total)}{told}</td>'
        f'<td class="jcm-hide-narrow"><div class="jcm-parts" aria-hidden="true">{bar}</div></td>'
        f'<td class="jcm-n">{_japan(row, content, t)}</td></tr>'
    )


def _is_in_part(row: Mapping[str, Any], content: Credits) -> bool:
    """Whether of an event of the group one side's part alone is known."""
    return any(
        row["value"] in {event["iso3"], _fiscal_year(event)}
        for event in content.events
        if event["amount_basis"] == "at least"
    )


def _fiscal_year(event: Mapping[str, Any]) -> str | None:
    day = event["decided_on"] or event["issued_on"]
    return None if day is None else str(fiscal_year_of(day))


def _at_least(text: str, row: Mapping[str, Any], content: Credits, t: Texts) -> str:
    return t("at least {amount}", amount=text) if _is_in_part(row, content) else text


def _japan(row: Mapping[str, Any], content: Credits, t: Texts) -> str:
    """Tonnes of the Japanese side; its share too, unless the whole is known in part only. HTML."""
    least, most, whole = row["japan_least_tco2"], row["japan_most_tco2"], row["tco2_high"]
    if most and not least:
        return escape(t("up to {amount}", amount=tonnes(most, t)))
    text = escape(_at_least(tonnes_between(least, most, t), row, content, t))
    if _is_in_part(row, content):
        return text
    return (
        f"{text}<small>{escape(between(least / whole, most / whole, t, lambda x, _: t.percent(x)))}</small>"
    )


def allocation_sentence(content: Credits, t: Texts) -> str:
    """What each side has of the known amounts."""
    parts = content.shares()
    if not parts["tco2"]:
        return t("No amount is known in this selection.")
    total = between(
        content.rung("notified")["tco2_low"], content.rung("notified")["tco2_high"], t, amount_short
    )
    text = t(
        "Of {total} decided, {japan} are known to be the Japanese side's part and {partner} the partner's; of {unknown} the"
        " holder is not known.",
        total=total,
        japan=amount_short(parts["japan_least"], t),
        partner=amount_short(parts["partner"], t),
        unknown=between(parts["unknown"] - parts["spread"], parts["unknown"], t, amount_short),
    )
    told = reported_sentence(content, "notified", t)
    return f"{text}{'' if t.lang == 'ja' else ' '}{told}".rstrip()


def allocation_rows(content: Credits, rows: Rows, heading: str, t: Texts) -> pa.Table:
    """The same as a plain table."""
    names = part_names(t)
    columns: dict[str, list[object]] = {
        heading: [_name(r, content, t) for r in rows],
        t("Events"): [r["events"] for r in rows],
        t("Events without an amount"): [r["events_without_amount"] for r in rows],
        t("Issuance decided, low end (tCO2)"): [r["tco2_low"] for r in rows],
        t("Issuance decided, high end (tCO2)"): [r["tco2_high"] for r in rows],
    }
    for part in PARTS:
        columns[t("{part} (tCO2)", part=names[part])] = [r[f"{part}_tco2"] for r in rows]
    columns[t("Japanese side at least (tCO2)")] = [r["japan_least_tco2"] for r in rows]
    columns[t("Japanese side at most (tCO2)")] = [r["japan_most_tco2"] for r in rows]
    columns[t("Reported, not confirmed (tCO2)")] = [r["reported_tco2"] for r in rows]
    return labelled(columns)
