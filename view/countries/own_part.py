"""The main chart of one country: its own tonnes and its own milestones, without the targets, which all partners share."""

from collections.abc import Mapping
from dataclasses import replace

from queries.runner import Row
from view.countries.content import CountryProfile
from view.page import Rows
from view.target.content import TargetContent
from view.texts import Texts, texts


class OwnPart(TargetContent):
    """What the chart knows of the country of a profile."""

    @property
    def marked(self) -> Rows:
        """The country's milestones."""
        return own_milestones(CountryProfile(self.context, self.answers))

    @property
    def labelled(self) -> Rows:
        """Those of them with words beside the chart: signed, first registered, first issued."""
        return [m for m in self.marked if m["kind"] in {"agreement", "registration", "issuance"}]


def own_part(profile: CountryProfile) -> OwnPart:
    """What the chart of a profile draws: no target is the country's own."""
    return OwnPart(replace(profile.context, targets=()), profile.answers)


def _names(t: Texts) -> Mapping[str, str]:
    return {
        "agreement": t("Memorandum signed"),
        "registration": t("First project registered"),
        "issuance": t("First issuance decided"),
    }


def own_milestones(profile: CountryProfile) -> Rows:
    """Milestones of the record that name the country, and its firsts, by day: rows as those of `milestones`.

    The firsts are those of what the lists of the page hold.
    """
    partner = profile.partner
    en, ja = _names(texts("en")), _names(texts("ja"))
    registered = [p["registered_on"] for p in profile.projects if p["registered_on"]]
    decided = [(e["decided_on"], e["decided_precision"]) for e in profile.issuances if e["decided_on"]]
    firsts = []
    if partner["is_partner"] and not is_signature_told(profile):
        firsts.append(("agreement", partner["signed_to_on"], _precision(partner)))
    if registered:
        firsts.append(("registration", min(registered), "day"))
    if decided:
        firsts.append(("issuance", *min(decided)))
    own = [
        {
            "milestone_on": day,
            "milestone_precision": precision,
            "kind": kind,
            "title_en": en[kind],
            "title_ja": ja[kind],
        }
        for kind, day, precision in firsts
    ]
    return sorted([*profile.named_milestones, *own], key=lambda m: (m["milestone_on"], m["title_en"]))


def _precision(partner: Row) -> str:
    """How exactly the day of signature can be written: of an interval, the month or the year that holds it."""
    first, last = partner["signed_from_on"], partner["signed_to_on"]
    if first == last:
        return "day"
    return "month" if (first.year, first.month) == (last.year, last.month) else "year"


def is_signature_told(profile: CountryProfile) -> bool:
    """Whether a milestone of the record already tells of the country's signature."""
    day = profile.partner["signed_to_on"]
    return any(m["milestone_on"] == day and m["kind"] == "agreement" for m in profile.named_milestones)
