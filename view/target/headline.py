"""The answer of the target page: two figures, then one sentence of tonnes; in full for packs."""

from model.ladder import EXPECTED_RUNGS
from model.progress import Progress
from view.amounts import amount, amount_short, between, per_year
from view.marks.markup import Markup, emphasised
from view.stated_words import stated as in_words
from view.target.content import TargetContent
from view.target.sentences import (
    PRESENT_PACE_YEARS,
    knowledge,
    percent,
    tonnes_of,
    verified_words,
    with_reported_part,
)
from view.texts import Texts

ONE_PERCENT = 0.01
"""Below it, and not far below, the headline says no more than that."""


def _whose(content: TargetContent, t: Texts) -> str:
    if content.selection.share == "japan":
        return t(" (Japanese side, where the share is known)")
    return ""


def answer(content: TargetContent, t: Texts) -> tuple[Markup, str]:
    """The page's answer in two figures, as HTML with the figures marked, and as plain text."""
    marked = _headline(content, t)
    return emphasised(marked), marked.replace("[", "").replace("]", "")


def _headline(content: TargetContent, t: Texts) -> str:
    projects, with_estimate = content.projects_counted()
    if not projects:
        return t("No project is known in this selection.")
    progress = content.progress()
    if not with_estimate:
        first = t.count(
            "{n} project is known, and none states an annual estimate.",
            "{n} projects are known, and none states an annual estimate.",
            projects,
        )
    elif not content.has_schedule and content.selection.measure != "combined":
        first = t("When the projects known start is not stated, so that nothing can be said of any year.")
    elif not progress:
        first = t("No target was in force on this day.")
    elif not content.targets[0].is_decided:
        first = t(
            "JCM projects on paper cover [{low} to {high}] of the target under discussion for FY{year}.",
            low=t.percent(progress[0].by_target_year_tco2 / content.targets[0].high_tco2),
            high=t.percent(progress[0].by_target_year_tco2 / content.targets[0].low_tco2),
            year=progress[0].target_fiscal_year,
        )
    else:
        first = _covered(content, progress[0], t)
    return t.gap.join([first, _became_credits(content, t)])


def _covered(content: TargetContent, near: Progress, t: Texts) -> str:
    """How much of the nearest target is stated; of a part of the programme by its name."""
    values = {
        "share": between(near.share, content.progress("high")[0].share, t, percent),
        "target": amount_short(near.target_tco2, t),
        "year": near.target_fiscal_year,
    }
    if content.selection.is_part:
        return t(
            "On paper, {part} covers [{share}] of the {target} target for FY{year}.",
            part=content.part_text(t),
            **values,
        )
    if content.selection.measure == "combined":
        return t(
            "Verified and on paper, JCM projects cover [{share}] of the {target} target for FY{year}.",
            **values,
        )
    return t("JCM projects on paper cover [{share}] of the {target} target for FY{year}.", **values)


def _became_credits(content: TargetContent, t: Texts) -> str:
    """How much of the nearest target was decided for issuance; below one percent whatever of it was issued."""
    if not content.ladder_row("notified")["events"]:
        return t("No decision on issuance is known.")
    if not content.rung_total(content.verified_rung, "high"):
        return t("Issuance was decided, but no amount is known.")
    if not content.targets or not content.targets[0].is_decided:
        return t("[{tonnes}] were decided for issuance.", tonnes=tonnes_of(content, content.verified_rung, t))
    most = content.verified("high")[0].share
    if ONE_PERCENT / 2 < most < ONE_PERCENT:
        return t("[Less than 1%] has become credits.")
    least = content.verified()[0].share
    share = between(least, most, t, percent)
    return t("[{share}] has been decided for issuance.", share=share[:1].upper() + share[1:])


def in_full(content: TargetContent, t: Texts) -> str:
    """The answer with its tonnes: what is verified, then what is expected, then the pace that is needed."""
    values = {"known": knowledge(content, t), "whose": _whose(content, t)}
    outlook = _outlook(content, content.progress(), t, values) if content.has_schedule else ""
    found = [_verified(content, t), outlook, needed(content, t)]
    return t.gap.join(one for one in found if one).replace("[", "").replace("]", "")


def in_short(content: TargetContent, t: Texts) -> str:
    """The answer in tonnes, in a few words."""
    return t.gap.join(points(content, t))


def points(content: TargetContent, t: Texts) -> list[str]:
    """A sentence each: what projects state, what was decided, and the pace that is needed, where they are known."""
    projects, _ = content.projects_counted()
    parts = []
    if content.has_schedule:
        row = [content.ladder_row(code) for code in EXPECTED_RUNGS]
        parts.append(
            t(
                "{n} of {total} projects state {tonnes} by FY{year}{whose}.",
                n=t.number(sum(one["projects_with_schedule"] for one in row)),
                total=t.number(projects),
                tonnes=amount_short(sum(one["tco2_low"] for one in row), t),
                year=content.first_year,
                whose=_whose(content, t),
            )
        )
    if content.ladder_row("notified")["events"]:
        parts.append(t("Decided for issuance: {tonnes}.", tonnes=verified_words(content, t)))
    return [*parts, *filter(None, [needed(content, t)])]


def needed(content: TargetContent, t: Texts) -> str:
    """The pace that the nearest target asks of the whole programme, beside the present one."""
    progress = content.progress()
    if not progress or content.selection.is_part or not progress[0].required_pace_tco2:
        return ""
    ratio = progress[0].ratio[PRESENT_PACE_YEARS]
    if ratio is None:
        return ""
    return t(
        "The target needs {required}, {ratio} times the pace on paper.",
        required=per_year(progress[0].required_pace_tco2, t),
        ratio=t.number(ratio, 1 if ratio < 100 else 0),
    )


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
        tonnes=tonnes_of(content, rung, t),
        share=between(near.share, most.share, t, percent),
        target=amount_short(near.target_tco2, t),
        year=near.target_fiscal_year,
    )
    return with_reported_part(text, content, rung, t)
