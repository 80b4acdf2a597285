"""Bars of the outlook beside their figures: the waterfall to each target, and what each lever moves."""

from collections.abc import Callable, Sequence

from model.outlook.report import GoalReport, Report
from model.outlook.results import Lever, Step
from view.amounts import amount_short
from view.marks.table import Column, Markup, Table
from view.outlook.words import component_name, parameter_title, parameter_value
from view.texts import Texts

ENDS = ("stated", "total")
_BRIDGE_FILL = {
    "stated": "jcm-fill-pipeline",
    "delivery": "jcm-fill-missing",
    "realisation": "jcm-fill-missing",
    "imputed": "jcm-fill-imputed",
    "total": "jcm-fill-registered",
}


def waterfall_html(found: GoalReport, t: Texts) -> Markup:
    """From verified tonnes to the target: each part with a bar that begins where the last ended."""
    goal = found.goal.tco2
    reach = max([float(goal), *(step.begins_at + max(step.tco2, 0) for step in found.steps)])
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight"><caption>{}</caption>'
        '<thead><tr><th scope="col">{}</th><th scope="col" class="jcm-n">{}</th>'
        '<th scope="col" class="jcm-n">{}</th><th scope="col" class="jcm-n jcm-hide-narrow">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        t("To the target of {year}", year=t.year(found.goal.fiscal_year)),
        t("Part"),
        t("Mean"),
        t("of {goal}", goal=amount_short(goal, t)),
        t("0 to {goal}", goal=amount_short(reach, t)),
        Markup("").join(
            _part_html(step, goal, reach, t)
            for step in found.steps
            if step.tco2 or step.component in {"verified", "missing"}
        ),
    )


def _part_html(step: Step, goal: int, reach: float, t: Texts) -> Markup:
    is_missing = step.component == "missing"
    return Markup(
        '<tr{}><th scope="row">{}</th><td class="jcm-n">{}</td><td class="jcm-n">{}</td>'
        '<td class="jcm-wide jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{}</div></td></tr>'
    ).format(
        Markup(' class="jcm-strong"') if is_missing else "",
        t("Above the target") if is_missing and step.tco2 < 0 else component_name(step.component, t),
        amount_short(abs(step.tco2), t),
        t.percent(abs(step.tco2) / goal),
        bar(
            _fill(step.component),
            (step.begins_at + min(step.tco2, 0)) / reach * 100,
            abs(step.tco2) / reach * 100,
        ),
    )


def bar(css: str, left: float, width: float) -> Markup:
    """A bar from `left` on, both in percent of the cell."""
    return Markup('<i class="{}" style="left:{:.2f}%;width:{:.2f}%"></i>').format(css, left, width)


def bridge_html(found: GoalReport, t: Texts) -> Markup:
    """From the sum of stated estimates to the mean of the draws: what each step takes or adds."""
    reach = max(step.begins_at + max(step.tco2, 0.0) for step in found.bridge) or 1.0
    rows = Markup("").join(
        Markup(
            '<tr{}><th scope="row">{}</th><td class="jcm-n">{}</td>'
            '<td class="jcm-wide jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{}</div></td></tr>'
        ).format(
            Markup(' class="jcm-strong"') if step.component in ENDS else "",
            component_name(step.component, t),
            amount_short(step.tco2, t) if step.component in ENDS else signed(step.tco2, t),
            bar(
                _BRIDGE_FILL.get(step.component, "jcm-fill-new"),
                (step.begins_at + min(step.tco2, 0)) / reach * 100,
                abs(step.tco2) / reach * 100,
            ),
        )
        for step in found.bridge
        if step.tco2 or step.component in {*ENDS, "imputed"}
    )
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight"><caption>{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="jcm-n">{}</th><th scope="col" class="jcm-n jcm-hide-narrow">{}</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        t("By {year}", year=t.year(found.goal.fiscal_year)),
        t("Step"),
        t("Mean"),
        t("0 to {goal}", goal=amount_short(reach, t)),
        rows,
    )


def bridge_table(report: Report, t: Texts) -> Table[tuple[GoalReport, Step]]:
    """The steps to each goal's year, for files."""
    return Table(
        (
            Column("fiscal_year", t("Fiscal year"), value=lambda r: t.year(r[0].goal.fiscal_year), cell=None),
            Column("step", t("Step"), value=lambda r: component_name(r[1].component, t), cell=None),
            Column("tco2", t("Mean (tCO2)"), "tonnes", value=lambda r: round(r[1].tco2), cell=None),
        ),
        [(found, step) for found in report.goals for step in found.bridge],
        t,
    )


def waterfall_table(report: Report, t: Texts) -> Table[tuple[GoalReport, Step]]:
    """The parts of both waterfalls, for files."""
    return Table(
        (
            Column("fiscal_year", t("Target"), value=lambda r: t.year(r[0].goal.fiscal_year), cell=None),
            Column("part", t("Part"), value=lambda r: component_name(r[1].component, t), cell=None),
            Column("tco2", t("Mean (tCO2)"), "tonnes", value=lambda r: round(r[1].tco2), cell=None),
        ),
        [(found, step) for found in report.goals for step in found.steps],
        t,
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


def tornado_html(levers: Sequence[Lever], headings: Sequence[str], t: Texts) -> Markup:
    """How far each lever alone moves each middle, under a heading for each."""
    widest = [
        max(
            (abs(value - lever.base[i]) for lever in levers for value in (lever.at_low[i], lever.at_high[i])),
            default=1.0,
        )
        or 1.0
        for i in range(len(headings))
    ]
    nothing = Markup("")
    heads = nothing.join(
        Markup('<th scope="colgroup" colspan="2" class="jcm-n">{}</th>').format(heading)
        for heading in headings
    )
    rows = nothing.join(
        Markup(
            '<tr><th scope="row" class="jcm-lever">{}</th>'
            '<td class="jcm-nowrap jcm-hide-narrow">{} → {}</td>{}</tr>'
        ).format(
            parameter_title(lever.name, t),
            parameter_value(lever.name, lever.low, t),
            parameter_value(lever.name, lever.high, t),
            nothing.join(
                _moved(lever.at_low[i] - lever.base[i], lever.at_high[i] - lever.base[i], most, t)
                for i, most in enumerate(widest)
            ),
        )
        for lever in levers
    )
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-tight"><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="jcm-hide-narrow">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(t("Lever"), t("from → to"), heads, rows)


def _moved(down: float, up: float, widest: float, t: Texts) -> Markup:
    """Both changes in words, and as bars to both sides of the middle."""
    bars = Markup("").join(
        bar(css, 50 + min(value, 0) / widest * 50, abs(value) / widest * 50)
        for value, css in ((down, "jcm-fill-pipeline"), (up, "jcm-fill-registered"))
    )
    return Markup(
        '<td class="jcm-n">{} / {}</td>'
        '<td class="jcm-wide"><div class="jcm-bar jcm-middle" aria-hidden="true">{}</div></td>'
    ).format(signed(down, t), signed(up, t), bars)


def signed(tco2: float, t: Texts) -> str:
    """A change with its sign: +3.2 Mt, −0.4 Mt, ±0."""
    if abs(tco2) < 5_000:
        return "±0"
    return ("+" if tco2 > 0 else "−") + amount_short(abs(tco2), t)


def tornado_table(levers: Sequence[Lever], names: Sequence[str], t: Texts) -> Table[Lever]:
    """Each middle, by its name, with a lever as set, at low and at high, for files."""

    def middle(i: int, name: str, label: str) -> Column[Lever]:
        value: Callable[[Lever], int] = lambda lever: round(getattr(lever, name)[i])  # noqa: E731
        return Column(f"{name}_{i}_tco2", label, "tonnes", value=value, cell=None)

    return Table(
        (
            Column("lever", t("Lever"), value=lambda lever: parameter_title(lever.name, t), cell=None),
            Column(
                "low",
                t("Low value"),
                value=lambda lever: parameter_value(lever.name, lever.low, t),
                cell=None,
            ),
            Column(
                "high",
                t("High value"),
                value=lambda lever: parameter_value(lever.name, lever.high, t),
                cell=None,
            ),
            *(
                middle(i, name, label)
                for i, year in enumerate(names)
                for name, label in (
                    ("base", t("{year}: median as set (tCO2)", year=year)),
                    ("at_low", t("{year}: median at low (tCO2)", year=year)),
                    ("at_high", t("{year}: median at high (tCO2)", year=year)),
                )
            ),
        ),
        levers,
        t,
    )
