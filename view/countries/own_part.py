"""The main chart of one country: its own tonnes and its own milestones, without the targets, which all partners share."""

from queries.runner import Row
from view.countries.content import CountryProfile
from view.page import Rows
from view.target.part import Part, by_day, firsts, part_of


class OwnPart(Part):
    """What the chart knows of the country of a profile."""

    @property
    def marked(self) -> Rows:
        """The country's milestones."""
        return own_milestones(CountryProfile(self.context, self.answers))


def own_part(profile: CountryProfile) -> OwnPart:
    """What the chart of a profile draws."""
    return part_of(OwnPart, profile)


def own_milestones(profile: CountryProfile) -> Rows:
    """Milestones of the record that name the country, and its firsts, by day: rows as those of `milestones`."""
    partner = profile.partner
    is_ours = partner["is_partner"] and not is_signature_told(profile)
    signed = [(partner["signed_to_on"], _precision(partner))] if is_ours else []
    return by_day([*profile.named_milestones, *firsts(profile.projects, profile.issuances, signed)])


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
