"""The sentences of the target page, computed from the data. Each is caption, alternative text and file note."""

from model.ladder import RUNG_BY_CODE
from model.overview import pace_of
from model.progress import Progress
from view.amounts import amount_short, between, per_year, reported, tonnes
from view.target.content import TargetContent
from view.texts import Texts, Told

PRESENT_PACE_YEARS = 3
"""Completed fiscal years whose mean is called the present pace."""


def knowledge(content: TargetContent, t: Texts) -> str:
    """ "known today" for the day of the data, else the day looked back to."""
    if content.selection.as_of == content.data_as_of:
        return t("known today")
    return t("known on {day}", day=t.day(content.selection.as_of))


def rung_name(code: str, t: Texts) -> str:
    """Name of a rung."""
    rung = RUNG_BY_CODE[code]
    return t.pick(rung.name_en, rung.name_ja)


def capital(text: str) -> str:
    """A text as the beginning of a line."""
    return text[:1].upper() + text[1:]


def percent(share: float, t: Texts) -> str:
    """A share in percent, for `between`."""
    return t.percent(share)


def tonnes_of(content: TargetContent, rung: str, t: Texts) -> str:
    """Tonnes of an actual rung, from the low to the high end."""
    return between(content.rung_total(rung), content.rung_total(rung, "high"), t, amount_short)


def with_reported_part(text: str, content: TargetContent, rung: str, t: Texts) -> str:
    """The tonnes of a rung with the part of them that is only reported."""
    remark = reported(content.ladder_row(rung)["reported_tco2"], t)
    return t("{tonnes}, {remark}", tonnes=text, remark=remark) if remark else text


def verified_words(content: TargetContent, t: Texts) -> str:
    """What is verified, in words; an amount that is not known is not a zero."""
    if content.rung_total(content.verified_rung, "high"):
        rung = content.verified_rung
        return with_reported_part(tonnes_of(content, rung, t), content, rung, t)
    return t("amount not known") if content.ladder_row(content.verified_rung)["events"] else t("none known")


def to_date(content: TargetContent, t: Texts) -> str:
    """What the sum of the measure up to the as-of date is called: never something that happened."""
    if content.selection.measure == "combined":
        return t("verified + stated expectation to date")
    return t("stated expectation to date")


def cumulative_told(content: TargetContent, t: Texts) -> Told:
    """What the main chart tells: how far the sum comes by each target year; then the paces."""
    paces = _pace_sentence(content, t)
    progress, most = content.progress(), content.progress("high")
    if content.selection.form == "yearly" or not progress or not content.has_schedule:
        return "", paces
    reached = [
        t(
            "{tonnes} by FY{year}",
            tonnes=between(low.by_target_year_tco2, high.by_target_year_tco2, t, amount_short),
            year=low.target_fiscal_year,
        )
        for low, high in zip(progress, most, strict=True)
    ]
    values = {"tonnes": t.listing(reached), "part": content.part_text(t)}
    if content.selection.is_part:
        return t("On paper, {part} adds up to {tonnes}", **values), paces
    if content.selection.measure == "combined":
        return t("Verified and on paper, the reductions add up to {tonnes}", **values), paces
    return t("On paper, the reductions add up to {tonnes}", **values), paces


def _pace_sentence(content: TargetContent, t: Texts) -> str:
    """What is verified, then the required pace beside the one expected."""
    progress = content.progress()
    if not progress or progress[0].required_pace_tco2 is None:
        return t(
            "By stage of the project, as {known}; no target was in force on this day.",
            known=knowledge(content, t),
        )
    near, gap = progress[0], t.gap
    values = {
        "target": amount_short(near.target_tco2, t),
        "year": near.target_fiscal_year,
        "rung": rung_name(content.verified_rung, t),
        "verified": verified_words(content, t),
    }
    if content.selection.is_part:
        text = t(
            "{rung}: {verified}. {measure} by FY{year}: {share} of the {target} target.",
            share=between(near.share, content.progress("high")[0].share, t, percent),
            measure=t("Verified + expected") if content.selection.measure == "combined" else t("Expected"),
            **values,
        )
    else:
        text = t(
            "{rung}: {verified}. The target of {target} by FY{year} needs {required} from now on, counted from the"
            " {measure}.",
            required=between(
                content.progress("high")[0].required_pace_tco2 or 0, near.required_pace_tco2 or 0, t, per_year
            ),
            measure=to_date(content, t),
            **values,
        )
    return f"{text}{gap}{_present_pace(near, content, t)}"


def _present_pace(near: Progress, content: TargetContent, t: Texts) -> str:
    most = content.progress("high")[0]
    low, high = (pace_of(p, PRESENT_PACE_YEARS) for p in (near, most))
    present = between(low, high, t, amount_short)
    if content.selection.measure == "combined":
        return t(
            "Verified and expected together are {present} a year in the mean of the last {n} fiscal years.",
            present=present,
            n=PRESENT_PACE_YEARS,
        )
    return t(
        "The projects {known} are estimated at {present} a year in the mean of the last {n} fiscal years, before"
        " verification.",
        known=knowledge(content, t),
        present=present,
        n=PRESENT_PACE_YEARS,
    )


def verified_told(content: TargetContent, t: Texts) -> Told:
    """What was decided and how much of it was issued; then who has it, and the tonnes that cannot be placed."""
    if not content.ladder_row("notified")["events"]:
        return "", t("No decision on issuance is known.")
    undated = content.ladder_row("notified")["undated_tco2"]
    message = t(
        "{decided} were decided for issuance so far, {issued} issued",
        decided=tonnes_of(content, "notified", t),
        issued=tonnes_of(content, "issued", t),
    )
    text = t("{japan} went to the Japanese side.", japan=tonnes_of(content, "japan", t))
    only_reported = content.ladder_row("notified")["reported_tco2"]
    in_part = content.known_in_part("notified")
    more = (
        [t("{tonnes} of the decided tonnes are reported, not confirmed.", tonnes=tonnes(only_reported, t))]
        if only_reported
        else []
    )
    if in_part:
        more.append(
            t.count(
                "Of {n} event only one side's part is known; the rest of it is not counted.",
                "Of {n} events only one side's part is known; the rest of them is not counted.",
                in_part,
            )
        )
    if undated:
        more.append(
            t(
                "{undated} carry no date and are in the totals, not in the chart.",
                undated=amount_short(undated, t),
            )
        )
    return message, t.gap.join([text, *more])


def expectations_told(content: TargetContent, t: Texts) -> Told:
    """The first and the last figure stated for 2030, and what our sum is."""
    stated = content.expectations()
    if not stated:
        return "", t("No dated statement on the reductions expected by 2030 was known on this day.")
    ours = t("Beside each stands the sum of the projects that we know to have been known on its day.")
    figures = [
        t.noted(amount_short(row["stated_value"], t), t.partial_day(row["as_of_on"], row["as_of_precision"]))
        for row in (stated[0], stated[-1])
    ]
    if len(stated) == 1:
        return t("{figure} was stated for 2030", figure=figures[0]), ours
    return t(
        "The figure stated for 2030 went from {first} to {last}", first=figures[0], last=figures[1]
    ), ours
