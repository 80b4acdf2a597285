"""Remembers the day and the data version of a reader's last visit, in the reader's own browser and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

_JS = (Path(__file__).parent / "assets" / "last_visit.js").read_text(encoding="utf-8")
_mount = st.components.v2.component("jcm_last_visit", html="<span></span>", js=_JS)


@dataclass(frozen=True)
class Visit:
    """The day of the facts and the data version that the reader saw last."""

    day: date
    version: str


def last_visit(day: date, version: str) -> Visit | None:
    """The visit before this one; None on a first visit, or where the browser keeps nothing."""
    found = _mount(
        data={"day": day.isoformat(), "version": version},
        key="changes.visit",
        on_visit_change=lambda: None,
        height=1,
    )
    kept: Mapping[str, str] | None = getattr(found, "visit", None)
    if not kept:
        return None
    try:
        return Visit(date.fromisoformat(kept["day"]), str(kept["version"]))
    except (KeyError, ValueError):
        return None
