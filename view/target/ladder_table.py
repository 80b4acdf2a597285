"""The ladder: what is expected, verified, shared and counted, one row a rung, with bars on one linear axis."""

from functools import partial
from typing import Any

from model.ladder import DORMANT, EXPECTED_RUNGS, RUNG_BY_CODE, RUNGS
from view.amounts import amount_short, between, reported
from view.guide.term_links import TERM_OF_RUNG
from view.marks.table import DASH, WIDE, Column, Markup, Table, escape, linked, small
from view.target.content import TargetContent
from view.target.sentences import knowledge, percent, tonnes_of
from view.texts import Texts, Told

KEPT_ASIDE = ("withdrawn", "study")


def ladder_html(content: TargetContent, t: Texts) -> Markup:
    """Bars are shares of the nearest target; a rung too small to see still has its number."""
    goal = content.targets[0].high_tco2 if content.targets else None
    later_goal = content.targets[-1].high_tco2 if len(content.targets) > 1 else None
    later = {row["rung"]: row for row in content.ladder_later}
    rows: list[Markup] = []
    kind = ""
    for rung in RUNGS:
        if rung.kind == "aside":
            continue
        row = content.ladder_row(rung.code)
        if rung.kind != kind:
            kind = rung.kind
            rows.append(
                _group_row(
                    t("Expected: tonnes from annual estimates")
                    if kind == "expected"
                    else t("Actual: each stage is a part of the one above, not added to it")
                )
            )
        rows.append(_row(row, later[rung.code], (goal, later_goal), content.known_in_part(rung.code), t))
        if rung.code == "registered":
            rows.append(_sum_row(content, later, goal, later_goal, t))
    rows.append(_group_row(t("For reference: in no sum")))
    rows.append(_dormant_row(content.ladder_row(DORMANT), later[DORMANT], later_goal, t))
    names = {"withdrawn": t("Withdrawn"), "study": t("Studies and company targets")}
    for code in KEPT_ASIDE:
        row = content.ladder_row(code)
        rows.append(_kept_row(names[code], row["projects"] + row["projects_outside_scope"], t))
    aside = sum(content.ladder_row(rung.code)["projects_outside_scope"] or 0 for rung in RUNGS)
    if aside:
        rows.append(_kept_row(t("Not confirmed as a JCM project"), aside, t))
    return Markup(
        '<div class="jcm-scroll"><table class="jcm-ladder"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(_head(content, t, goal, later_goal), Markup("").join(rows))


def _group_row(label: str) -> Markup:
    return Markup('<tr class="jcm-group"><th colspan="7" scope="colgroup">{}</th></tr>').format(label)


def _kept_row(name: str, count: int, t: Texts) -> Markup:
    return Markup(
        '<tr class="jcm-kept"><th scope="row">{}</th><td class="jcm-n">{}</td><td class="jcm-n">–</td>'
        '<td class="jcm-n">–</td><td class="jcm-hide-narrow"></td><td class="jcm-n jcm-hide-narrow">–</td>'
        '<td class="jcm-n jcm-hide-narrow">–</td></tr>'
    ).format(name, t.number(count))


def _dormant_row(row: dict[str, Any], later: dict[str, Any], later_goal: int | None, t: Texts) -> Markup:
    """Selected long ago and never listed: its tonnes are shown, marked as in no sum, and no share is made of them."""
    mark, missing = t("in no sum"), why_missing(row, t)
    far = "" if missing or later_goal is None else amount_short(later["tco2_low"], t)
    return Markup(
        '<tr class="jcm-kept">{}<td class="jcm-n">{}</td><td class="jcm-n">{}{}</td><td class="jcm-n">–</td>'
        '<td class="jcm-hide-narrow"></td><td class="jcm-n jcm-hide-narrow">{}{}</td>'
        '<td class="jcm-n jcm-hide-narrow">–</td></tr>'
    ).format(
        _name(DORMANT, t),
        _count(row, 0, t),
        DASH if missing else amount_short(row["tco2_low"], t),
        small(missing or mark),
        far,
        small(mark if far else ""),
    )


def _head(content: TargetContent, t: Texts, goal: int | None, later_goal: int | None) -> Markup:
    near = t("by FY{year}", year=content.first_year)
    far = t("by FY{year}", year=content.last_year) if later_goal else ""
    cells = [
        (t("Stage"), ""),
        (t("Projects or events"), "jcm-n"),
        (t("Tonnes {by}", by=near), "jcm-n"),
        (t("of {goal}", goal=amount_short(goal, t)) if goal else "", "jcm-n"),
        (t("0 to {goal}", goal=amount_short(goal, t)) if goal else "", "jcm-hide-narrow"),
        (t("Tonnes {by}", by=far) if far else "", "jcm-n jcm-hide-narrow"),
        (t("of {goal}", goal=amount_short(later_goal, t)) if later_goal else "", "jcm-n jcm-hide-narrow"),
    ]
    return Markup("").join(Markup('<th scope="col" class="{1}">{0}</th>').format(*cell) for cell in cells)


def _row(
    row: dict[str, Any],
    later: dict[str, Any],
    goals: tuple[int | None, int | None],
    in_part: int,
    t: Texts,
) -> Markup:
    goal, later_goal = goals
    missing = why_missing(row, t)
    return Markup('<tr>{}<td class="jcm-n">{}</td>{}{}</tr>').format(
        _name(row["rung"], t),
        _count(row, in_part, t),
        _figures(row, goal, t, missing),
        _later(None if missing else later, later_goal, t),
    )


def _name(code: str, t: Texts) -> Markup:
    """Head of a row: the rung with its swatch."""
    rung = RUNG_BY_CODE[code]
    return Markup('<th scope="row" title="{}"><span class="jcm-swatch jcm-fill-{}"></span>{}</th>').format(
        t.pick(rung.meaning_en, rung.meaning_ja),
        code,
        linked(f"guide?lang={t.lang}&term={TERM_OF_RUNG[code]}", t.pick(rung.name_en, rung.name_ja)),
    )


def why_missing(row: dict[str, Any], t: Texts) -> str:
    """Why a rung has no tonnes; empty where it has some."""
    if row["projects"] is not None:
        if row["projects_with_schedule"]:
            return ""
        if row["projects_with_estimate"]:
            return t("no schedule")
        return t("no estimate stated") if row["projects"] else t("no project")
    if row["tco2_low"] is None:
        return t("amount not known") if row["events"] else t("none known")
    return ""


def _count(row: dict[str, Any], in_part: int, t: Texts) -> Markup:
    if row["projects"] is None:
        unknown = row["events_without_amount"]
        remark = t.listing(
            [
                *([t("{n} without an amount", n=t.number(unknown))] if unknown else []),
                *([t("{n} known only in part", n=t.number(in_part))] if in_part else []),
            ]
        )
        return escape(t.count("{n} event", "{n} events", row["events"])) + small(remark, WIDE)
    with_estimate = t("{n} with an estimate", n=t.number(row["projects_with_estimate"]))
    return escape(t.number(row["projects"])) + small(with_estimate, WIDE)


def _figures(row: dict[str, Any], goal: int | None, t: Texts, missing: str) -> Markup:
    low, high = row["tco2_low"], row["tco2_high"]
    cells = Markup(
        '<td class="jcm-n{}">{}</td><td class="jcm-n">{}</td>'
        '<td class="jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{}</div></td>'
    )
    if low is None or missing:
        return cells.format("", escape(DASH) + small(missing), DASH, "")
    fill = f"jcm-fill-{'registered' if row['rung'] == 'sum' else row['rung']}"
    bar = Markup("").join(
        Markup('<i class="{}" style="width:{:.3f}%{}"></i>').format(
            fill, 0.0 if goal is None else min(tco2 / goal, 1) * 100, css
        )
        for tco2, css in ((high if high > low else 0, ";opacity:.45"), (low, ""))
        if tco2
    )
    remark = reported(row.get("reported_tco2", 0), t)
    figure = escape(between(low, high, t, amount_short)) + small(remark)
    return cells.format(" jcm-big", figure, DASH if goal is None else _share(low, high, goal, t), bar)


def _share(low: int, high: int, goal: int, t: Texts) -> str:
    return between(low / goal, high / goal, t, percent)


def _later(row: dict[str, Any] | None, goal: int | None, t: Texts) -> Markup:
    if goal is None or row is None or row["tco2_low"] is None:
        return Markup('<td class="jcm-hide-narrow"></td>') * 2
    low, high = row["tco2_low"], row["tco2_high"]
    return Markup(
        '<td class="jcm-n jcm-hide-narrow">{}</td><td class="jcm-n jcm-hide-narrow">{}</td>'
    ).format(between(low, high, t, amount_short), _share(low, high, goal, t))


def _sum_row(
    content: TargetContent,
    later: dict[str, dict[str, Any]],
    goal: int | None,
    later_goal: int | None,
    t: Texts,
) -> Markup:
    near, far = (
        {"rung": "sum"}
        | {
            name: sum(rows[code][name] for code in EXPECTED_RUNGS)
            for name in (
                "projects",
                "projects_with_estimate",
                "projects_with_schedule",
                "tco2_low",
                "tco2_high",
            )
        }
        for rows in ({row["rung"]: row for row in content.ladder}, later)
    )
    missing = why_missing(near, t)
    return Markup('<tr class="jcm-sum"><th scope="row">{}</th><td class="jcm-n">{}</td>{}{}</tr>').format(
        t("Expected, sum"),
        _count(near, 0, t),
        _figures(near, goal, t, missing),
        _later(None if missing else far, later_goal, t),
    )


def ladder_told(content: TargetContent, t: Texts) -> Told:
    """What is on paper beside what was decided and transferred; then how much of it is registered."""
    _, with_estimate = content.projects_counted()
    if not with_estimate:
        return "", t("No project in this selection states an annual estimate.")
    if not content.has_schedule:
        return "", t("When the projects known start is not stated, so that nothing can be said of any year.")
    expected = sum(content.ladder_row(code)["tco2_low"] for code in EXPECTED_RUNGS)
    steps = [t("{tonnes} on paper by FY{year}", tonnes=amount_short(expected, t), year=content.first_year)]
    if content.rung_total("notified", "high"):
        steps.append(t("{tonnes} decided for issuance", tonnes=tonnes_of(content, "notified", t)))
    if content.rung_total("itmo", "high"):
        steps.append(t("{tonnes} transferred", tonnes=tonnes_of(content, "itmo", t)))
    message = t(", ").join(steps)
    text = t(
        "Of what the projects {known} state, {registered} are of registered projects.",
        known=knowledge(content, t),
        registered=amount_short(content.ladder_row("registered")["tco2_low"], t),
    )
    if content.selection.share == "japan":
        unknown = sum(content.ladder_row(code)["unknown_share_tco2"] for code in EXPECTED_RUNGS)
        text += t.gap + t(
            "Japanese side only; for {unknown} of the expected tonnes the share is not known, and they are left out.",
            unknown=amount_short(unknown, t),
        )
    return message, text


def ladder_table(content: TargetContent, t: Texts) -> Table[dict[str, Any]]:
    """The ladder with exact tonnes, for files."""
    names = {r.code: t.pick(r.name_en, r.name_ja) for r in RUNGS}
    names |= {"withdrawn": t("Withdrawn"), "study": t("Studies and company targets")}
    later = {row["rung"]: row for row in content.ladder_later}
    filed = partial(Column[dict[str, Any]], cell=None)
    number, amount = partial(filed, kind="number"), partial(filed, kind="tonnes")
    near, far = content.target_years

    def in_part(row: dict[str, Any]) -> int | None:
        return None if row["events"] is None else content.known_in_part(row["rung"])

    def of_later(end: str, heading: str) -> Column[dict[str, Any]]:
        return amount(f"later_tco2_{end}", heading, value=lambda r: later[r["rung"]][f"tco2_{end}"])

    return Table(
        (
            filed("name", t("Stage"), value=lambda r: names[r["rung"]]),
            filed("rung", t("Code")),
            number("projects", t("Projects")),
            number("projects_with_estimate", t("Projects with an estimate")),
            number("projects_outside_scope", t("Projects outside the scope")),
            number("events", t("Events")),
            number("events_without_amount", t("Events without an amount")),
            number("events_in_part", t("Events known only in part"), value=in_part),
            amount("tco2_low", t("Tonnes by FY{year}, low end (tCO2)", year=near)),
            amount("tco2_high", t("Tonnes by FY{year}, high end (tCO2)", year=near)),
            # With one target the columns of the later year would repeat those of the nearest.
            *(
                (
                    of_later("low", t("Tonnes by FY{year}, low end (tCO2)", year=far)),
                    of_later("high", t("Tonnes by FY{year}, high end (tCO2)", year=far)),
                )
                if far != near
                else ()
            ),
            amount("reported_tco2", t("Of the low end, reported (tCO2)")),
            amount("undated_tco2", t("Of these without a date (tCO2)")),
            amount("unknown_share_tco2", t("Japanese share not known (tCO2)")),
        ),
        content.ladder,
        t,
    )
