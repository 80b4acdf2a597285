"""The delivery ratio by technology: tonnes decided for issuance ÷ tonnes expected for the same monitoring period."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from model.delivery import Delivery
from model.durations import FEW
from view.amounts import amount_short, between, tonnes, tonnes_between
from view.marks.table import DASH, WIDE, Column, Markup, Table, small
from view.sectors.content import SectorsContent
from view.sectors.strip import Axis, strip
from view.texts import Texts, Told


def _technology(code: str, content: SectorsContent, t: Texts) -> str:
    return content.technology_names.get(code) or t("Not stated, or several")


def ratio_words(found: Delivery, t: Texts) -> str:
    """The ratio, or its two ends where what was decided is known as a range."""
    return between(found.ratio, found.high_ratio, t, lambda ratio, words: words.number(ratio, 2))


def delivery_title(t: Texts) -> str:
    """Title with both rungs."""
    return t("Delivery ratio by technology: issuance decided ÷ expected for the same period")


def _axis(content: SectorsContent, t: Texts) -> Axis:
    highest = max((row["ratio"] for row in content.deliveries if row["lacks"] is None), default=1.0)
    end = max(1.5, ceil(highest * 2) / 2)
    step = 0.5 if end <= 3 else 1 if end <= 8 else ceil(end / 5)
    ticks = [(step * n, t.number(step * n, 1)) for n in range(int(end / step) + 1)]
    return Axis(end, ticks, reference=1.0)


@dataclass(frozen=True)
class _Technology:
    """The events of one technology, and their delivery where any can be compared."""

    code: str
    events: list[dict[str, Any]]
    found: Delivery | None

    @property
    def compared(self) -> list[dict[str, Any]]:
        return [row for row in self.events if row["lacks"] is None]


def delivery_html(content: SectorsContent, t: Texts) -> Markup:
    """One row a technology with a decision; each event a dot, the ratio of the sums an upright line."""
    if not content.deliveries:
        return Markup(" ")
    by_technology: dict[str, list[dict[str, Any]]] = {}
    for row in content.deliveries:
        by_technology.setdefault(row["technology"], []).append(row)
    rows = sorted(
        (_Technology(code, events, content.delivery(code)) for code, events in by_technology.items()),
        key=lambda row: (-len(row.compared), -len(row.events), row.code),
    )
    keys = Markup(
        '<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{}</span><span><i class="jcm-key-mark"></i>{}</span>'
        '<span><i class="jcm-key-dot jcm-few"></i>{}</span></div>'
    ).format(
        t("one event"),
        t("ratio of the sums"),
        t("fewer than {n} projects: too few to generalise", n=FEW),
    )
    return keys + _technologies(rows, content, t).html()


def _technologies(rows: list[_Technology], content: SectorsContent, t: Texts) -> Table[_Technology]:
    axis = _axis(content, t)

    def of_found(write: Callable[[Delivery], str], otherwise: str = "") -> Callable[[_Technology], str]:
        return lambda row: otherwise if row.found is None else write(row.found)

    def compared(row: _Technology) -> str:
        return t("{compared} of {n}", compared=t.number(len(row.compared)), n=t.number(len(row.events)))

    def projects(found: Delivery) -> str:
        return small(t("too few") if found.is_few else "") + t.number(found.projects)

    def decided(found: Delivery) -> str:
        return tonnes_between(found.decided_low_tco2, found.decided_high_tco2, t)

    def dots(row: _Technology) -> str:
        if row.found is None:
            return _reasons(row.events, t)
        places = [(r["ratio"], f"{r['issuance_id']}: {t.number(r['ratio'], 2)}") for r in row.compared]
        mark = row.found.ratio if row.found.events > 1 else None
        return strip(axis, places, mark=mark, is_few=row.found.is_few)

    shown = partial(Column[_Technology], value=None)
    figure = partial(shown, is_figure=True)
    wide = partial(figure, css=WIDE)
    expected = of_found(lambda found: tonnes(round(found.expected_tco2), t))
    return Table(
        (
            shown(
                "technology", t("Technology"), cell=lambda r: _technology(r.code, content, t), is_head=True
            ),
            figure("ratio", t("Ratio"), cell=of_found(lambda found: ratio_words(found, t), DASH)),
            figure("projects", t("Projects"), cell=of_found(projects, "0")),
            wide("compared", t("Events compared"), cell=compared),
            wide("decided", t("Decided"), cell=of_found(decided)),
            wide("expected", t("Expected, same periods"), cell=expected),
            shown("strip", axis.labels(), cell=dots, css="jcm-strip-head"),
        ),
        rows,
        t,
        css="jcm-tight jcm-strips",
        row_css=lambda r: "jcm-kept" if r.found is None or r.found.is_few else "jcm-strong",
    )


def delivery_message(found: Delivery | None, t: Texts) -> str:
    """What was decided of what was expected for the same time; empty where too little can be compared."""
    if found is None or found.is_few:
        return ""
    return t(
        "Where both are known, the amount decided is {ratio} of what was expected",
        ratio=ratio_words(found, t),
    )


def delivery_told(content: SectorsContent, t: Texts) -> Told:
    """What can be said, and on how little it rests."""
    found = content.delivery()
    if not content.deliveries:
        return "", t("No decision on issuance is known in this selection.")
    if found is None:
        return "", t(
            "For no decision on issuance are amount, project, monitoring period and estimate all known."
        )
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
    return delivery_message(found, t), text


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


def delivery_coverage(content: SectorsContent, t: Texts) -> str:
    """How many events could be compared, and why the others could not."""
    reasons = _reasons(content.deliveries, t)
    compared = len([r for r in content.deliveries if r["lacks"] is None])
    if not content.deliveries:
        return t("no decision on issuance known")
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


def delivery_table(content: SectorsContent, t: Texts) -> Table[dict[str, Any]]:
    """One row an event, those that cannot be compared included, for files."""
    names = lacks_names(t)
    filed = partial(Column[dict[str, Any]], cell=None)
    amount = partial(filed, kind="tonnes")
    return Table(
        (
            filed("issuance_id", t("Event")),
            filed("project_id", t("Project")),
            filed("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            filed("technology", t("Technology"), value=lambda r: _technology(r["technology"], content, t)),
            filed("period_start_on", t("Monitoring period from"), "day"),
            filed("period_end_on", t("Monitoring period to"), "day"),
            filed("period_days", t("Days"), "number"),
            amount("decided_low_tco2", t("Issuance decided, low end (tCO2)")),
            amount("decided_high_tco2", t("Issuance decided, high end (tCO2)")),
            amount("annual_tco2", t("Annual estimate (tCO2 a year)")),
            amount("expected_tco2", t("Expected for the period (tCO2)")),
            filed("ratio", t("Decided ÷ expected"), "number"),
            filed("lacks", t("Not compared because"), value=lambda r: names.get(r["lacks"] or "", "")),
        ),
        content.deliveries,
        t,
    )
