"""The delivery ratio by technology: tonnes decided for issuance ÷ tonnes expected for the same monitoring period."""

from html import escape
from math import ceil
from typing import Any

import pyarrow as pa

from model.delivery import Delivery
from model.durations import FEW
from view.amounts import amount_short, between, tonnes, tonnes_between
from view.sectors.content import Content
from view.sectors.strip import Axis, strip
from view.target.content import labelled
from view.texts import Texts


def _technology(code: str, content: Content, t: Texts) -> str:
    return content.technology_names.get(code) or t("Not stated, or several")


def ratio_words(found: Delivery, t: Texts) -> str:
    """The ratio, or its two ends where what was decided is known as a range."""
    return between(found.ratio, found.high_ratio, t, lambda ratio, words: words.number(ratio, 2))


def delivery_title(t: Texts) -> str:
    """Title with both rungs."""
    return t("Delivery ratio by technology: issuance decided ÷ expected for the same period")


def _axis(content: Content, t: Texts) -> Axis:
    highest = max((row["ratio"] for row in content.deliveries if row["lacks"] is None), default=1.0)
    end = max(1.5, ceil(highest * 2) / 2)
    step = 0.5 if end <= 3 else 1 if end <= 8 else ceil(end / 5)
    ticks = [(step * n, t.number(step * n, 1)) for n in range(int(end / step) + 1)]
    return Axis(end, ticks, reference=1.0)


def delivery_table(content: Content, t: Texts) -> str:
    """HTML: one row a technology with a decision; each event a dot, the ratio of the sums an upright line."""
    if not content.deliveries:
        return " "
    axis = _axis(content, t)
    by_technology: dict[str, list[dict[str, Any]]] = {}
    for row in content.deliveries:
        by_technology.setdefault(row["technology"], []).append(row)
    ordered = sorted(
        by_technology.items(),
        key=lambda item: (-len([r for r in item[1] if r["lacks"] is None]), -len(item[1]), item[0]),
    )
    columns = (
        (t("Technology"), ""),
        (t("Ratio"), "jcm-n"),
        (t("Projects"), "jcm-n"),
        (t("Events compared"), "jcm-n jcm-hide-narrow"),
        (t("Decided"), "jcm-n jcm-hide-narrow"),
        (t("Expected, same periods"), "jcm-n jcm-hide-narrow"),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(text)}</th>' for text, css in columns)
    rows = "".join(_row(code, found, content, axis, t) for code, found in ordered)
    return (
        f'<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{escape(t("one event"))}</span>'
        f'<span><i class="jcm-key-mark"></i>{escape(t("ratio of the sums"))}</span>'
        f'<span><i class="jcm-key-dot jcm-few"></i>{escape(t("fewer than {n} projects: too few to generalise", n=FEW))}'
        f'</span></div><div class="jcm-scroll"><table class="jcm-tight jcm-strips"><thead><tr>{head}'
        f'<th scope="col" class="jcm-strip-head">{axis.labels()}</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(code: str, rows: list[dict[str, Any]], content: Content, axis: Axis, t: Texts) -> str:
    name = f'<th scope="row">{escape(_technology(code, content, t))}</th>'
    compared = [r for r in rows if r["lacks"] is None]
    of_all = t("{compared} of {n}", compared=t.number(len(compared)), n=t.number(len(rows)))
    found = content.delivery(code)
    if found is None:
        return (
            f'<tr class="jcm-kept">{name}<td class="jcm-n">–</td><td class="jcm-n">0</td>'
            f'<td class="jcm-n jcm-hide-narrow">{escape(of_all)}</td><td class="jcm-hide-narrow"></td>'
            f'<td class="jcm-hide-narrow"></td><td>{escape(_reasons(rows, t))}</td></tr>'
        )
    dots = [(r["ratio"], f"{r['issuance_id']}: {t.number(r['ratio'], 2)}") for r in compared]
    few = f"<small>{escape(t('too few'))}</small>" if found.is_few else ""
    return (
        f'<tr class="{"jcm-kept" if found.is_few else "jcm-strong"}">{name}<td class="jcm-n">{escape(ratio_words(found, t))}</td>'
        f'<td class="jcm-n">{few}{t.number(found.projects)}</td><td class="jcm-n jcm-hide-narrow">{escape(of_all)}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(tonnes_between(found.decided_low_tco2, found.decided_high_tco2, t))}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(tonnes(round(found.expected_tco2), t))}</td>'
        f"<td>{strip(axis, dots, mark=found.ratio if found.events > 1 else None, is_few=found.is_few)}</td></tr>"
    )


def delivery_sentence(content: Content, t: Texts) -> str:
    """What can be said, and on how little it rests."""
    found = content.delivery()
    if not content.deliveries:
        return t("No decision on issuance is known in this selection.")
    if found is None:
        return t("For no decision on issuance are amount, project, monitoring period and estimate all known.")
    text = t.count(
        "{n} event of {projects} can be compared: {decided} decided where {expected} were expected, a ratio of {ratio}.",
        "{n} events of {projects} can be compared: {decided} decided where {expected} were expected, a ratio of {ratio}.",
        found.events,
        projects=_projects(found, t),
        decided=between(found.decided_low_tco2, found.decided_high_tco2, t, amount_short),
        expected=amount_short(found.expected_tco2, t),
        ratio=ratio_words(found, t),
    )
    technologies = {r["technology"] for r in content.deliveries if r["lacks"] is None}
    if len(technologies) == 1:
        text += t.gap + t(
            "All are {technology}; of the other technologies nothing can be said.",
            technology=_technology(next(iter(technologies)), content, t),
        )
    return text


def _projects(found: Delivery, t: Texts) -> str:
    return t.count("{n} project", "{n} projects", found.projects)


def lacks_names(t: Texts) -> dict[str, str]:
    """Why an event cannot be compared."""
    return {
        "amount": t("amount not known, or a part only"),
        "project": t("several projects or none named"),
        "period": t("monitoring period not known"),
        "estimate": t("no annual estimate"),
    }


def _reasons(rows: list[dict[str, Any]], t: Texts) -> str:
    """Why events were left out, with the number of each reason."""
    names = lacks_names(t)
    counts = {code: len([r for r in rows if r["lacks"] == code]) for code in names}
    return t(", ").join(f"{names[code]} {t.number(n)}" for code, n in counts.items() if n)


def delivery_coverage(content: Content, t: Texts) -> str:
    """How many events could be compared, and why the others could not."""
    reasons = _reasons(content.deliveries, t)
    compared = len([r for r in content.deliveries if r["lacks"] is None])
    text = t(
        "{compared} of {n} decisions compared",
        compared=t.number(compared),
        n=t.number(len(content.deliveries)),
    )
    return text + t(" (left out: {reasons})", reasons=reasons) if reasons else text


def delivery_notes(t: Texts) -> tuple[str, ...]:
    """How the expectation was made."""
    return (
        t("Expected: annual estimate × days of the monitoring period ÷ days of their fiscal years"),
        t("Dots: the low end of what was decided"),
        t("Both sides together, whatever share is chosen"),
    )


def delivery_rows(content: Content, t: Texts) -> pa.Table:
    """One row an event, those that cannot be compared included."""
    rows, names = content.deliveries, lacks_names(t)
    return labelled(
        {
            t("Event"): [r["issuance_id"] for r in rows],
            t("Project"): [r["project_id"] for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("Technology"): [_technology(r["technology"], content, t) for r in rows],
            t("Monitoring period from"): [r["period_start_on"] for r in rows],
            t("Monitoring period to"): [r["period_end_on"] for r in rows],
            t("Days"): [r["period_days"] for r in rows],
            t("Issuance decided, low end (tCO2)"): [r["decided_low_tco2"] for r in rows],
            t("Issuance decided, high end (tCO2)"): [r["decided_high_tco2"] for r in rows],
            t("Annual estimate (tCO2 a year)"): [r["annual_tco2"] for r in rows],
            t("Expected for the period (tCO2)"): [r["expected_tco2"] for r in rows],
            t("Decided ÷ expected"): [r["ratio"] for r in rows],
            t("Not compared because"): [names.get(r["lacks"] or "", "") for r in rows],
        }
    )
