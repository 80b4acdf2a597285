"""How long it took from the end of a period to the decision and on to the issuance, and what was delivered."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from model.delivery import delivery_of
from model.durations import FEW, QUARTILES_FROM, in_years, spread_of
from model.fiscal_year import DAYS_A_YEAR
from view.amounts import tonnes, tonnes_between
from view.credits.content import Credits
from view.marks.table import DASH, WIDE, Column, Markup, Table, small
from view.page import Rows
from view.sectors.delivery import ratio_words
from view.sectors.strip import Axis, strip
from view.texts import Texts, Told

STEPS = ("period_to_decision_days", "decision_to_issuance_days")


def step_names(t: Texts) -> dict[str, str]:
    """Names of the steps."""
    return {
        "period_to_decision_days": t("From the end of the monitoring period to the decision"),
        "decision_to_issuance_days": t("From the decision to the issuance in Japan"),
    }


def delays_html(content: Credits, t: Texts) -> Markup:
    """A block for each step: all events, then each country; events are dots, the median an upright line."""
    longest = max((row[s] or 0 for row in content.events for s in STEPS), default=0)
    end = float(max(1, ceil(in_years(longest))))
    axis = Axis(end, [(float(v), t.number(v)) for v in range(int(end) + 1)])
    heads = (
        (t("Partner country"), ""),
        (t("Events"), "jcm-n"),
        (t("Median"), "jcm-n"),
        (t("Range, days"), "jcm-n jcm-hide-narrow"),
        (axis.labels(), "jcm-strip-head"),
    )
    head = Markup("").join(Markup('<th scope="col" class="{1}">{0}</th>').format(*one) for one in heads)
    body = Markup("")
    for step, name in step_names(t).items():
        body += Markup('<tr class="jcm-group"><th colspan="5" scope="colgroup">{}</th></tr>').format(name)
        known = [row for row in content.events if row[step] is not None]
        groups: dict[str, Rows] = {}
        for row in known:
            groups.setdefault(row["iso3"], []).append(row)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        body += _row(t("All"), known, step, axis, t)
        body += Markup("").join(_row(t.country(code), rows, step, axis, t) for code, rows in ordered)
    return Markup(
        '<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{}</span><span><i class="jcm-key-mark"></i>{}</span>'
        '<span><i class="jcm-key-dot jcm-few"></i>{}</span></div>'
        '<div class="jcm-scroll"><table class="jcm-tight jcm-strips"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        t("one event"), t("median"), t("fewer than {n} events: too few to generalise", n=FEW), head, body
    )


def _row(name: str, rows: Sequence[dict[str, Any]], step: str, axis: Axis, t: Texts) -> Markup:
    days = [row[step] for row in rows]
    spread = spread_of(days)
    if spread is None:
        return Markup(
            '<tr class="jcm-kept"><th scope="row">{}</th><td class="jcm-n">0</td><td colspan="3">{}</td></tr>'
        ).format(name, t("none known"))
    dots = [(in_years(d), f"{r['issuance_id']}: {t.number(d)}") for d, r in zip(days, rows, strict=True)]
    middle = None
    if spread.count >= QUARTILES_FROM and spread.lower_quartile is not None:
        middle = (spread.lower_quartile, spread.upper_quartile or spread.lower_quartile)
    ends = t("{low} to {high}", low=t.number(min(days)), high=t.number(max(days)))
    mark = spread.median if spread.count > 1 else None
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td class="jcm-n">{}</td><td class="jcm-n">{}</td>'
        '<td class="jcm-n jcm-hide-narrow">{}</td><td>{}</td></tr>'
    ).format(
        "jcm-kept" if spread.is_few else "jcm-strong" if name == t("All") else "jcm-plain",
        name,
        t.number(spread.count),
        _time(spread.median, t),
        ends if spread.count > 1 else DASH,
        strip(axis, dots, mark=mark, middle=middle, is_few=spread.is_few),
    )


def _time(years: float, t: Texts) -> str:
    """A duration in days where it is short, else in the years of the axis."""
    days = round(years * DAYS_A_YEAR)
    if days < 2 * DAYS_A_YEAR / 12:
        return t.count("{n} day", "{n} days", days)
    return t("{n} years", n=t.number(years, 1))


def delays_told(content: Credits, t: Texts) -> Told:
    """Both medians with the events behind them."""
    first, second = (
        spread_of([row[step] for row in content.events if row[step] is not None]) for step in STEPS
    )
    parts = []
    if first is not None:
        parts.append(
            t.count(
                "The decision came {time} after the end of the period in the median of {n} event",
                "The decision came {time} after the end of the period in the median of {n} events",
                first.count,
                time=_time(first.median, t),
            )
        )
    if second is not None:
        parts.append(
            t.count(
                "The issuance came {time} after the decision in the median of {n} event",
                "The issuance came {time} after the decision in the median of {n} events",
                second.count,
                time=_time(second.median, t),
            )
        )
    if not parts:
        return "", t("No event of this selection has both days on record.")
    told = [t.prose((part, "")) for part in parts]
    is_few = all(spread.is_few for spread in (first, second) if spread)
    return ("", t.gap.join(told)) if is_few else (parts[0], t.gap.join(told[1:]))


def delays_coverage(content: Credits, t: Texts) -> str:
    """Of how many events the days are known."""
    return t(
        "of {n} events, {first} with a known end of period and day of decision, {second} with both days of decision and"
        " issuance",
        n=t.number(len(content.events)),
        first=t.number(sum(row[STEPS[0]] is not None for row in content.events)),
        second=t.number(sum(row[STEPS[1]] is not None for row in content.events)),
    )


def delivery_by_country(content: Credits, t: Texts) -> Table[dict[str, str]]:
    """Decided ÷ expected for the same periods, by country, with the events it rests on."""
    groups: dict[str, Rows] = {}
    for row in content.deliveries:
        groups.setdefault(row["iso3"], []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (-_compared(item[1]), -len(item[1]), item[0]))
    return Table(
        (
            Column("country", t("Partner country"), is_head=True),
            Column("ratio", t("Ratio"), is_figure=True),
            Column("projects", t("Projects"), cell=lambda r: r["projects"], is_figure=True),
            Column("compared", t("Events compared"), is_figure=True),
            Column("decided", t("Decided"), css=WIDE, is_figure=True),
            Column("expected", t("Expected, same periods"), css=WIDE, is_figure=True),
        ),
        [
            _delivery(t("All"), content.deliveries, "jcm-strong", t),
            *(_delivery(t.country(code), rows, "jcm-plain", t) for code, rows in ordered),
        ],
        t,
        css="jcm-tight jcm-ratios",
        row_css=lambda r: r["css"],
    )


def _compared(rows: Rows) -> int:
    return sum(row["lacks"] is None for row in rows)


def _delivery(name: str, rows: Rows, css: str, t: Texts) -> dict[str, str]:
    found = delivery_of(rows)
    compared = t("{compared} of {n}", compared=t.number(_compared(rows)), n=t.number(len(rows)))
    words = {"country": name, "compared": compared}
    if found is None:
        return {**words, "ratio": DASH, "projects": "0", "decided": DASH, "expected": DASH, "css": "jcm-kept"}
    few = small(t("too few") if found.is_few else "")
    return {
        **words,
        "ratio": ratio_words(found, t),
        "projects": Markup("{}{}").format(t.number(found.projects), few),
        "decided": tonnes_between(found.decided_low_tco2, found.decided_high_tco2, t),
        "expected": tonnes(round(found.expected_tco2), t),
        "css": css,
    }


def delivery_events(content: Credits, t: Texts) -> Table[dict[str, Any]]:
    """One row an event."""
    return Table(
        (
            Column("issuance_id", t("Event"), cell=None),
            Column("project_id", t("Project"), cell=None),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]), cell=None),
            Column("decided_low_tco2", t("Decided, low end (tCO2)"), "tonnes", cell=None),
            Column("decided_high_tco2", t("Decided, high end (tCO2)"), "tonnes", cell=None),
            Column("expected_tco2", t("Expected for the same period (tCO2)"), "tonnes", cell=None),
            Column("ratio", t("Ratio"), "number", cell=None),
        ),
        content.deliveries,
        t,
    )
