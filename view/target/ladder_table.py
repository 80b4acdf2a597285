"""The ladder: what is expected, verified, shared and counted, one row a rung, with bars on one linear axis."""

from html import escape
from typing import Any

import pyarrow as pa

from model.ladder import DORMANT, EXPECTED_RUNGS, RUNG_BY_CODE, RUNGS
from view.amounts import amount_elsewhere, amount_short, between, reported, tonnes
from view.guide.term_links import TERM_OF_RUNG
from view.target.content import Content, labelled
from view.target.sentences import knowledge, percent
from view.texts import Texts

KEPT_ASIDE = ("withdrawn", "study")


def ladder_table(content: Content, t: Texts) -> str:
    """HTML table. Bars are shares of the nearest target; a rung too small to see is still told by its number."""
    goal = content.targets[0].high_tco2 if content.targets else None
    later_goal = content.targets[-1].high_tco2 if len(content.targets) > 1 else None
    later = {row["rung"]: row for row in content.ladder_later}
    head = _head(content, t, goal, later_goal)
    rows: list[str] = []
    kind = ""
    for rung in RUNGS:
        if rung.kind == "aside":
            continue
        row = content.ladder_row(rung.code)
        if rung.kind != kind:
            kind = rung.kind
            label = (
                t("Expected: tonnes from annual estimates")
                if kind == "expected"
                else t("Actual: each rung is a part of the one above, not added to it")
            )
            rows.append(f'<tr class="jcm-group"><th colspan="7" scope="colgroup">{escape(label)}</th></tr>')
        rows.append(_row(row, later[rung.code], (goal, later_goal), content.known_in_part(rung.code), t))
        if rung.code == "registered":
            rows.append(_sum_row(content, later, goal, later_goal, t))
    rows.append(
        f'<tr class="jcm-group"><th colspan="7" scope="colgroup">{escape(t("Kept and shown, never summed"))}</th></tr>'
    )
    rows.append(_dormant_row(content.ladder_row(DORMANT), later[DORMANT], later_goal, t))
    names = {"withdrawn": t("Withdrawn"), "study": t("Studies and company targets")}
    for code in KEPT_ASIDE:
        row = content.ladder_row(code)
        count = row["projects"] + row["projects_outside_scope"]
        rows.append(_kept_row(names[code], count, t))
    aside = sum(content.ladder_row(rung.code)["projects_outside_scope"] or 0 for rung in RUNGS)
    if aside:
        rows.append(_kept_row(t("Not confirmed as a JCM project"), aside, t))
    return f'<div class="jcm-scroll"><table class="jcm-ladder">{head}<tbody>{"".join(rows)}</tbody></table></div>'


def _kept_row(name: str, count: int, t: Texts) -> str:
    return (
        f'<tr class="jcm-kept"><th scope="row">{escape(name)}</th><td class="jcm-n">{t.number(count)}</td>'
        f'<td class="jcm-n">–</td><td class="jcm-n">–</td><td class="jcm-hide-narrow"></td>'
        f'<td class="jcm-n jcm-hide-narrow">–</td><td class="jcm-n jcm-hide-narrow">–</td></tr>'
    )


def _dormant_row(row: dict[str, Any], later: dict[str, Any], later_goal: int | None, t: Texts) -> str:
    """Selected long ago and never listed: its tonnes are told, marked as in no sum, and no share is made of them."""
    mark, missing = t("in no sum"), why_missing(row, t)
    near = "–" if missing else amount_short(row["tco2_low"], t)
    far = "" if missing or later_goal is None else amount_short(later["tco2_low"], t)
    return (
        f'<tr class="jcm-kept">{_name(DORMANT, t)}<td class="jcm-n">{_count(row, 0, t)}</td>'
        f'<td class="jcm-n">{escape(near)}<small>{escape(missing or mark)}</small></td><td class="jcm-n">–</td>'
        f'<td class="jcm-hide-narrow"></td><td class="jcm-n jcm-hide-narrow">{escape(far)}'
        f"<small>{escape(mark if far else '')}</small></td>"
        f'<td class="jcm-n jcm-hide-narrow">–</td></tr>'
    )


def _head(content: Content, t: Texts, goal: int | None, later_goal: int | None) -> str:
    near = t("by FY{year}", year=content.first_year)
    far = t("by FY{year}", year=content.last_year) if later_goal else ""
    axis = t("0 to {goal}", goal=amount_short(goal, t)) if goal else ""
    cells = [
        (t("Rung"), ""),
        (t("Projects or events"), "jcm-n"),
        (t("Tonnes {by}", by=near), "jcm-n"),
        (t("of {goal}", goal=amount_short(goal, t)) if goal else "", "jcm-n"),
        (axis, "jcm-hide-narrow"),
        (t("Tonnes {by}", by=far) if far else "", "jcm-n jcm-hide-narrow"),
        (t("of {goal}", goal=amount_short(later_goal, t)) if later_goal else "", "jcm-n jcm-hide-narrow"),
    ]
    return (
        "<thead><tr>"
        + "".join(f'<th scope="col" class="{css}">{escape(text)}</th>' for text, css in cells)
        + "</tr></thead>"
    )


def _row(
    row: dict[str, Any],
    later: dict[str, Any],
    goals: tuple[int | None, int | None],
    in_part: int,
    t: Texts,
) -> str:
    goal, later_goal = goals
    missing = why_missing(row, t)
    far = None if missing else later
    return (
        f'<tr>{_name(row["rung"], t)}<td class="jcm-n">{_count(row, in_part, t)}</td>'
        f"{_figures(row, goal, t, missing)}{_later(far, later_goal, t)}</tr>"
    )


def _name(code: str, t: Texts) -> str:
    """Head of a row: the rung with its swatch, in both languages."""
    rung = RUNG_BY_CODE[code]
    other = t.other_of(rung.name_en, rung.name_ja)
    meaning = t.pick(rung.meaning_en, rung.meaning_ja)
    return (
        f'<th scope="row" title="{escape(meaning)}"><span class="jcm-swatch jcm-fill-{rung.code}"></span>'
        f'<a class="jcm-link" href="guide?lang={t.lang}&amp;term={TERM_OF_RUNG[rung.code]}">{escape(t.pick(rung.name_en, rung.name_ja))}</a>'
        f'<small lang="{t.other}">{escape(other)}</small></th>'
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


def _count(row: dict[str, Any], in_part: int, t: Texts) -> str:
    if row["projects"] is None:
        unknown = row["events_without_amount"]
        small = t.listing(
            [
                *([t("{n} without an amount", n=t.number(unknown))] if unknown else []),
                *([t("{n} known only in part", n=t.number(in_part))] if in_part else []),
            ]
        )
        return f"{escape(t.count('{n} event', '{n} events', row['events']))}<small>{escape(small)}</small>"
    with_estimate = t("{n} with an estimate", n=t.number(row["projects_with_estimate"]))
    return f"{t.number(row['projects'])}<small>{escape(with_estimate)}</small>"


def _figures(row: dict[str, Any], goal: int | None, t: Texts, missing: str) -> str:
    low, high = row["tco2_low"], row["tco2_high"]
    if low is None or missing:
        return (
            f'<td class="jcm-n">–<small>{escape(missing)}</small></td><td class="jcm-n">–</td>'
            f'<td class="jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true"></div></td>'
        )
    share = "–" if goal is None else _share(low, high, goal, t)
    fill = f"jcm-fill-{'registered' if row['rung'] == 'sum' else row['rung']}"
    bar = "".join(
        f'<i class="{fill}" style="width:{0.0 if goal is None else min(tco2 / goal, 1) * 100:.3f}%{css}"></i>'
        for tco2, css in ((high if high > low else 0, ";opacity:.45"), (low, ""))
        if tco2
    )
    small = between(low, high, t, amount_elsewhere if low >= 1000 else _exact)
    remark = reported(row.get("reported_tco2", 0), t)
    smalls = f"<small>{escape(small)}</small>" + (f"<small>{escape(remark)}</small>" if remark else "")
    return (
        f'<td class="jcm-n jcm-big">{escape(between(low, high, t, amount_short))}{smalls}</td>'
        f'<td class="jcm-n">{escape(share)}</td>'
        f'<td class="jcm-hide-narrow"><div class="jcm-bar" aria-hidden="true">{bar}</div></td>'
    )


def _exact(tco2: float, t: Texts) -> str:
    return tonnes(round(tco2), t)


def _share(low: int, high: int, goal: int, t: Texts) -> str:
    return between(low / goal, high / goal, t, percent)


def _later(row: dict[str, Any] | None, goal: int | None, t: Texts) -> str:
    if goal is None or row is None or row["tco2_low"] is None:
        return '<td class="jcm-hide-narrow"></td><td class="jcm-hide-narrow"></td>'
    low, high = row["tco2_low"], row["tco2_high"]
    return (
        f'<td class="jcm-n jcm-hide-narrow">{escape(between(low, high, t, amount_short))}</td>'
        f'<td class="jcm-n jcm-hide-narrow">{escape(_share(low, high, goal, t))}</td>'
    )


def _sum_row(
    content: Content, later: dict[str, dict[str, Any]], goal: int | None, later_goal: int | None, t: Texts
) -> str:
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
    return (
        f'<tr class="jcm-sum"><th scope="row">{escape(t("Expected, sum"))}</th>'
        f'<td class="jcm-n">{_count(near, 0, t)}</td>{_figures(near, goal, t, missing)}'
        f"{_later(None if missing else far, later_goal, t)}</tr>"
    )


def ladder_sentence(content: Content, t: Texts) -> str:
    """What the ladder says in one sentence."""
    _, with_estimate = content.projects_counted()
    if not with_estimate:
        return t("No project in this selection states an annual estimate.")
    expected = sum(content.ladder_row(code)["tco2_low"] for code in EXPECTED_RUNGS)
    registered = content.ladder_row("registered")["tco2_low"]
    decided = content.ladder_row("notified")
    text = t(
        "Of the {expected} expected by FY{year} from the projects {known}, {registered} are of registered projects;"
        " {decided} were decided for issuance.",
        expected=amount_short(expected, t),
        year=content.first_year,
        known=knowledge(content, t),
        registered=amount_short(registered, t),
        decided=between(decided["tco2_low"] or 0, decided["tco2_high"] or 0, t, amount_short),
    )
    if content.selection.share == "japan":
        unknown = sum(content.ladder_row(code)["unknown_share_tco2"] for code in EXPECTED_RUNGS)
        text += t.gap + t(
            "Japanese side only; for {unknown} of the expected tonnes the share is not known, and they are left out.",
            unknown=amount_short(unknown, t),
        )
    return text


def ladder_rows(content: Content, t: Texts) -> pa.Table:
    """The ladder as a plain table, exact tonnes."""
    names = {r.code: t.pick(r.name_en, r.name_ja) for r in RUNGS}
    names |= {"withdrawn": t("Withdrawn"), "study": t("Studies and company targets")}
    later = {row["rung"]: row for row in content.ladder_later}
    # With one target the columns of the later year would repeat those of the nearest.
    years = {
        content.first_year: content.ladder,
        content.last_year: [later[r["rung"]] for r in content.ladder],
    }
    tonnes_columns: dict[str, list[object]] = {}
    for year, rows in years.items():
        tonnes_columns[t("Tonnes by FY{year}, low end (tCO2)", year=year)] = [r["tco2_low"] for r in rows]
        tonnes_columns[t("Tonnes by FY{year}, high end (tCO2)", year=year)] = [r["tco2_high"] for r in rows]
    return labelled(
        {
            t("Rung"): [names[row["rung"]] for row in content.ladder],
            t("Code"): [row["rung"] for row in content.ladder],
            t("Projects"): [row["projects"] for row in content.ladder],
            t("Projects with an estimate"): [row["projects_with_estimate"] for row in content.ladder],
            t("Projects outside the scope"): [row["projects_outside_scope"] for row in content.ladder],
            t("Events"): [row["events"] for row in content.ladder],
            t("Events without an amount"): [row["events_without_amount"] for row in content.ladder],
            t("Events known only in part"): [
                None if row["events"] is None else content.known_in_part(row["rung"])
                for row in content.ladder
            ],
            **tonnes_columns,
            t("Of the low end, reported (tCO2)"): [row["reported_tco2"] for row in content.ladder],
            t("Of these without a date (tCO2)"): [row["undated_tco2"] for row in content.ladder],
            t("Japanese share not known (tCO2)"): [row["unknown_share_tco2"] for row in content.ladder],
        }
    )
