"""How long it took from the end of a period to the decision and on to the issuance, and what was delivered."""

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import Any

import pyarrow as pa

from model.delivery import delivery_of
from model.durations import FEW, QUARTILES_FROM, in_years, spread_of
from model.fiscal_year import DAYS_A_YEAR
from view.amounts import tonnes, tonnes_between
from view.credits.content import Credits
from view.sectors.delivery import ratio_words
from view.sectors.strip import Axis, strip
from view.target.content import Rows, labelled
from view.texts import Texts

STEPS = ("period_to_decision_days", "decision_to_issuance_days")


def step_names(t: Texts) -> dict[str, str]:
    """Names of the steps."""
    return {
        "period_to_decision_days": t("From the end of the monitoring period to the decision"),
        "decision_to_issuance_days": t("From the decision to the issuance in Japan"),
    }


def delays_table(content: Credits, t: Texts) -> str:
    """HTML: a block for each step: all events, then each country; events are dots, the median an upright line."""
    longest = max((row[s] or 0 for row in content.events for s in STEPS), default=0)
    end = float(max(1, ceil(in_years(longest))))
    axis = Axis(end, [(float(v), t.number(v)) for v in range(int(end) + 1)])
    heads = (
        (t("Partner country"), ""),
        (t("Events"), "jcm-n"),
        (t("Median"), "jcm-n"),
        (t("Range, days"), "jcm-n jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = ""
    for step, name in step_names(t).items():
        body += f'<tr class="jcm-group"><th colspan="5" scope="colgroup">{escape(name)}</th></tr>'
        known = [row for row in content.events if row[step] is not None]
        groups: dict[str, Rows] = {}
        for row in known:
            groups.setdefault(row["iso3"], []).append(row)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        body += _row(t("All"), known, step, axis, t)
        body += "".join(_row(t.country(code), rows, step, axis, t) for code, rows in ordered)
    return (
        f'<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{escape(t("one event"))}</span>'
        f'<span><i class="jcm-key-mark"></i>{escape(t("median"))}</span>'
        f'<span><i class="jcm-key-dot jcm-few"></i>{escape(t("fewer than {n} events: too few to generalise", n=FEW))}'
        f'</span></div><div class="jcm-scroll"><table class="jcm-tight jcm-strips"><thead><tr>{head}'
        f'<th scope="col" class="jcm-strip-head">{axis.labels()}</th></tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(name: str, rows: Sequence[dict[str, Any]], step: str, axis: Axis, t: Texts) -> str:
    days = [row[step] for row in rows]
    spread = spread_of(days)
    if spread is None:
        none = escape(t("none known"))
        return f'<tr class="jcm-kept"><th scope="row">{escape(name)}</th><td class="jcm-n">0</td><td colspan="3">{none}</td></tr>'
    dots = [(in_years(d), f"{r['issuance_id']}: {t.number(d)}") for d, r in zip(days, rows, strict=True)]
    middle = None
    if spread.count >= QUARTILES_FROM and spread.lower_quartile is not None:
        middle = (spread.lower_quartile, spread.upper_quartile or spread.lower_quartile)
    ends = t("{low} to {high}", low=t.number(min(days)), high=t.number(max(days)))
    css = "jcm-kept" if spread.is_few else "jcm-strong" if name == t("All") else "jcm-plain"
    return (
        f'<tr class="{css}"><th scope="row">{escape(name)}</th><td class="jcm-n">{t.number(spread.count)}</td>'
        f'<td class="jcm-n">{escape(_time(spread.median, t))}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(ends if spread.count > 1 else "–")}</td>'
        f"<td>{strip(axis, dots, mark=spread.median if spread.count > 1 else None, middle=middle, is_few=spread.is_few)}</td></tr>"
    )


def _time(years: float, t: Texts) -> str:
    """A duration in days where it is short, else in months."""
    days = round(years * DAYS_A_YEAR)
    if days < 2 * DAYS_A_YEAR / 12:
        return t.count("{n} day", "{n} days", days)
    return t("{n} months", n=t.number(years * 12, 1))


def delays_sentence(content: Credits, t: Texts) -> str:
    """Both medians with the events behind them."""
    first, second = (
        spread_of([row[step] for row in content.events if row[step] is not None]) for step in STEPS
    )
    parts = []
    if first is not None:
        parts.append(
            t.count(
                "The decision came {time} after the end of the period in the median of {n} event.",
                "The decision came {time} after the end of the period in the median of {n} events.",
                first.count,
                time=_time(first.median, t),
            )
        )
    if second is not None:
        parts.append(
            t.count(
                "The issuance came {time} after the decision in the median of {n} event.",
                "The issuance came {time} after the decision in the median of {n} events.",
                second.count,
                time=_time(second.median, t),
            )
        )
    if not parts:
        return t("No event of this selection has both days on record.")
    return t.gap.join(parts)


def delays_coverage(content: Credits, t: Texts) -> str:
    """Of how many events the days are known."""
    return t(
        "of {n} events, {first} with a known end of period and day of decision, {second} with both days of decision and"
        " issuance",
        n=t.number(len(content.events)),
        first=t.number(sum(row[STEPS[0]] is not None for row in content.events)),
        second=t.number(sum(row[STEPS[1]] is not None for row in content.events)),
    )


def delivery_table(content: Credits, t: Texts) -> str:
    """HTML: decided ÷ expected for the same periods, by country, with the events it rests on."""
    groups: dict[str, Rows] = {}
    for row in content.deliveries:
        groups.setdefault(row["iso3"], []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (-_compared(item[1]), -len(item[1]), item[0]))
    heads = (
        (t("Partner country"), ""),
        (t("Ratio"), "jcm-n"),
        (t("Projects"), "jcm-n"),
        (t("Events compared"), "jcm-n"),
        (t("Decided"), "jcm-n jcm-hide-narrow"),
        (t("Expected, same periods"), "jcm-n jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    body = _delivery_row(t("All"), content.deliveries, "jcm-strong", t)
    body += "".join(_delivery_row(t.country(code), rows, "jcm-plain", t) for code, rows in ordered)
    return f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _compared(rows: Rows) -> int:
    return sum(row["lacks"] is None for row in rows)


def _delivery_row(name: str, rows: Rows, css: str, t: Texts) -> str:
    found = delivery_of(rows)
    compared = t("{compared} of {n}", compared=t.number(_compared(rows)), n=t.number(len(rows)))
    if found is None:
        cells = f'<td class="jcm-n">–</td><td class="jcm-n">0</td><td class="jcm-n">{escape(compared)}</td>'
        hidden = '<td class="jcm-n jcm-hide-narrow">–</td>' * 2
        return f'<tr class="jcm-kept"><th scope="row">{escape(name)}</th>{cells}{hidden}</tr>'
    few = f"<small>{escape(t('too few'))}</small>" if found.is_few else ""
    return (
        f'<tr class="{css}"><th scope="row">{escape(name)}</th><td class="jcm-n">{escape(ratio_words(found, t))}</td>'
        f'<td class="jcm-n">{t.number(found.projects)}{few}</td><td class="jcm-n">{escape(compared)}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(tonnes_between(found.decided_low_tco2, found.decided_high_tco2, t))}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(tonnes(round(found.expected_tco2), t))}</td></tr>'
    )


def delivery_rows(content: Credits, t: Texts) -> pa.Table:
    """One row an event."""
    rows = content.deliveries
    return labelled(
        {
            t("Event"): [r["issuance_id"] for r in rows],
            t("Project"): [r["project_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Decided, low end (tCO2)"): [r["decided_low_tco2"] for r in rows],
            t("Decided, high end (tCO2)"): [r["decided_high_tco2"] for r in rows],
            t("Expected for the same period (tCO2)"): [r["expected_tco2"] for r in rows],
            t("Ratio"): [r["ratio"] for r in rows],
        }
    )
