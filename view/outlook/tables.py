"""Tables of the outlook as HTML, each beside the plain table that is downloaded."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pyarrow as pa

from model.outlook.report import GoalReport, PastView, Report
from model.outlook.results import Interval, Lever
from view.amounts import amount_short, megatonnes
from view.outlook.words import (
    chance_words,
    component_name,
    parameter_title,
    parameter_value,
    scenario_name,
)
from view.target.content import labelled
from view.texts import Texts

Cells = Iterable[tuple[str, str]]
"""Text and CSS class of the cells of a row; texts are escaped."""


def html_table(head: Cells, rows: Iterable[tuple[str, Cells]], css: str = "") -> str:
    """A table whose rows begin with a heading; `rows` are pairs of CSS class and cells."""
    top = "".join(f'<th scope="col" class="{c}">{escape(text)}</th>' for text, c in head)
    body = ""
    for row_css, cells in rows:
        first, *others = cells
        body += f'<tr class="{row_css}"><th scope="row" class="{first[1]}">{escape(first[0])}</th>'
        body += "".join(f'<td class="{c}">{escape(text)}</td>' for text, c in others) + "</tr>"
    return f'<div class="jcm-scroll"><table class="{css}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def span(found: Interval, t: Texts) -> str:
    """P10 to P90 in short."""
    low, high = megatonnes(found.p10, t), amount_short(found.p90, t)
    return f"{amount_short(found.p10, t) if t.lang == 'ja' else low}–{high}"


def goals_table(reports: Sequence[Report], t: Texts) -> str:
    """Scenarios side by side: interval, chance, chance of half and year at each goal."""
    number = "jcm-n"
    head = [
        (t("Scenario"), ""),
        (t("Target"), ""),
        (t("Middle (P50)"), number),
        ("P10–P90", number),
        (t("Chance to reach it"), number),
        (t("Chance of half"), number),
        (t("Year reached, middle"), number),
        (t("New projects needed for 50%"), number),
        (t("for 90%"), number),
    ]
    rows: list[tuple[str, Cells]] = []
    for report in reports:
        for i, found in enumerate(report.goals):
            rows.append(
                (
                    "",
                    [
                        (scenario_name(report.scenario, t) if i == 0 else "", ""),
                        (_goal_name(found, t), "jcm-nowrap"),
                        (amount_short(found.at.p50, t), "jcm-n jcm-big"),
                        (span(found.at, t), number),
                        (chance_words(found.chance, t), number),
                        (chance_words(found.chance_of_half, t), number),
                        (year_words(found.year.p50, report, t), number),
                        *((factor_words(factor, t), number) for factor in found.required.values()),
                    ],
                )
            )
    return html_table(head, rows)


def goals_rows(reports: Sequence[Report], t: Texts) -> pa.Table:
    """The same as a plain table."""
    pairs = [(report, found) for report in reports for found in report.goals]
    return labelled(
        {
            t("Scenario"): [scenario_name(report.scenario, t) for report, _ in pairs],
            t("Target"): [t.year(found.goal.fiscal_year) for _, found in pairs],
            t("Target (tCO2)"): [found.goal.tco2 for _, found in pairs],
            "P10 (tCO2)": [round(found.at.p10) for _, found in pairs],
            "P50 (tCO2)": [round(found.at.p50) for _, found in pairs],
            "P90 (tCO2)": [round(found.at.p90) for _, found in pairs],
            t("Chance to reach it"): [found.chance for _, found in pairs],
            t("Chance of half"): [found.chance_of_half for _, found in pairs],
            t("Year reached, P10"): [found.year.p10 for _, found in pairs],
            t("Year reached, middle"): [found.year.p50 for _, found in pairs],
            t("Year reached, P90"): [found.year.p90 for _, found in pairs],
            t("New projects needed for 50%"): [found.required[0.5] for _, found in pairs],
            t("for 90%"): [found.required[0.9] for _, found in pairs],
        }
    )


def year_words(year: int | None, report: Report, t: Texts) -> str:
    """A fiscal year, or that it lies beyond the years drawn."""
    return t("after {year}", year=t.year(report.years[-1])) if year is None else t.year(year)


def factor_words(factor: float | None, t: Texts) -> str:
    """By how much new projects must grow."""
    if factor is None:
        return t("no new projects")
    return t("{ratio} times", ratio=t.number(factor, 1 if factor < 100 else 0))


def _goal_name(found: GoalReport, t: Texts) -> str:
    return f"{t.year(found.goal.fiscal_year)} · {amount_short(found.goal.tco2, t)}"


def waterfall_html(found: GoalReport, t: Texts) -> str:
    """From verified tonnes to the target: each part with a bar that begins where the last ended."""
    goal = found.goal.tco2
    reach = max([float(goal), *(step.begins_at + max(step.tco2, 0) for step in found.steps)])
    rows = ""
    for step in found.steps:
        if not step.tco2 and step.component not in {"verified", "missing"}:
            continue
        surplus = step.component == "missing" and step.tco2 < 0
        name = t("Above the target") if surplus else component_name(step.component, t)
        begins = step.begins_at + min(step.tco2, 0)
        bar = (
            f'<i class="{_fill(step.component)}" style="left:{begins / reach * 100:.2f}%;'
            f'width:{abs(step.tco2) / reach * 100:.2f}%"></i>'
        )
        strong = ' class="jcm-strong"' if step.component == "missing" else ""
        rows += (
            f'<tr{strong}><th scope="row">{escape(name)}</th><td class="jcm-n">{escape(amount_short(abs(step.tco2), t))}</td>'
            f'<td class="jcm-n">{escape(t.percent(abs(step.tco2) / goal))}</td>'
            f'<td class="jcm-wide jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{bar}</div></td></tr>'
        )
    heads = (
        t("Part"),
        t("Mean"),
        t("of {goal}", goal=amount_short(goal, t)),
        t("0 to {goal}", goal=amount_short(reach, t)),
    )
    top = "".join(
        f'<th scope="col" class="{css}">{escape(text)}</th>'
        for text, css in zip(heads, ("", "jcm-n", "jcm-n", "jcm-n jcm-hide-narrow"), strict=True)
    )
    title = t("To the target of {year}", year=t.year(found.goal.fiscal_year))
    return (
        f'<div class="jcm-scroll"><table class="jcm-tight"><caption>{escape(title)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def waterfall_rows(report: Report, t: Texts) -> pa.Table:
    """The parts of both waterfalls, whole tCO2."""
    pairs = [(found, step) for found in report.goals for step in found.steps]
    return labelled(
        {
            t("Target"): [t.year(found.goal.fiscal_year) for found, _ in pairs],
            t("Part"): [component_name(step.component, t) for _, step in pairs],
            t("Mean (tCO2)"): [round(step.tco2) for _, step in pairs],
        }
    )


def _fill(component: str) -> str:
    return {
        "verified": "jcm-fill-notified",
        "imputed": "jcm-fill-imputed",
        "new_government": "jcm-fill-new",
        "new_private": "jcm-fill-new",
        "new_large": "jcm-fill-new",
        "missing": "jcm-fill-missing",
    }.get(component, f"jcm-fill-{component}")


def tornado_html(levers: Sequence[Lever], report: Report, t: Texts) -> str:
    """How far each lever alone moves the middle at each goal."""
    goals = [found.goal for found in report.goals]
    widest = [
        max(
            (abs(value - lever.base[i]) for lever in levers for value in (lever.at_low[i], lever.at_high[i])),
            default=1.0,
        )
        or 1.0
        for i in range(len(goals))
    ]
    top = f'<th scope="col">{escape(t("Lever"))}</th><th scope="col" class="jcm-hide-narrow">{escape(t("from → to"))}</th>'
    for goal in goals:
        label = t("Change of the middle by {year}", year=t.year(goal.fiscal_year))
        top += f'<th scope="colgroup" colspan="2" class="jcm-n">{escape(label)}</th>'
    rows = ""
    for lever in levers:
        low, high = (parameter_value(lever.name, value, t) for value in (lever.low, lever.high))
        cells = ""
        for i in range(len(goals)):
            down, up = lever.at_low[i] - lever.base[i], lever.at_high[i] - lever.base[i]
            cells += (
                f'<td class="jcm-n">{escape(signed(down, t))} / {escape(signed(up, t))}</td>'
                f'<td class="jcm-wide">{_two_sided(down, up, widest[i])}</td>'
            )
        rows += (
            f'<tr><th scope="row" class="jcm-lever">{escape(parameter_title(lever.name, t))}</th>'
            f'<td class="jcm-nowrap jcm-hide-narrow">{escape(low)} → {escape(high)}</td>{cells}</tr>'
        )
    return f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>'


def _two_sided(down: float, up: float, widest: float) -> str:
    bars = ""
    for value, css in ((down, "jcm-fill-pipeline"), (up, "jcm-fill-registered")):
        width = abs(value) / widest * 50
        left = 50 - width if value < 0 else 50
        bars += f'<i class="{css}" style="left:{left:.2f}%;width:{width:.2f}%"></i>'
    return f'<div class="jcm-bar jcm-middle" aria-hidden="true">{bars}</div>'


def signed(tco2: float, t: Texts) -> str:
    """A change with its sign: +3.2 Mt, −0.4 Mt, ±0."""
    if abs(tco2) < 5_000:
        return "±0"
    return ("+" if tco2 > 0 else "−") + amount_short(abs(tco2), t)


def tornado_rows(levers: Sequence[Lever], report: Report, t: Texts) -> pa.Table:
    """The tornado as a plain table, whole tCO2."""
    columns: dict[str, Sequence[object]] = {
        t("Lever"): [parameter_title(lever.name, t) for lever in levers],
        t("Low value"): [parameter_value(lever.name, lever.low, t) for lever in levers],
        t("High value"): [parameter_value(lever.name, lever.high, t) for lever in levers],
    }
    for i, found in enumerate(report.goals):
        year = t.year(found.goal.fiscal_year)
        columns[t("{year}: middle as set (tCO2)", year=year)] = [round(lever.base[i]) for lever in levers]
        columns[t("{year}: middle at low (tCO2)", year=year)] = [round(lever.at_low[i]) for lever in levers]
        columns[t("{year}: middle at high (tCO2)", year=year)] = [round(lever.at_high[i]) for lever in levers]
    return labelled(columns)


def groups_html(
    report: Report, part: str, names: Mapping[str | int, str], t: Texts, *, rows_at_most: int
) -> str:
    """Countries or sectors by their middle at the last goal, the rest in one line."""
    far = report.goals[-1]
    found = getattr(far, part)
    # New projects have no place yet: they stand last, in one line.
    placed = [key for key in found if key != ""]
    shown = [*placed[:rows_at_most], *(key for key in found if key == "")]
    near = getattr(report.goals[0], part)
    year_near, year_far = (t.year(one.goal.fiscal_year) for one in (report.goals[0], far))
    head = [
        (t("Partner country") if part == "countries" else t("Sector"), ""),
        (f"{year_near} P50", "jcm-n"),
        ("P10–P90", "jcm-n"),
        (f"{year_far} P50", "jcm-n"),
        ("P10–P90", "jcm-n"),
    ]
    rows: list[tuple[str, Cells]] = [
        (
            "",
            [
                (names[key], ""),
                (amount_short(near[key].p50, t), "jcm-n"),
                (span(near[key], t), "jcm-n"),
                (amount_short(found[key].p50, t), "jcm-n"),
                (span(found[key], t), "jcm-n"),
            ],
        )
        for key in shown
    ]
    rest = len(found) - len(shown)
    if rest:
        rows.append(("jcm-kept", [(t("{n} more in the table below", n=t.number(rest)), ""), *[("", "")] * 4]))
    return html_table(head, rows, "jcm-tight")


def groups_rows(report: Report, part: str, names: Mapping[str | int, str], t: Texts) -> pa.Table:
    """All countries or sectors, whole tCO2."""
    keys = list(getattr(report.goals[-1], part))
    columns: dict[str, Sequence[object]] = {
        t("Partner country") if part == "countries" else t("Sector"): [names[key] for key in keys]
    }
    for found in report.goals:
        year = t.year(found.goal.fiscal_year)
        of_goal = getattr(found, part)
        for name in ("p10", "p50", "p90"):
            columns[f"{year} {name.upper()} (tCO2)"] = [round(getattr(of_goal[key], name)) for key in keys]
    return labelled(columns)


def look_back_html(views: Sequence[PastView], officials: Mapping[str, str], t: Texts) -> str:
    """The back-test by past day; `officials` holds what was stated near each day, by ISO date."""
    number = "jcm-n"
    first = views[0]
    goal_year, year = t.year(first.goal_year), t.year(first.year)
    head = [
        (t("As of"), ""),
        (t("Projects known"), number),
        (t("These projects by {year}, P10–P90", year=goal_year), number),
        (t("Officials then, by 2030"), number),
        (t("With new ones by {year}, P10–P90", year=year), number),
        (t("Today's figure for {year}", year=year), number),
        (t("Inside?"), ""),
    ]
    rows: list[tuple[str, Cells]] = [
        (
            "",
            [
                (t.day_short(view.as_of), ""),
                (t.number(view.projects), number),
                (span(view.portfolio_only, t), number),
                (officials.get(view.as_of.isoformat(), "–"), number),
                (span(view.with_new, t), number),
                (amount_short(view.present.p50, t), number),
                (t("inside") if view.held else t("outside"), ""),
            ],
        )
        for view in views
    ]
    return html_table(head, rows)


def look_back_rows(views: Sequence[PastView], officials: Mapping[str, str], t: Texts) -> pa.Table:
    """The back-test as a plain table, whole tCO2."""
    columns: dict[str, Sequence[object]] = {
        t("As of"): [view.as_of for view in views],
        t("Projects known"): [view.projects for view in views],
        t("Officials then, by 2030"): [officials.get(view.as_of.isoformat()) for view in views],
    }
    for label, name in (
        (t("Projects known, by the first target year"), "portfolio_only"),
        (t("With new ones, by the last full year"), "with_new"),
        (t("Today's figure for that year"), "present"),
    ):
        for quantile in ("p10", "p50", "p90"):
            columns[f"{label}: {quantile.upper()} (tCO2)"] = [
                round(getattr(getattr(view, name), quantile)) for view in views
            ]
    return labelled(columns)
