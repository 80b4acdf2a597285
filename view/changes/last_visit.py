"""Remembers the day and the data version of a reader's last visit, in the reader's own browser and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from view.components import mounted

NAME = "jcm_changes.last_visit"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Visit:
    """The day of the facts and the data version that the reader saw last."""

    day: date
    version: str


def last_visit(day: date, version: str) -> Visit | None:
    """The visit before this one; None on a first visit, or where the browser keeps nothing."""
    found: Any = mounted(NAME, _HERE, "last_visit.js", html="<span></span>")(
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
