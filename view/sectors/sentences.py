"""The sentences of the sectors page, computed from the data."""

from model.overview import Target
from view.amounts import amount, amount_short
from view.coverage_words import amounts_known
from view.marks.markup import Markup, emphasised, escape
from view.sectors.content import NOT_STATED, SectorsContent
from view.texts import Texts, Told

NAMED_IN_SENTENCE = 6
"""Groups without a project that a sentence names; beyond that it states the number."""


def answer(content: SectorsContent, t: Texts) -> Markup:
    """The page's answer as HTML: which group most of what is expected comes from, beside the target."""
    ranked, total = content.ranked(), content.total
    if not total.projects:
        return escape(t("No project in this selection"))
    if not ranked or not total.near:
        return escape(
            t.count(
                "{n} project is known, and none states an annual estimate.",
                "{n} projects are known, and none states an annual estimate.",
                total.projects,
            )
        )
    first = ranked[0]
    values = {
        "name": content.plain_name(first.value, t),
        "tonnes": amount(first.near or 0, t),
        "share": t.percent((first.near or 0) / total.near),
        "total": amount_short(total.near, t),
        "year": content.first_year,
    }
    if not content.targets:
        text = t(
            "{name}: [{tonnes} by FY{year}, {share}] of all that is expected from the projects known.",
            **values,
        )
    else:
        target = content.targets[0]
        text = t(
            "{name}: [{tonnes} by FY{year}, {share}] of the {total} expected from the projects known. All together"
            " are {of_target} of {target}.",
            of_target=t.percent(total.near / target.high_tco2),
            target=target_name(target, t),
            **values,
        )
    return emphasised(text)


def target_name(target: Target, t: Texts) -> str:
    """A target as a sentence names it: decided, or the upper end of what was discussed."""
    if target.is_decided:
        return t("the {target} target", target=amount_short(target.high_tco2, t))
    return t("the {target} at the upper end under discussion", target=amount_short(target.high_tco2, t))


def under_answer(content: SectorsContent, t: Texts) -> str:
    """How many groups have projects, for whom, and as of when."""
    parts = [
        groups_known(content, t),
        content.filters_text or t("all partner countries, public and private"),
        t("as of {day}", day=t.day(content.selection.as_of)),
    ]
    if content.selection.share == "japan":
        parts.insert(1, t("tonnes of the Japanese side, where its share is known"))
    return " · ".join(escape(p) for p in parts)


def groups_known(content: SectorsContent, t: Texts) -> str:
    """How many sectors or technologies have a project, and how many an estimate."""
    named = [g for g in content.groups if g.value != NOT_STATED[content.by]]
    values = {
        "total": t.number(len(named)),
        "known": t.number(len([g for g in named if g.projects])),
        "estimated": t.number(len([g for g in named if g.with_estimate])),
    }
    if content.by == "sector":
        return t(
            "{known} of the {total} JCM sectoral scopes have a project, {estimated} an annual estimate",
            **values,
        )
    return t("{known} of {total} technologies have a project, {estimated} an annual estimate", **values)


def coverage(content: SectorsContent, t: Texts) -> str:
    """Share of the projects that state an annual estimate; shown with every expected figure."""
    total = content.total
    if not total.projects:
        return t("No project in this selection")
    return t(
        "{known} of {total} projects state an annual estimate ({share}), {scheduled} of these have a schedule; sum of"
        " these only",
        scheduled=t.number(total.with_schedule),
        known=t.number(total.with_estimate),
        total=t.number(total.projects),
        share=t.percent(total.with_estimate / total.projects),
    )


def decided_coverage(content: SectorsContent, t: Texts) -> str:
    """Of how many issuance decisions the amount is known."""
    total = content.total
    return amounts_known(total.events - total.events_without_amount, total.events, t)


def share_note(content: SectorsContent, t: Texts) -> str:
    """For titles: says that tonnes are of the Japanese side."""
    if content.selection.share == "japan":
        return t(" (Japanese side, where the share is known)")
    return ""


def table_told(content: SectorsContent, t: Texts) -> Told:
    """What the table of groups says: where most projects are, and who has none."""
    counted = sorted((g for g in content.groups if g.projects), key=lambda g: -g.projects)
    if not counted:
        return "", t("No project in this selection")
    most = counted[0]
    message = t(
        "Most projects are in {name}: {projects} of {total}",
        total=t.number(content.total.projects),
        name=content.plain_name(most.value, t),
        projects=t.number(most.projects),
    )
    none = [
        content.short_name(g.value, t)
        for g in content.groups
        if not g.projects and g.value != NOT_STATED[content.by]
    ]
    more = []
    if len(none) > NAMED_IN_SENTENCE:
        more.append(t("No project known in {n} others.", n=t.number(len(none))))
    elif none:
        more.append(t("No project known: {names}.", names=t.listing(none)))
    if content.total.unknown_share:
        unknown = amount_short(content.total.unknown_share, t)
        words = t(
            "Japanese side only; for {unknown} of the expected tonnes the share is not known, and they are left out.",
            unknown=unknown,
        )
        more.append(words)
    return message, t.gap.join(more)
