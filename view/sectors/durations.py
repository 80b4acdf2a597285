"""How long it took from selection to registration and on to the first decision on issuance, group by group."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any

import pyarrow as pa

from model.durations import FEW, QUARTILES_FROM, in_years, spread_of
from view.sectors.content import Content
from view.sectors.strip import Axis, strip
from view.stated_words import title_of
from view.target.content import labelled
from view.texts import Texts

Days = Callable[[dict[str, Any]], int | None]


@dataclass(frozen=True)
class Step:
    """One step: the days it took a project, None where they are not known."""

    code: str
    days: Days


def _whole(row: dict[str, Any]) -> int | None:
    first, second = row["selection_to_registration_days"], row["registration_to_decision_days"]
    return None if first is None or second is None else int(first) + int(second)


STEPS = (
    Step("registration", lambda row: row["selection_to_registration_days"]),
    Step("decision", lambda row: row["registration_to_decision_days"]),
    Step("whole", _whole),
)


def step_names(t: Texts) -> dict[str, str]:
    """Names of the steps."""
    return {
        "registration": t("From selection (1 April of its fiscal year) to registration"),
        "decision": t("From registration to the first decision on issuance"),
        "whole": t("From selection to the first decision on issuance"),
    }


def _group_of(row: dict[str, Any], content: Content) -> str:
    return str(row["sector_number"]) if content.by == "sector" else str(row["technology"])


def _rows_of(step: Step, content: Content) -> list[tuple[str, list[dict[str, Any]]]]:
    """Projects of each group that took the step, all of them first, then the groups with most projects."""
    known = [row for row in content.durations if step.days(row) is not None]
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in known:
        groups.setdefault(_group_of(row, content), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [("", known), *ordered]


def _axis(content: Content, t: Texts) -> Axis:
    longest = max((d for row in content.durations for step in STEPS if (d := step.days(row))), default=365)
    end = max(2, 2 * ceil(in_years(longest) / 2))
    ticks = [(float(v), t.number(v)) for v in range(0, end + 1, 2)]
    return Axis(float(end), ticks)


def durations_title(t: Texts) -> str:
    """Title of the tile."""
    return t("From selection to registration to first issuance, in years")


def durations_table(content: Content, t: Texts) -> str:
    """HTML: a block of rows for each step; each project a dot, the median an upright line, the middle half a band."""
    axis, names = _axis(content, t), step_names(t)
    kind = t("JCM sectoral scope") if content.by == "sector" else t("Technology")
    head = (
        f'<thead><tr><th scope="col">{escape(kind)}</th><th scope="col" class="jcm-n">{escape(t("Projects"))}</th>'
        f'<th scope="col" class="jcm-n">{escape(t("Median, years"))}</th>'
        f'<th scope="col" class="jcm-n jcm-hide-narrow">{escape(t("Middle half"))}</th>'
        f'<th scope="col" class="jcm-n jcm-hide-narrow">{escape(t("Range"))}</th>'
        f'<th scope="col" class="jcm-strip-head">{axis.labels()}</th></tr></thead>'
    )
    body = []
    for step in STEPS:
        body.append(
            f'<tr class="jcm-group"><th colspan="6" scope="colgroup">{escape(names[step.code])}</th></tr>'
        )
        found = _rows_of(step, content)
        # The whole way is known of few projects; their groups would be single ones.
        found = found[:1] if step.code == "whole" else found
        body += [
            _row(step, content.short_name(group, t) if group else t("All"), rows, axis, t)
            for group, rows in found
        ]
    return (
        f'<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{escape(t("one project"))}</span>'
        f'<span><i class="jcm-key-mark"></i>{escape(t("median"))}</span>'
        f'<span><i class="jcm-key-half"></i>{escape(t("middle half, from {n} projects", n=QUARTILES_FROM))}</span>'
        f'<span><i class="jcm-key-dot jcm-few"></i>{escape(t("fewer than {n} projects: too few to generalise", n=FEW))}'
        f'</span></div><div class="jcm-scroll"><table class="jcm-tight jcm-strips">{head}'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _row(step: Step, name: str, rows: list[dict[str, Any]], axis: Axis, t: Texts) -> str:
    days = [d for row in rows if (d := step.days(row)) is not None]
    spread = spread_of(days)
    if spread is None:
        return (
            f'<tr class="jcm-kept"><th scope="row">{escape(name)}</th><td class="jcm-n">0</td>'
            f'<td colspan="4">{escape(t("none known"))}</td></tr>'
        )
    dots = [
        (in_years(d), f"{r['project_id']}: {t.number(in_years(d), 1)}")
        for d, r in zip(days, rows, strict=True)
    ]
    middle = None
    if spread.lower_quartile is not None and spread.upper_quartile is not None:
        middle = (spread.lower_quartile, spread.upper_quartile)
    few = f"<small>{escape(t('too few'))}</small>" if spread.is_few else ""
    ends = "–" if middle is None else _range(*middle, t)
    spread_text = _range(spread.shortest, spread.longest, t) if spread.count > 1 else "–"
    css = "jcm-kept" if spread.is_few else "jcm-strong" if name == t("All") else "jcm-plain"
    return (
        f'<tr class="{css}"><th scope="row">{escape(name)}</th><td class="jcm-n">{few}{t.number(spread.count)}</td>'
        f'<td class="jcm-n">{t.number(spread.median, 1)}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(ends)}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(spread_text)}</td>'
        f"<td>{strip(axis, dots, mark=spread.median if spread.count > 1 else None, middle=middle, is_few=spread.is_few)}</td></tr>"
    )


def _range(low: float, high: float, t: Texts) -> str:
    return t("{low} to {high}", low=t.number(low, 1), high=t.number(high, 1))


def durations_sentence(content: Content, t: Texts) -> str:
    """The two medians with the projects behind them."""
    first, second = (
        spread_of([d for row in content.durations if (d := step.days(row)) is not None]) for step in STEPS[:2]
    )
    if first is None and second is None:
        return t("No registered project of this selection has both dates on record.")
    parts = []
    if first is not None:
        parts.append(
            t.count(
                "Registration came {years} years after selection in the median of {n} project.",
                "Registration came {years} years after selection in the median of {n} projects.",
                first.count,
                years=t.number(first.median, 1),
            )
        )
    if second is not None:
        parts.append(
            t.count(
                "The first decision on issuance came {years} years after registration in the median of {n} project.",
                "The first decision on issuance came {years} years after registration in the median of {n} projects.",
                second.count,
                years=t.number(second.median, 1),
            )
        )
    return t.gap.join(parts)


def durations_coverage(content: Content, t: Texts) -> str:
    """Of how many registered projects the dates are known."""
    known = [row for row in content.durations if row["selection_to_registration_days"] is not None]
    decided = [row for row in content.durations if row["registration_to_decision_days"] is not None]
    return t(
        "of {registered} registered projects, {selected} with a known year of selection and {decided} with a dated"
        " decision on issuance",
        registered=t.number(len(content.durations)),
        selected=t.number(len(known)),
        decided=t.number(len(decided)),
    )


def durations_notes(t: Texts) -> tuple[str, ...]:
    """What the figures rest on."""
    return (
        t("Only the fiscal year of selection is known: measured from its 1 April, up to a year too long"),
        t("First decision in our records; an earlier one may be missing"),
        t("Projects that have not yet reached the step are not in it, so the true times are longer"),
    )


def durations_rows(content: Content, t: Texts) -> pa.Table:
    """One row a project."""
    rows = content.durations
    return labelled(
        {
            t("Project"): [r["project_id"] for r in rows],
            t("Title"): [title_of(r, t) for r in rows],
            t("Partner country"): [t.country(r["iso3"]) for r in rows],
            t("JCM sectoral scope"): [r["sector_number"] for r in rows],
            t("Technology"): [content.technology_names.get(r["technology"], r["technology"]) for r in rows],
            t("Fiscal year of selection"): [
                None if r["fy_selected"] is None else t.year(r["fy_selected"]) for r in rows
            ],
            t("Registered on"): [r["registered_on"] for r in rows],
            t("First decision on issuance"): [r["first_decided_on"] for r in rows],
            t("Precision of that day"): [r["first_decided_precision"] for r in rows],
            t("Days from selection to registration"): [r["selection_to_registration_days"] for r in rows],
            t("Days from registration to first decision"): [r["registration_to_decision_days"] for r in rows],
        }
    )
