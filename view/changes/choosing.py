"""The choices on the page of changes: the earlier edition, and the days that are one click away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from view import address, embedding
from view.changes.last_visit import last_visit
from view.controls import Controls
from view.marks.markup import Markup, note, titled
from view.texts import Texts

Rows = Sequence[Mapping[str, Any]]
SAME = "same"


def choose_version(controls: Controls, kept: Sequence[str], own: str, t: Texts) -> str:
    """The data version of the earlier edition, among those kept; SAME for that of this page."""
    names = version_names(kept, own, t)
    return controls.one("before", t("Compared with data version"), names) if len(names) > 1 else SAME


def offer_presets(some: Mapping[str, date], kept: Sequence[str], day: date, version: str, t: Texts) -> None:
    """Buttons for the days that are one click away, and for the reader's last visit; `day` and `version` are this one's."""
    if embedding.is_on():
        return
    with st.container(horizontal=True, gap="small"):
        for name, preset in some.items():
            st.button(name, key=f"preset.{name}", on_click=_go_to, args=(preset,), type="tertiary")
        visit = last_visit(day, version)
        if visit is None:
            st.caption(t("This browser has no earlier visit on record."))
            return
        st.button(
            t("since my last visit ({day})", day=t.day_short(visit.day)),
            key="preset.visit",
            on_click=_go_to,
            args=(visit.day, visit.version if visit.version in kept else None),
            type="tertiary",
        )


def _go_to(day: date, data_version: str | None = None) -> None:
    address.adopt({"earlier": [day.isoformat()], "before": [data_version] if data_version else []})


def presets(milestones: Rows, day: date, earliest: date, t: Texts) -> dict[str, date]:
    """Days that are one click away: the last meeting of the council and of the partners on record, and a year ago."""
    found: dict[str, date] = {}
    council = _last(milestones, day, lambda m: "Promotion and Utilization Council" in m["title_en"])
    meeting = _last(milestones, day, lambda m: m["kind"] == "meeting")
    if council:
        found[t("since the last council meeting on record ({day})", day=t.day_short(council))] = council
    if meeting:
        found[t("since the last JCM meeting ({day})", day=t.day_short(meeting))] = meeting
    year = max(earliest, day - timedelta(days=365))
    found[t("last 12 months ({day})", day=t.day_short(year))] = year
    return found


def _last(milestones: Rows, day: date, is_meant: Any) -> date | None:  # noqa: ANN401 - a condition on a row
    days = [
        m["milestone_on"]
        for m in milestones
        if m["milestone_precision"] == "day" and m["milestone_on"] < day and is_meant(m)
    ]
    return max(days, default=None)


def usual_day(some: Mapping[str, date], latest: date, day: date, *, is_same: bool) -> date:
    """The day that a comparison begins with: the first of those one click away; another version on its own day."""
    if not is_same:
        return latest
    return next(iter(some.values()), day)


def version_names(kept: Sequence[str], own: str, t: Texts) -> dict[str, str]:
    """The version of this page, then every other that is kept."""
    return {SAME: t("the same version"), **{code: code for code in kept if code != own}}


def not_comparable_html(data_version: str, t: Texts) -> Markup:
    """That a kept file cannot be compared."""
    title = t("Version {version} cannot be compared", version=data_version)
    text = t(
        "Its file was written by older code. Rebuild its data with the present code: python -m etl rebuild <revision>"
    )
    return titled(title, text)


def swapped_html(t: Texts) -> Markup:
    """That the two days were put in order."""
    words = t("The day compared with lies after the day of the page; the two were put in order.")
    return note(words)
