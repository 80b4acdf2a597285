"""How long it took from selection to registration and on to the first decision on issuance, group by group."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from model.durations import FEW, QUARTILES_FROM, in_years, spread_of
from view.marks.table import DASH, Column, Markup, Table, small
from view.sectors.content import SectorsContent
from view.sectors.strip import Axis, strip
from view.stated_words import title_of
from view.texts import Texts, Told

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


def _group_of(row: dict[str, Any], content: SectorsContent) -> str:
    return str(row["sector_number"]) if content.by == "sector" else str(row["technology"])


def _rows_of(step: Step, content: SectorsContent) -> list[tuple[str, list[dict[str, Any]]]]:
    """Projects of each group that took the step, all of them first, then the groups with most projects."""
    known = [row for row in content.durations if step.days(row) is not None]
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in known:
        groups.setdefault(_group_of(row, content), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [("", known), *ordered]


def _axis(content: SectorsContent, t: Texts) -> Axis:
    longest = max((d for row in content.durations for step in STEPS if (d := step.days(row))), default=365)
    end = max(2, 2 * ceil(in_years(longest) / 2))
    ticks = [(float(v), t.number(v)) for v in range(0, end + 1, 2)]
    return Axis(float(end), ticks)


def durations_title(t: Texts) -> str:
    """Title of the tile."""
    return t("From selection to registration to first issuance, in years")


def durations_html(content: SectorsContent, t: Texts) -> Markup:
    """A block of rows for each step; each project a dot, the median an upright line, the middle half a band."""
    axis, names = _axis(content, t), step_names(t)
    heads = (
        (t("JCM sectoral scope") if content.by == "sector" else t("Technology"), ""),
        (t("Projects"), "jcm-n"),
        (t("Median, years"), "jcm-n"),
        (t("Middle half"), "jcm-n jcm-hide-narrow"),
        (t("Range"), "jcm-n jcm-hide-narrow"),
        (axis.labels(), "jcm-strip-head"),
    )
    head = Markup("").join(Markup('<th scope="col" class="{1}">{0}</th>').format(*one) for one in heads)
    body = Markup("")
    for step in STEPS:
        body += Markup('<tr class="jcm-group"><th colspan="6" scope="colgroup">{}</th></tr>').format(
            names[step.code]
        )
        found = _rows_of(step, content)
        # The whole way is known of few projects; their groups would be single ones.
        for group, rows in found[:1] if step.code == "whole" else found:
            body += _row(step, content.short_name(group, t) if group else t("All"), rows, axis, t)
    return Markup(
        '<div class="jcm-keys"><span><i class="jcm-key-dot"></i>{}</span><span><i class="jcm-key-mark"></i>{}</span>'
        '<span><i class="jcm-key-half"></i>{}</span><span><i class="jcm-key-dot jcm-few"></i>{}</span></div>'
        '<div class="jcm-scroll"><table class="jcm-tight jcm-strips"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        t("one project"),
        t("median"),
        t("middle half, from {n} projects", n=QUARTILES_FROM),
        t("fewer than {n} projects: too few to generalise", n=FEW),
        head,
        body,
    )


def _row(step: Step, name: str, rows: list[dict[str, Any]], axis: Axis, t: Texts) -> Markup:
    days = [d for row in rows if (d := step.days(row)) is not None]
    spread = spread_of(days)
    if spread is None:
        return Markup(
            '<tr class="jcm-kept"><th scope="row">{}</th><td class="jcm-n">0</td><td colspan="4">{}</td></tr>'
        ).format(name, t("none known"))
    dots = [
        (in_years(d), f"{r['project_id']}: {t.number(in_years(d), 1)}")
        for d, r in zip(days, rows, strict=True)
    ]
    middle = None
    if spread.lower_quartile is not None and spread.upper_quartile is not None:
        middle = (spread.lower_quartile, spread.upper_quartile)
    mark = spread.median if spread.count > 1 else None
    return Markup(
        '<tr class="{}"><th scope="row">{}</th><td class="jcm-n">{}{}</td><td class="jcm-n">{}</td>'
        '<td class="jcm-n jcm-hide-narrow">{}</td><td class="jcm-n jcm-hide-narrow">{}</td><td>{}</td></tr>'
    ).format(
        "jcm-kept" if spread.is_few else "jcm-strong" if name == t("All") else "jcm-plain",
        name,
        small(t("too few") if spread.is_few else ""),
        t.number(spread.count),
        t.number(spread.median, 1),
        DASH if middle is None else _range(*middle, t),
        _range(spread.shortest, spread.longest, t) if spread.count > 1 else DASH,
        strip(axis, dots, mark=mark, middle=middle, is_few=spread.is_few),
    )


def _range(low: float, high: float, t: Texts) -> str:
    return t("{low} to {high}", low=t.number(low, 1), high=t.number(high, 1))


def durations_told(content: SectorsContent, t: Texts) -> Told:
    """The two medians with the projects behind them."""
    first, second = (
        spread_of([d for row in content.durations if (d := step.days(row)) is not None]) for step in STEPS[:2]
    )
    if first is None and second is None:
        return "", t("No registered project of this selection has both dates on record.")
    parts = []
    if first is not None:
        parts.append(
            t.count(
                "Registration came {years} years after selection in the median of {n} project",
                "Registration came {years} years after selection in the median of {n} projects",
                first.count,
                years=t.number(first.median, 1),
            )
        )
    if second is not None:
        parts.append(
            t.count(
                "The first decision on issuance came {years} years after registration in the median of {n} project",
                "The first decision on issuance came {years} years after registration in the median of {n} projects",
                second.count,
                years=t.number(second.median, 1),
            )
        )
    told = [t.prose((part, "")) for part in parts]
    is_few = all(spread.is_few for spread in (first, second) if spread)
    return ("", t.gap.join(told)) if is_few else (parts[0], t.gap.join(told[1:]))


def durations_coverage(content: SectorsContent, t: Texts) -> str:
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


def durations_table(content: SectorsContent, t: Texts) -> Table[dict[str, Any]]:
    """One row a project, for files."""
    names = content.technology_names
    filed = partial(Column[dict[str, Any]], cell=None)
    return Table(
        (
            filed("project_id", t("Project")),
            filed("title", t("Title"), value=lambda r: title_of(r, t)),
            filed("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            filed("sector_number", t("JCM sectoral scope")),
            filed("technology", t("Technology"), value=lambda r: names.get(r["technology"], r["technology"])),
            filed(
                "fy_selected",
                t("Fiscal year of selection"),
                value=lambda r: None if r["fy_selected"] is None else t.year(r["fy_selected"]),
            ),
            filed("registered_on", t("Registered on"), "day"),
            filed("first_decided_on", t("First decision on issuance"), "day"),
            filed("first_decided_precision", t("Precision of that day")),
            filed("selection_to_registration_days", t("Days from selection to registration"), "number"),
            filed("registration_to_decision_days", t("Days from registration to first decision"), "number"),
        ),
        content.durations,
        t,
    )
