"""The main chart of a part of the programme: its own milestones, without the targets, which all projects share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from view.page import Content, Rows
from view.target.content import TargetContent
from view.texts import Texts, texts

P = TypeVar("P", bound="Part")


class Part(TargetContent):
    """What the chart knows of a part; which milestones are its own, its kind says."""

    @property
    def labelled(self) -> Rows:
        """Those of them with words beside the chart: signed, first registered, first issued."""
        return [m for m in self.marked if m["kind"] in {"agreement", "registration", "issuance"}]


def part_of(kind: type[P], content: Content) -> P:
    """What the chart of a profile draws: no target is the part's own."""
    return kind(replace(content.context, targets=()), content.answers)


def _names(t: Texts) -> Mapping[str, str]:
    return {
        "agreement": t("Memorandum signed"),
        "registration": t("First project registered"),
        "issuance": t("First issuance decided"),
    }


def firsts(
    projects: Rows, issuances: Rows, signed: Sequence[tuple[date, str]] = ()
) -> list[dict[str, object]]:
    """The first of each kind in what the lists of a page hold: rows as those of `milestones`, days with precision."""
    en, ja = _names(texts("en")), _names(texts("ja"))
    days = {
        "agreement": list(signed),
        "registration": [(p["registered_on"], "day") for p in projects if p["registered_on"]],
        "issuance": [(e["decided_on"], e["decided_precision"]) for e in issuances if e["decided_on"]],
    }
    return [
        {
            "milestone_on": min(found)[0],
            "milestone_precision": min(found)[1],
            "kind": kind,
            "title_en": en[kind],
            "title_ja": ja[kind],
        }
        for kind, found in days.items()
        if found
    ]


def by_day(milestones: Rows) -> Rows:
    """Milestones in their order."""
    return sorted(milestones, key=lambda m: (m["milestone_on"], m["title_en"]))
