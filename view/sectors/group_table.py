"""The table of sectors or technologies: projects by stage, expected tonnes, decided tonnes, size of a project."""

from collections.abc import Callable
from functools import partial
from typing import Any

from model.durations import FEW
from model.ladder import DORMANT
from view.amounts import amount_short, reported, tonnes_between
from view.marks.table import DASH, WIDE, Column, Markup, Table, escape, linked, small
from view.sectors.content import NOT_STATED, Group, SectorsContent
from view.sectors.sentences import share_note
from view.texts import Texts
from view.theme import PALETTES, ThemeName

Row = dict[str, Any]

DRAWN = ("registered", "validation", "pipeline")
"""Stages from the surest to the least sure, in the order of the bar; the dormant one is named beside it."""


def table_title(content: SectorsContent, t: Texts) -> str:
    """Title with its rungs."""
    title = (
        t("Sectors: projects by stage, expected reductions and issuance decided")
        if content.by == "sector"
        else t("Technologies: projects by stage, expected reductions and issuance decided")
    )
    return title + share_note(content, t)


def group_html(content: SectorsContent, t: Texts, theme: ThemeName) -> Markup:
    """One row a group, one that names the technologies without a project, and the total."""
    groups = [g for g in content.groups if g.value != NOT_STATED[content.by] or not g.is_empty]
    if content.by == "technology":
        groups.sort(key=lambda g: (g.value == NOT_STATED[content.by], -(g.near or 0), -g.projects))
    listed = [g for g in groups if content.by == "sector" or not g.is_empty]
    unlisted = [content.name(g.value, t) for g in groups if g not in listed]
    shown = [column for column in group_table(content, t).columns if column.cell]
    nothing = Markup("")

    def row(group: Group) -> Markup:
        css = "jcm-kept" if _is_bare(group) else "jcm-plain" if group.value else "jcm-sum"
        return Markup('<tr class="{}">{}</tr>').format(
            css, nothing.join(c.drawn(_row_of(group, content, t), t) for c in shown)
        )

    return Markup(
        '<div class="jcm-keys">{}</div><div class="jcm-scroll"><table class="jcm-groups" style="--ground:{}">'
        "<thead><tr>{}</tr></thead><tbody>{}{}{}</tbody></table></div>"
    ).format(
        _keys(t),
        PALETTES[theme].background,
        nothing.join(column.heading() for column in shown),
        nothing.join(row(group) for group in listed),
        Markup('<tr class="jcm-kept"><td colspan="9">{}</td></tr>').format(
            t("No project known: {names}.", names=t.listing(unlisted))
        )
        if unlisted
        else nothing,
        row(content.total),
    )


def _keys(t: Texts) -> Markup:
    names = stage_names(t)
    return Markup("").join(
        Markup('<span><i class="jcm-swatch jcm-fill-{}"></i>{}</span>').format(code, names[code])
        for code in DRAWN
    )


def stage_names(t: Texts) -> dict[str, str]:
    """Names of the stages of projects."""
    return {
        "registered": t("Registered"),
        "validation": t("Under validation"),
        "pipeline": t("Selected or planned"),
        DORMANT: t("Selected long ago, never listed"),
    }


def _row_of(group: Group, content: SectorsContent, t: Texts) -> Row:
    whole = content.total.near
    return {
        **vars(group),
        **group.stages,
        "group": group,
        "name": content.name(group.value, t) if group.value else t("All together"),
        "projects": group.projects,
        "share": group.near / whole if group.near is not None and whole else None,
    }


def group_table(content: SectorsContent, t: Texts) -> Table[Row]:
    """Every group and the total: as the page shows it, and as exact figures."""
    most = max((g.projects for g in content.groups), default=0)
    kind = t("JCM sectoral scope") if content.by == "sector" else t("Technology")
    near, far = content.target_years

    def heading(row: Row) -> str:
        group, name = row["group"], row["name"]
        if not group.value or group.is_empty or group.value == "unstated":
            return str(name)
        return linked(content.projects_link(**{content.by: group.value}), name)

    def by_stage(row: Row) -> str:
        group = row["group"]
        if _is_bare(group):
            is_known = group.kept_aside or group.dormant
            return t("no project that counts") if is_known else t("no project known")
        return _bar(group, most) if group.value else ""

    def of_known(write: Callable[[Group], str]) -> Callable[[Row], str]:
        """Nothing is written of a group without projects and events."""
        return lambda row: "" if _is_bare(row["group"]) else write(row["group"])

    number = partial(Column[Row], kind="number", cell=None)
    amount = partial(Column[Row], kind="tonnes", cell=None)
    stages = stage_names(t)
    return Table(
        (
            Column("name", kind, cell=heading, is_head=True),
            Column("value", t("Code"), cell=None),
            number(
                "projects",
                t("Projects"),
                cell=lambda r: escape(t.number(r["projects"])) + _aside(r["group"], t),
            ),
            Column("by_stage", t("by stage"), value=None, cell=by_stage, css=WIDE),
            *(number(code, t("Projects: {stage}", stage=stages[code])) for code in DRAWN),
            number("with_estimate", t("Projects with an estimate")),
            number("kept_aside", t("Kept, not counted: withdrawn, studies, outside the scope")),
            amount(
                "near",
                t("Expected by FY{year} (tCO2)", year=near),
                cell=of_known(lambda g: escape(_expected(g.near, t)) + _estimates(g, t)),
                page_label=t("Expected by FY{year}", year=near),
                css="jcm-strong",
            ),
            Column(
                "share",
                t("Share of the total"),
                "share",
                cell=lambda r: "" if _is_bare(r["group"]) else _share(r["share"], t),
                page_label=t("share"),
            ),
            amount(
                "far",
                t("Expected by FY{year} (tCO2)", year=far),
                # With one target in force both years are the same, and files hold one column.
                value=None if far == near else lambda r: r["far"],
                cell=of_known(lambda g: _expected(g.far, t)),
                page_label=t("Expected by FY{year}", year=far),
            ),
            number("events", t("Issuance decisions")),
            number("events_without_amount", t("Of these without an amount")),
            amount(
                "notified",
                t("Issuance decided, low end (tCO2)"),
                cell=of_known(lambda g: _decided(g, t)),
                page_label=t("Issuance decided"),
            ),
            amount("notified_high", t("Issuance decided, high end (tCO2)")),
            amount(
                "mean",
                t("Mean annual estimate (tCO2 a year)"),
                cell=of_known(lambda g: escape(_size(g.mean, t)) + _few(g, t)),
                page_label=t("Annual estimate of a project, t: mean"),
            ),
            amount(
                "median",
                t("Median annual estimate (tCO2 a year)"),
                cell=of_known(lambda g: _size(g.median, t)),
                page_label=t("median"),
            ),
            number("dormant", t("Kept, not counted: selected long ago, never listed")),
            amount("reported", t("Of the expected tonnes, reported (tCO2)")),
            amount("notified_reported", t("Of the tonnes decided, reported (tCO2)")),
        ),
        [_row_of(group, content, t) for group in (*content.groups, content.total)],
        t,
    )


def _is_bare(group: Group) -> bool:
    """Whether it has neither a project that counts nor an event; the total never reads so."""
    return bool(group.value) and not group.projects and not group.events


def _aside(group: Group, t: Texts) -> Markup:
    dormant, aside = (t.number(n) for n in (group.dormant, group.kept_aside))
    return small(t("+ {n} selected long ago, never listed", n=dormant) if group.dormant else "") + small(
        t("+ {n} not counted", n=aside) if group.kept_aside else ""
    )


def _bar(group: Group, most: int) -> Markup:
    fills, left = Markup(""), 0.0
    for code in DRAWN:
        width = group.stages[code] / most * 100 if most else 0.0
        if width:
            fills += Markup('<i class="jcm-fill-{}" style="left:{:.2f}%;width:{:.2f}%"></i>').format(
                code, left, width
            )
        left += width
    return Markup('<div class="jcm-bar" aria-hidden="true">{}</div>').format(fills)


def _share(share: float | None, t: Texts) -> str:
    return DASH if share is None else t.percent(share)


def _expected(tco2: int | None, t: Texts) -> str:
    return DASH if tco2 is None else amount_short(tco2, t)


def _estimates(group: Group, t: Texts) -> Markup:
    if not group.projects:
        return Markup("")
    if not group.with_estimate:
        words = t("no estimate stated")
    elif not group.with_schedule:
        words = t("{n} with an estimate, none with a schedule", n=t.number(group.with_estimate))
    elif group.near is None:
        words = t("share not known")
    else:
        words = t("{n} with an estimate", n=t.number(group.with_estimate))
    return small(words) + small(reported(group.reported, t))


def _decided(group: Group, t: Texts) -> Markup:
    if not group.events:
        return escape(DASH) + small(t("none known"))
    events = t.count("{n} event", "{n} events", group.events)
    unknown = group.events_without_amount
    remark = events
    if unknown and group.notified is not None:
        remark = t("{events}, {n} without an amount", events=events, n=t.number(unknown))
    elif unknown < group.events and group.notified is None:
        remark = t("{events}, share not known", events=events)
    elif unknown:
        remark = t("{events}, amount not known", events=events)
    if group.notified is None or group.notified_high is None:
        return escape(DASH) + small(remark)
    return (
        escape(tonnes_between(group.notified, group.notified_high, t))
        + small(remark)
        + small(reported(group.notified_reported, t))
    )


def _size(tco2: float | None, t: Texts) -> str:
    return DASH if tco2 is None else t.number(tco2)


def _few(group: Group, t: Texts) -> Markup:
    return small(t("too few") if 0 < group.with_estimate < FEW else "")
