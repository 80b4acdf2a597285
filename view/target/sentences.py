"""The sentences of the target page, computed from the data. Each is caption, alternative text and file note."""

from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE
from model.overview import pace_of
from model.progress import Progress
from view.amounts import amount, amount_short, between, per_year, reported, tonnes
from view.marks.markup import Markup, emphasised
from view.stated_words import stated as in_words
from view.target.content import TargetContent
from view.texts import Texts

PRESENT_PACE_YEARS = 3
"""Completed fiscal years whose mean is called the present pace."""


def knowledge(content: TargetContent, t: Texts) -> str:
    """ "known today" for the day of the data, else the day looked back to."""
    if content.selection.as_of == content.data_as_of:
        return t("known today")
    return t("known on {day}", day=t.day(content.selection.as_of))


def _whose(content: TargetContent, t: Texts) -> str:
    if content.selection.share == "japan":
        return t(" (Japanese side, where the share is known)")
    return ""


def answer(content: TargetContent, t: Texts) -> tuple[Markup, str]:
    """The page's answer, as HTML with the figures marked, and as plain text: what is verified, then what is expected."""
    values = {"known": knowledge(content, t), "whose": _whose(content, t)}
    projects, with_estimate = content.projects_counted()
    if not projects:
        outlook = t("No project is known in this selection.")
    elif not with_estimate:
        outlook = t.count(
            "{n} project is known, and none states an annual estimate.",
            "{n} projects are known, and none states an annual estimate.",
            projects,
        )
    else:
        outlook = _outlook(content, content.progress(), t, values)
    sentences = [_verified(content, t), outlook]
    marked = t.gap.join(s for s in sentences if s)
    return emphasised(marked), marked.replace("[", "").replace("]", "")


def _outlook(content: TargetContent, progress: tuple[Progress, ...], t: Texts, values: dict[str, str]) -> str:
    if not progress:
        total = content.ladder
        tco2 = sum(row["tco2_low"] for row in total if row["rung"] in EXPECTED_RUNGS)
        return t(
            "No target was in force on this day. The projects {known} are estimated at [about {tonnes} by FY{year}].",
            tonnes=amount(tco2, t),
            year=content.first_year,
            **values,
        )
    target, near, most = content.targets[0], progress[0], content.progress("high")
    measure = content.selection.measure
    if not target.is_decided:
        return t(
            "The projects {known} are estimated{whose} at [about {tonnes} by FY{year}, {low} to {high} of the {from_mt}"
            " to {to_mt} under discussion].",
            tonnes=amount(near.by_target_year_tco2, t),
            year=near.target_fiscal_year,
            low=t.percent(near.by_target_year_tco2 / target.high_tco2),
            high=t.percent(near.by_target_year_tco2 / target.low_tco2),
            from_mt=amount_short(target.low_tco2, t),
            to_mt=amount_short(target.high_tco2, t),
            **values,
        )
    first = {
        "tonnes": between(near.by_target_year_tco2, most[0].by_target_year_tco2, t),
        "year": near.target_fiscal_year,
        "share": between(near.share, most[0].share, t, percent),
        "target": amount_short(near.target_tco2, t),
    }
    if len(progress) == 1:
        if measure == "combined":
            return t(
                "Verified so far and expected from the projects {known}{whose}: [about {tonnes} by FY{year},"
                " {share} of the {target} target].",
                **first,
                **values,
            )
        return t(
            "The projects {known} are estimated{whose} at [about {tonnes} by FY{year}, {share} of the {target} target].",
            **first,
            **values,
        )
    far = progress[-1]
    second = {
        "later_tonnes": between(far.by_target_year_tco2, most[-1].by_target_year_tco2, t),
        "later_year": far.target_fiscal_year,
        "later_share": between(far.share, most[-1].share, t, percent),
        "later_target": amount_short(far.target_tco2, t),
    }
    if measure == "combined":
        return t(
            "Verified so far and expected from the projects {known}{whose}: [about {tonnes} by FY{year}, {share} of"
            " the {target} target], and {later_tonnes} by FY{later_year}, {later_share} of {later_target}.",
            **first,
            **second,
            **values,
        )
    return t(
        "The projects {known} are estimated{whose} at [about {tonnes} by FY{year}, {share} of the {target} target],"
        " and {later_tonnes} by FY{later_year}, {later_share} of {later_target}.",
        **first,
        **second,
        **values,
    )


def _verified(content: TargetContent, t: Texts) -> str:
    rung, stated = content.verified_rung, content.stated_issued()
    if not content.ladder_row("notified")["events"]:
        return t("No decision on issuance is known.")
    if not content.rung_total(rung, "high"):
        return t("Issuance was decided, but no amount is known.")
    tonnes = _beside_the_target(content, t)
    if rung == "japan":
        return t("Issued to the Japanese side so far: [{tonnes}] in our records.", tonnes=tonnes)
    if stated is None or content.selection.is_filtered:
        return t("Decided for issuance so far: [{tonnes}] in our records.", tonnes=tonnes)
    return t(
        "Decided for issuance so far: [{tonnes}] in our records; {stated} are stated as issued ({scope}, {day}).",
        tonnes=tonnes,
        stated=amount_short(stated["stated_value"], t),
        scope=in_words(stated["scope"], t),
        day=t.partial_day(stated["as_of_on"], stated["as_of_precision"]),
    )


def _beside_the_target(content: TargetContent, t: Texts) -> str:
    """The verified tonnes, with their share of the nearest target where that is decided, and what is only reported."""
    rung = content.verified_rung
    if not content.targets or not content.targets[0].is_decided:
        return verified_words(content, t)
    near, most = content.verified()[0], content.verified("high")[0]
    text = t(
        "{tonnes} ({share} of the {target} target by FY{year})",
        tonnes=_tonnes_of(content, rung, t),
        share=between(near.share, most.share, t, percent),
        target=amount_short(near.target_tco2, t),
        year=near.target_fiscal_year,
    )
    return _with_reported(text, content, rung, t)


def rung_name(code: str, t: Texts) -> str:
    """Name of a rung."""
    rung = RUNG_BY_CODE[code]
    return t.pick(rung.name_en, rung.name_ja)


def percent(share: float, t: Texts) -> str:
    """A share in percent, for `between`."""
    return t.percent(share)


def _tonnes_of(content: TargetContent, rung: str, t: Texts) -> str:
    """Tonnes of an actual rung, from the low to the high end."""
    return between(content.rung_total(rung), content.rung_total(rung, "high"), t, amount_short)


def _with_reported(text: str, content: TargetContent, rung: str, t: Texts) -> str:
    """The tonnes of a rung with the part of them that is only reported."""
    remark = reported(content.ladder_row(rung)["reported_tco2"], t)
    return t("{tonnes}, {remark}", tonnes=text, remark=remark) if remark else text


def verified_words(content: TargetContent, t: Texts) -> str:
    """What is verified, in words; an amount that is not known is not a zero."""
    if content.rung_total(content.verified_rung, "high"):
        rung = content.verified_rung
        return _with_reported(_tonnes_of(content, rung, t), content, rung, t)
    return t("amount not known") if content.ladder_row(content.verified_rung)["events"] else t("none known")


def to_date(content: TargetContent, t: Texts) -> str:
    """What the sum of the measure up to the as-of date is called: never something that happened."""
    if content.selection.measure == "combined":
        return t("verified + stated expectation to date")
    return t("stated expectation to date")


def under_answer(content: TargetContent, t: Texts) -> str:
    """What is counted, for whom, and as of when."""
    parts = [
        t(
            "Cumulative international emission reductions and removals under the Joint Crediting Mechanism (JCM)"
        ),
        content.filters_text or t("all partner countries, public and private"),
        t("FY{year} is April {year} to March {next}", year=content.first_year, next=content.first_year + 1),
        t("as of {day}", day=t.day(content.selection.as_of)),
    ]
    return " · ".join(parts)


def pace_sentence(content: TargetContent, t: Texts) -> str:
    """What the main chart says: what is verified, then the required pace beside the one expected."""
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


def verified_sentence(content: TargetContent, t: Texts) -> str:
    """What the zoomed panel says, with the tonnes it cannot place."""
    if not content.ladder_row("notified")["events"]:
        return t("No decision on issuance is known.")
    undated = content.ladder_row("notified")["undated_tco2"]
    text = t(
        "{decided} decided for issuance, of which {issued} with a known issue date and {japan} to the Japanese side.",
        decided=_tonnes_of(content, "notified", t),
        issued=_tonnes_of(content, "issued", t),
        japan=_tonnes_of(content, "japan", t),
    )
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
    return t.gap.join([text, *more])


def expectations_sentence(content: TargetContent, t: Texts) -> str:
    """What officials expected for 2030, first and last, and our sum."""
    stated = content.expectations()
    if not stated:
        return t("No dated statement on the reductions expected by 2030 was known on this day.")
    first, last = stated[0], stated[-1]
    return t(
        "Officials and press expected {first} in {first_day} and {last} in {last_day}; the sum of the projects we knew"
        " of at those dates is shown beside each.",
        first=amount_short(first["stated_value"], t),
        first_day=t.partial_day(first["as_of_on"], first["as_of_precision"]),
        last=amount_short(last["stated_value"], t),
        last_day=t.partial_day(last["as_of_on"], last["as_of_precision"]),
    )
