"""One project of the record worked through, in sentences: the outlook and the page on data and methods say the same."""

from model.outlook.worked_example import Example
from view.amounts import tonnes
from view.texts import Texts


def worked_sentences(found: Example, t: Texts) -> dict[str, str]:
    """What is on record of an example, by rung in their order; a rung of which nothing is known has no sentence."""
    project, event = found.project, found.event
    begins, ends, verified = event["period_start_on"], event["period_end_on"], event["tco2_low"]
    if begins is None or ends is None or verified is None:
        return {}
    said = {
        "expected": t(
            "Expected are {annual} a year; for {begins} to {ends} that is {expected}. Verified were {verified}, a delivery"
            " ratio of {ratio}.",
            annual=tonnes(project["annual_tco2"] or 0, t),
            begins=t.day(begins),
            ends=t.day(ends),
            expected=tonnes(round(found.expected_tco2), t),
            verified=tonnes(verified, t),
            ratio=t.number(verified / found.expected_tco2, 2),
        )
    }
    decided, issued, transferred = event["decided_on"], event["issued_on"], event["first_transferred_on"]
    if decided:
        said["notified"] = t(
            "The Joint Committee decided on {day}, {n} days after the end of the period.",
            day=t.day(decided),
            n=t.number((decided - ends).days),
        )
    if issued and decided:
        said["issued"] = t(
            "Japan issued on {day}, {n} days later.", day=t.day(issued), n=t.number((issued - decided).days)
        )
    if event["japan_low_tco2"] is not None:
        said["japan"] = t(
            "At least {japan} of it are the Japanese side's ({share}).",
            japan=tonnes(event["japan_low_tco2"], t),
            share=t.percent(event["japan_low_tco2"] / verified),
        )
    if transferred and event["transferred_tco2"] is not None:
        said["itmo"] = t(
            "{tonnes} were first transferred on {day}.",
            tonnes=tonnes(event["transferred_tco2"], t),
            day=t.day(transferred),
        )
    return said
