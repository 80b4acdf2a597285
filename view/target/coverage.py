"""What the figures of the target page cover, in sentences."""

from view.amounts import amount_short
from view.target.content import TargetContent
from view.target.statements import coverage_words
from view.texts import Texts


def coverage_short(content: TargetContent, t: Texts) -> str:
    """Share of the projects in sight that state an annual estimate; shown with every expected figure."""
    total, known = content.projects_counted()
    if total == 0:
        return t("No project in this selection")
    return t(
        "{known} of {total} projects state an annual estimate ({share}); sum of the stated estimates only",
        known=t.number(known),
        total=t.number(total),
        share=t.percent(known / total),
    )


def issued_coverage(content: TargetContent, t: Texts) -> str:
    """How much of what was stated as issued our records hold."""
    stated = content.stated_issued()
    if stated is None or stated["coverage"] is None or content.selection.is_filtered:
        return t("Issued: known amounts only")
    return t(
        "Our records hold {share} of the {stated} stated for {day}",
        share=coverage_words(stated, t),
        stated=amount_short(stated["stated_value"], t),
        day=t.partial_day(stated["as_of_on"], stated["as_of_precision"]),
    )
