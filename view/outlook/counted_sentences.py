"""Sentences on the way to counting, computed from its results, and the worked example of the method."""

from collections.abc import Sequence

from model.ledger.rules import FIRST_VINTAGE
from model.outlook.counted_report import CountedReport, Group, OfGroup
from model.outlook.counting import LOSSES
from model.outlook.report import Known
from model.outlook.steps_to_counting import Steps
from model.outlook.worked_example import Example, worked_example
from view.amounts import amount_short, tonnes
from view.outlook.tables import span
from view.outlook.words import loss_name, parameter_title, step_name
from view.outlook.worked import worked_sentences
from view.texts import Texts, Told


def counted_message(report: CountedReport, group: Group, t: Texts) -> str:
    """What part of what is realised counts by the deadline; empty where nothing is realised."""
    if group not in report.groups:
        return ""
    levels = report.of(group).levels
    return t(
        "Of {realised} that would be realised from {first} to {last}, {cancelled} would count, cancelled by {day}",
        realised=amount_short(levels["realised"].p50, t),
        first=t.year(report.terms.first_on.year, "calendar"),
        last=t.year(report.terms.ends_on.year, "calendar"),
        cancelled=amount_short(levels["cancelled"].p50, t),
        day=t.day(report.terms.deadline_on),
    )


def counted_sentence(report: CountedReport, group: Group, name: str, t: Texts) -> str:
    """How much of what is realised counts by the deadline, and where most is lost."""
    found = report.of(group)
    day, last = t.day(report.terms.deadline_on), t.year(report.terms.ends_on.year, "calendar")
    if group not in report.groups:
        return t("No tonnes of {name} are realised in the years that count.", name=name)
    levels = found.levels
    most = max(LOSSES, key=found.losses.__getitem__)
    parts = [
        t(
            "Of {realised} realised from {first} to {last} {issued} are issued in time, of which {japan} to the Japanese side,"
            " and {cancelled} ({span}) are cancelled by {day}: medians of {n} draws.",
            realised=amount_short(levels["realised"].p50, t),
            first=t.year(report.terms.first_on.year, "calendar"),
            last=last,
            issued=amount_short(levels["issued"].p50, t),
            japan=amount_short(levels["japan"].p50, t),
            cancelled=amount_short(levels["cancelled"].p50, t),
            span=span(levels["cancelled"], t),
            day=day,
            n=t.number(report.draws),
        ),
        t(
            "Divided by the {n} years of the period (averaging method) that is {single} ({span}) for the single year {last}.",
            n=t.number(report.terms.years),
            single=amount_short(found.single_year.p50, t),
            span=span(found.single_year, t),
            last=last,
        ),
        t(
            "Most is lost here: {loss} ({amount} on average).",
            loss=loss_name(most, t),
            amount=amount_short(found.losses[most], t),
        ),
    ]
    if not found.events:
        parts.append(
            t("No issuance of {name} is on record: the steps are those of all countries.", name=name)
        )
    return t.gap.join(parts)


def vintage_told(report: CountedReport, found: OfGroup, t: Texts) -> Told:
    """Which vintages count, and why late ones count less."""
    dated = [row for row in found.vintages if row[0] is not None]
    if not dated:
        return "", t("Nothing is realised in the years that count.")
    first, last = dated[0], dated[-1]

    def share(row: tuple[int | None, float, float]) -> str:
        return t.percent(row[2] / row[1]) if row[1] else t("nothing")

    message = t(
        "Of what would be realised in {first}, {early} would be cancelled in time; in {last}, {late}",
        first=t.year(report.terms.first_on.year, "calendar"),
        early=share(first),
        last=t.year(report.terms.ends_on.year, "calendar"),
        late=share(last),
    )
    text = t(
        "Means by calendar year of the reduction. Reductions before {first_vintage} do not count (VINTAGE-2021).",
        first_vintage=t.year(report.terms.first_on.year, "calendar"),
    )
    without = next((row for row in found.vintages if row[0] is None), None)
    if without is None:
        return message, text
    end = t("{amount} on record have no known vintage.", amount=amount_short(without[1], t))
    return message, f"{text}{t.gap}{end}"


def levers_told(names: Sequence[str], t: Texts) -> Told:
    """Which levers of the way matter most."""
    message = t("What is cancelled in time is most sensitive to: {lever}", lever=parameter_title(names[0], t))
    return message, next_levers(names, t)


def next_levers(names: Sequence[str], t: Texts) -> str:
    """The levers after the one that matters most, and how all are moved."""
    return t(
        "Next: {levers}. Each lever is moved alone, between the two values given.",
        levers=t.listing([parameter_title(name, t) for name in names[1:3]]),
    )


def steps_sentence(steps: Steps, t: Texts) -> str:
    """How thin the evidence is."""
    observed = steps.observations
    alone = [step_name(name, t) for name, n in observed.items() if not n]
    text = t(
        "Few observations are drawn towards a prior that counts as three; a country with three or more has a median of its"
        " own, drawn towards the whole."
    )
    if not alone:
        return text
    end = t("Nothing is observed of these, the prior stands alone: {steps}.", steps=t.listing(alone))
    return f"{text}{t.gap}{end}"


def coverage(known: Known, t: Texts) -> str:
    """How many issuances the steps rest on."""
    observed = known.steps.observations
    return t(
        "{n} issuances on record; a decision dated with its period for {decided}, a first transfer for {transferred}, a"
        " cancellation towards the NDC for {cancelled}",
        n=t.number(len(known.events)),
        decided=t.number(observed["decision"]),
        transferred=t.number(observed["transfer"]),
        cancelled=t.number(observed["cancellation"]),
    )


def way_paragraphs(known: Known, t: Texts) -> list[str]:
    """How tonnes come to be counted in the model, and one project of the record worked through."""
    portfolio = known.portfolio
    found = worked_example(portfolio.as_of, portfolio.rows, known.events, known.steps)
    return [
        t(
            "From realised to counted. A project that asks for issuance is monitored in periods of one length. Each period"
            " waits for the decision, the issue, the first transfer and the cancellation; a project that is not registered"
            " yet waits for that first. A project keeps its own waits in a future, and all projects of it share a part. What"
            " is through the last step by the deadline counts, less the partner's share, what is not transferred and what"
            " holders do not cancel. A monitoring period ends with the NDC period, as the known ones did at the end of {last}.",
            last=t.year(FIRST_VINTAGE - 1, "calendar"),
        ),
        t(
            "Of issuances on record only the steps that are still open are drawn. What has no known monitoring period counts"
            " where it was first transferred, as nothing before {first} is. New projects have no country: their steps are those"
            " of all. A wait that runs today is drawn anew, as its beginning is mostly not known. Whether holders, companies"
            " above all, will cancel at all is a judgement.",
            first=t.year(FIRST_VINTAGE, "calendar"),
        ),
        *([_worked(found, known, t)] if found else []),
    ]


def _worked(found: Example, known: Known, t: Texts) -> str:
    project = found.project
    parts = [
        t(
            "One project worked through: {project}, {title}.",
            project=project["project_id"],
            title=project["title_en"],
        ),
        *worked_sentences(found, t).values(),
    ]
    if found.counted_on is not None and found.counted_tco2 is not None:
        parts.append(
            t(
                "No cancellation of them is on record. At the median of the draws they would be cancelled about {day}, and"
                " {share} of holders would: {counted} would count.",
                day=t.day(found.counted_on),
                share=t.percent(known.steps.cancelled.of(found.event["iso3"])),
                counted=tonnes(round(found.counted_tco2), t),
            )
        )
    return t.gap.join(parts)
