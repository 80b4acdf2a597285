"""The table of sectors or technologies: projects by stage, expected tonnes, decided tonnes, size of a project."""

from html import escape

import pyarrow as pa

from model.durations import FEW
from model.ladder import DORMANT
from view.amounts import amount_short, reported, tonnes_between
from view.sectors.content import NOT_STATED, Content, Group
from view.sectors.sentences import share_note
from view.target.content import labelled
from view.texts import Texts
from view.theme import PALETTES, ThemeName

DRAWN = ("registered", "validation", "pipeline")
"""Stages from the surest to the least sure, as they stand in the bar; the dormant one is told beside it."""


def table_title(content: Content, t: Texts) -> str:
    """Title with its rungs."""
    title = (
        t("Sectors: projects by stage, expected reductions and issuance decided")
        if content.by == "sector"
        else t("Technologies: projects by stage, expected reductions and issuance decided")
    )
    return title + share_note(content, t)


def group_table(content: Content, t: Texts, theme: ThemeName) -> str:
    """HTML: one row a group, all of them, and the total."""
    groups = [g for g in content.groups if g.value != NOT_STATED[content.by] or not g.is_empty]
    if content.by == "technology":
        groups.sort(key=lambda g: (g.value == NOT_STATED[content.by], -(g.near or 0), -g.projects))
    most = max((g.projects for g in groups), default=0)
    listed = [g for g in groups if content.by == "sector" or not g.is_empty]
    rows = "".join(_row(g, content, most, t) for g in listed) + _unlisted(
        [content.name(g.value, t) for g in groups if g not in listed], t
    )
    return (
        f'<div class="jcm-keys">{_keys(t)}</div><div class="jcm-scroll"><table class="jcm-groups" style="--ground:{PALETTES[theme].background}">{_head(content, t)}'
        f"<tbody>{rows}{_row(content.total, content, most, t)}</tbody></table></div>"
    )


def _keys(t: Texts) -> str:
    names = stage_names(t)
    return "".join(
        f'<span><i class="jcm-swatch jcm-fill-{code}"></i>{escape(names[code])}</span>' for code in DRAWN
    )


def stage_names(t: Texts) -> dict[str, str]:
    """Names of the stages of projects."""
    return {
        "registered": t("Registered"),
        "validation": t("Under validation"),
        "pipeline": t("Selected or planned"),
        DORMANT: t("Selected long ago, never listed"),
    }


def _head(content: Content, t: Texts) -> str:
    kind = t("JCM sectoral scope") if content.by == "sector" else t("Technology")
    cells = [
        (kind, ""),
        (t("Projects"), "jcm-n"),
        (t("by stage"), "jcm-hide-narrow"),
        (t("Expected by FY{year}", year=content.first_year), "jcm-n"),
        (t("share"), "jcm-n"),
        (t("Expected by FY{year}", year=content.last_year), "jcm-n"),
        (t("Issuance decided"), "jcm-n"),
        (t("Annual estimate of a project, t: mean"), "jcm-n"),
        (t("median"), "jcm-n"),
    ]
    return (
        "<thead><tr>"
        + "".join(f'<th scope="col" class="{css}">{escape(text)}</th>' for text, css in cells)
        + "</tr></thead>"
    )


def _unlisted(names: list[str], t: Texts) -> str:
    """One row that names the technologies without a project; sectors have a row each."""
    if not names:
        return ""
    text = t("No project known: {names}.", names=t.listing(names))
    return f'<tr class="jcm-kept"><td colspan="9">{escape(text)}</td></tr>'


def _row(group: Group, content: Content, most: int, t: Texts) -> str:
    is_total = not group.value
    name = t("All together") if is_total else content.name(group.value, t)
    if is_total or group.is_empty or group.value == "unstated":
        heading = escape(name)
    else:
        link = content.projects_link(t, **{content.by: group.value})
        heading = f'<a class="jcm-link" href="{escape(link)}" target="_self">{escape(name)}</a>'
    if not is_total and not group.projects and not group.events:
        words = t("no project that counts") if group.kept_aside or group.dormant else t("no project known")
        small = _aside(group, t)
        return (
            f'<tr class="jcm-kept"><th scope="row">{heading}</th><td class="jcm-n">0{small}</td>'
            f'<td class="jcm-hide-narrow">{escape(words)}</td>' + '<td class="jcm-n"></td>' * 6 + "</tr>"
        )
    share = group.near / content.total.near if group.near is not None and content.total.near else None
    bar = "" if is_total else _bar(group, most)
    return (
        f'<tr class="{"jcm-sum" if is_total else "jcm-plain"}"><th scope="row">{heading}</th>'
        f'<td class="jcm-n">{t.number(group.projects)}{_aside(group, t)}</td>'
        f'<td class="jcm-hide-narrow">{bar}</td>'
        f'<td class="jcm-n jcm-strong">{_expected(group.near, t)}{_estimates(group, t)}</td>'
        f'<td class="jcm-n">{"–" if share is None else escape(t.percent(share))}</td>'
        f'<td class="jcm-n">{_expected(group.far, t)}</td>'
        f'<td class="jcm-n">{_decided(group, t)}</td>'
        f'<td class="jcm-n">{_size(group.mean, t)}{_few(group, t)}</td><td class="jcm-n">{_size(group.median, t)}</td></tr>'
    )


def _aside(group: Group, t: Texts) -> str:
    words = []
    if group.dormant:
        words.append(t("+ {n} selected long ago, never listed", n=t.number(group.dormant)))
    if group.kept_aside:
        words.append(t("+ {n} not counted", n=t.number(group.kept_aside)))
    return "".join(f"<small>{escape(text)}</small>" for text in words)


def _bar(group: Group, most: int) -> str:
    parts, left = [], 0.0
    for code in DRAWN:
        width = group.stages[code] / most * 100 if most else 0.0
        if width:
            parts.append(f'<i class="jcm-fill-{code}" style="left:{left:.2f}%;width:{width:.2f}%"></i>')
        left += width
    return f'<div class="jcm-bar" aria-hidden="true">{"".join(parts)}</div>'


def _expected(tco2: int | None, t: Texts) -> str:
    return "–" if tco2 is None else escape(amount_short(tco2, t))


def _estimates(group: Group, t: Texts) -> str:
    if not group.projects:
        return ""
    if not group.with_estimate:
        words = t("no estimate stated")
    elif not group.with_schedule:
        words = t("{n} with an estimate, none with a schedule", n=t.number(group.with_estimate))
    elif group.near is None:
        words = t("share not known")
    else:
        words = t("{n} with an estimate", n=t.number(group.with_estimate))
    return f"<small>{escape(words)}</small>{_reported(group.reported, t)}"


def _reported(tco2: int, t: Texts) -> str:
    words = reported(tco2, t)
    return f"<small>{escape(words)}</small>" if words else ""


def _decided(group: Group, t: Texts) -> str:
    if not group.events:
        return f"–<small>{escape(t('none known'))}</small>"
    events = t.count("{n} event", "{n} events", group.events)
    unknown = group.events_without_amount
    small = events
    if unknown and group.notified is not None:
        small = t("{events}, {n} without an amount", events=events, n=t.number(unknown))
    elif unknown < group.events and group.notified is None:
        small = t("{events}, share not known", events=events)
    elif unknown:
        small = t("{events}, amount not known", events=events)
    if group.notified is None or group.notified_high is None:
        return f"–<small>{escape(small)}</small>"
    return (
        f"{escape(tonnes_between(group.notified, group.notified_high, t))}<small>{escape(small)}</small>"
        f"{_reported(group.notified_reported, t)}"
    )


def _size(tco2: float | None, t: Texts) -> str:
    return "–" if tco2 is None else escape(t.number(tco2))


def _few(group: Group, t: Texts) -> str:
    return f"<small>{escape(t('too few'))}</small>" if 0 < group.with_estimate < FEW else ""


def group_rows(content: Content, t: Texts) -> pa.Table:
    """The table as exact figures."""
    groups = [*content.groups, content.total]
    whole = content.total.near
    kind = t("JCM sectoral scope") if content.by == "sector" else t("Technology")
    return labelled(
        {
            kind: [content.name(g.value, t) if g.value else t("All together") for g in groups],
            t("Code"): [g.value for g in groups],
            t("Projects"): [g.projects for g in groups],
            **{
                t("Projects: {stage}", stage=name): [g.stages[code] for g in groups]
                for code, name in stage_names(t).items()
                if code in DRAWN
            },
            t("Projects with an estimate"): [g.with_estimate for g in groups],
            t("Kept, not counted: withdrawn, studies, outside the scope"): [g.kept_aside for g in groups],
            t("Expected by FY{year} (tCO2)", year=content.first_year): [g.near for g in groups],
            t("Share of the total"): [
                g.near / whole if g.near is not None and whole else None for g in groups
            ],
            t("Expected by FY{year} (tCO2)", year=content.last_year): [g.far for g in groups],
            t("Issuance decisions"): [g.events for g in groups],
            t("Of these without an amount"): [g.events_without_amount for g in groups],
            t("Issuance decided, low end (tCO2)"): [g.notified for g in groups],
            t("Issuance decided, high end (tCO2)"): [g.notified_high for g in groups],
            t("Mean annual estimate (tCO2 a year)"): [g.mean for g in groups],
            t("Median annual estimate (tCO2 a year)"): [g.median for g in groups],
            t("Kept, not counted: selected long ago, never listed"): [g.dormant for g in groups],
            t("Of the expected tonnes, reported (tCO2)"): [g.reported for g in groups],
            t("Of the tonnes decided, reported (tCO2)"): [g.notified_reported for g in groups],
        }
    )
