"""Sentences of the outlook, computed from its results, and the explanation of the method."""

from collections.abc import Mapping, Sequence

from model.outlook.counted_report import Group
from model.outlook.evidence import Evidence
from model.outlook.new_projects import KINDS
from model.outlook.realisation import JUDGED_CODE, Realisation
from model.outlook.report import GoalReport, Known, Report
from model.outlook.scenario import OWN
from view.amounts import amount, amount_short
from view.marks.markup import Markup, code, emphasised, joined
from view.names import plain_name
from view.outlook.counted_sentences import next_levers, way_paragraphs
from view.outlook.tables import factor_words, span
from view.outlook.words import chance_words, parameter_title, scenario_name
from view.texts import Texts, Told

LONG = 8
"""Years after which the share listed is told."""
ASSUMED = ("more-private-projects", OWN)
"""Scenarios whose numbers nothing observed stands behind: the headline says so."""


def answer(report: Report, t: Texts) -> Markup:
    """The answer as HTML: what the scenario reaches by each target, and the chance to reach it."""
    middles = [
        t.noted(
            "["
            + t("{middle} by {year}", middle=amount(found.at.p50, t), year=t.year(found.goal.fiscal_year))
            + "]",
            span(found.at, t),
        )
        for found in report.goals
    ]
    chances = [
        t(
            "{goal}: {chance}",
            goal=amount_short(found.goal.tco2, t),
            chance=chance_words(found.chance, t),
        )
        for found in report.goals
    ]
    lead = t("{scenario}:", scenario=scenario_name(report.scenario, t))
    end = t("Chance to reach {chances}.", chances=t.listing(chances))
    full_stop = "。" if t.lang == "ja" else ". "
    return Markup("{}{}{}{}{}{}").format(
        lead, t.gap, emphasised(t.listing(middles)), full_stop, end, _assumed(report, t)
    )


def _assumed(report: Report, t: Texts) -> str:
    """How much of the far figure rests on assumptions, where it does."""
    if report.scenario.code not in ASSUMED:
        return ""
    far = report.goals[-1]
    sums = {step.component: step.tco2 for step in far.bridge}
    share = t.percent(sum(sums[kind] for kind in KINDS) / sums["total"]) if sums["total"] else t.percent(0)
    text = (
        t(
            "These values are the reader's; {share} of the figure for {year} comes from new projects.",
            share=share,
            year=t.year(far.goal.fiscal_year),
        )
        if report.scenario.code == OWN
        else t(
            "{share} of the figure for {year} comes from new projects that this site assumes.",
            share=share,
            year=t.year(far.goal.fiscal_year),
        )
    )
    return f"{t.gap}{text}"


def under_answer(report: Report, t: Texts) -> str:
    """What the figures are, in one line."""
    return t(
        "Verified + expected reductions under the JCM, cumulative · median and range of eight in ten of {n} futures ·"
        " all partner countries, public and private · as of {day}",
        n=t.number(report.draws),
        day=t.day(report.as_of),
    )


def fan_told(report: Report, t: Texts) -> Told:
    """What the fan shows."""
    far = report.goals[-1]
    return t(
        "By {year} eight of ten futures lie between {low} and {high}; the median is {share} of the target",
        year=t.year(far.goal.fiscal_year),
        low=amount_short(far.at.p10, t),
        high=amount_short(far.at.p90, t),
        share=t.percent(far.at.p50 / far.goal.tco2),
    ), ""


def goals_told(report: Report, t: Texts) -> Told:
    """What would be required in the scenario shown: in number, and in size, with what a second run reached."""
    found = report.goals[-1]
    half, most = found.required[0.5], found.required[0.9]
    if half.number is None or half.number_reaches is None:
        return "", t("This scenario has no new projects, so nothing can be multiplied to close the gap.")
    message = t(
        "An even chance by {year} needs {number} as many new projects as this scenario has",
        year=t.year(found.goal.fiscal_year),
        number=factor_words(half.number, t),
    )
    return message, t(
        "Or projects {size} as large; a chance of 90% needs {more} as many, or {larger} as large. A second run with as many"
        " as an even chance needs reaches {reached}.",
        size=factor_words(half.size, t),
        more=factor_words(most.number, t),
        larger=factor_words(most.size, t),
        reached=t.percent(half.number_reaches),
    )


def bridge_told(report: Report, t: Texts) -> Told:
    """Why the outlook differs from the sum of stated estimates."""
    near = report.goals[0]
    sums = {step.component: step.tco2 for step in near.bridge}
    message = t(
        "Of {stated} stated as expected by {year} the outlook keeps {total} on average",
        year=t.year(near.goal.fiscal_year),
        stated=amount_short(sums["stated"], t),
        total=amount_short(sums["total"], t),
    )
    return message if 0 < sums["total"] < sums["stated"] else "", t(
        "Delivery and timing as observed take {delivery}, projects that are not realised {realisation}; the outlook is"
        " {total} on average (P10 {low}). All steps are means and add up.",
        delivery=amount_short(abs(sums["delivery"]), t),
        realisation=amount_short(abs(sums["realisation"]), t),
        total=amount_short(sums["total"], t),
        low=amount_short(near.at.p10, t),
    )


def realisation_told(found: Realisation, t: Texts) -> Told:
    """What became of past selections, and what it says of those that still wait."""
    if found.code == JUDGED_CODE:
        return "", t(
            "Too few projects have been listed to learn from ({events} of {n} with a fiscal year of selection): realisation"
            " is a judgement, {share} ({code}).",
            events=t.number(found.listing.events),
            n=t.number(found.listing.observations),
            share=t.percent(found.pipeline.value),
            code=found.code,
        )
    message = t(
        "An estimated {listed} of projects selected are on the JCM list after {years} years",
        listed=t.percent(found.listing.by(LONG)),
        years=t.number(LONG),
    )
    text = t(
        "Estimated from {events} listings among {n} projects whose fiscal year of selection is known, weighted to all of"
        " their stage. Of those still waiting {pipeline} are"
        " expected to be registered, of those under validation {validation} (±{error}).",
        events=t.number(found.listing.events),
        n=t.number(found.listing.observations),
        pipeline=t.percent(found.pipeline.value),
        validation=t.percent(found.validation.value),
        error=t.percent(found.validation.error),
    )
    if found.dormant is None:
        return message, text
    end = t(
        "Of those that have lapsed, which are in no sum, {share} may still come.",
        share=t.percent(found.dormant.value),
    )
    return message, f"{text}{t.gap}{end}"


def waterfall_told(report: Report, t: Texts) -> Told:
    """How much of the far target each kind of project fills."""
    far = report.goals[-1]
    sums = {step.component: step.tco2 for step in far.steps}
    new = sums["new_government"] + sums["new_private"] + sums["new_large"]
    known = sum(sums[name] for name in ("registered", "validation", "pipeline", "imputed"))
    missing = sums["missing"]
    message = t(
        "Projects known today would fill {known} of the target of {year}, new projects {new}",
        known=t.percent(known / far.goal.tco2),
        new=t.percent(new / far.goal.tco2),
        year=t.year(far.goal.fiscal_year),
    )
    end = (
        t("On the mean of all draws {amount} are missing.", amount=amount_short(missing, t))
        if missing > 0
        else t("On the mean of all draws the target is passed by {amount}.", amount=amount_short(-missing, t))
    )
    return message, end


def tornado_told(names: Sequence[str], report: Report, t: Texts) -> Told:
    """Which levers matter most."""
    message = t(
        "The median for {year} is most sensitive to: {lever}",
        year=t.year(report.goals[-1].goal.fiscal_year),
        lever=parameter_title(names[0], t),
    )
    return message, next_levers(names, t)


def groups_told(found: GoalReport, part: str, names: Mapping[Group, str], t: Texts) -> Told:
    """Which country or sector has the most by a goal, and what is counted."""
    medians: dict[Group, float] = {group: at.p50 for group, at in getattr(found, part).items() if group != ""}
    most = max(medians, key=lambda group: medians[group], default=None)
    message = ""
    if most is not None and medians[most] > 0:
        message = t(
            "{name} would have the most by {year}, {amount} in the median",
            name=plain_name(names[most]),
            year=t.year(found.goal.fiscal_year),
            amount=amount_short(medians[most], t),
        )
    return message, t(
        "Projects known today only, with verified tonnes; new projects have no country or sector yet and stand in one line."
    )


def coverage(evidence: Evidence, t: Texts) -> str:
    """How many observations the draws rest on."""
    return t(
        "{n} projects known, {sizes} with an estimate, {unscheduled} without a schedule and so without tonnes; delivery"
        " measured on {delivery} projects, delays on {delays}",
        n=t.number(evidence.projects),
        unscheduled=t.number(evidence.unscheduled),
        sizes=t.number(evidence.sizes.projects),
        delivery=t.number(evidence.delivery.projects),
        delays=t.number(evidence.delays.projects),
    )


def method_html(report: Report, known: Known, t: Texts) -> Markup:
    """How the outlook is made, for readers without statistics, with one project worked through; formulas at the end."""
    evidence = known.evidence
    delivery = evidence.delivery
    paragraphs = [
        t(
            "One future is drawn as follows. Every project known on the day is registered in the end or not, with the chance"
            " that projects had which waited as long; it starts earlier or later than assumed, as the starts observed so"
            " far did; it delivers more or less than its estimate, and never more than three times what was verified of it"
            " a year, or less than a third; and it ends after a lifetime about the usual one. Verified tonnes are certain:"
            " they replace the expectation for the days they cover."
        ),
        t(
            "Then new projects are drawn for each fiscal year: their number varies about the mean of the scenario as years"
            " varied so far, their sizes follow those stated, where a few large projects hold most tonnes (the largest"
            " tenth follows a Pareto tail with exponent {exponent}).",
            exponent=t.number(evidence.sizes.tail_exponent, 1),
        ),
        t(
            "This is done {n} times. P50 is the median: half of the futures lie above. P10 and P90 leave out the lowest and"
            " the highest tenth. A chance of 5% means that 5 of 100 futures reach the target. Delivery and realisation have"
            " a part that all projects of one future share, because projects do not err independently.",
            n=t.number(report.draws),
        ),
        t(
            "Delivery rests on {n} projects with {verified} verified of {expected} expected for the same days. Their ratios"
            " are fitted so that no single one carries the median, and drawn towards 0.85 while they are few.",
            n=t.number(delivery.projects),
            verified=amount_short(delivery.verified_tco2, t),
            expected=amount_short(delivery.expected_tco2, t),
        ),
    ]
    if delivery.most_moving is not None:
        project, without = delivery.most_moving
        paragraphs.append(
            t(
                "Without {project}, which has the largest effect, the ratio would be {without} instead of {middle}.",
                project=project,
                without=t.number(without, 2),
                middle=t.number(delivery.middle, 2),
            )
        )
    paragraphs.append(
        t(
            "The record of listings, registrations and fiscal years of selection is partial, so realisation may be higher"
            " than what is observed. The interval covers the uncertainties named only: changes of policy, of rules or of"
            " what counts are not in it."
        )
    )
    paragraphs += way_paragraphs(known, t)
    formulas = (
        "tonnes(project, year) = annual × ratio × realised × (days in operation, without verified days) ÷ days of the year",
        "ratio = median(technology) × exp(σ_common·z_draw − σ_common²/2 + σ·z_project − σ²/2)",
        "P(realised | age) = [F_listed(∞) − F_listed(age)] ÷ [1 − F_listed(age) − F_withdrawn(age)] × F_registered|listed(∞)",
        "number(year) ~ Poisson(mean × (1+growth)^(year−first) × realisation × Gamma(1, cv))",
        "P(size > x) = 0.1 × (threshold ÷ x)^exponent  (x ≥ threshold)",
        "wait(project) = median(country) × exp(σ_common·z_draw + σ·z_project)",
        "counted = realised up to the last period with end + waits ≤ deadline, × Japanese side × transferred × cancelled",
        "size factor(p) = quantile_p[(target − rest) ÷ new];  number factor(p): P(total(factor) ≥ target) = p",
    )
    paragraph = Markup("<p>{}</p>")
    text = joined(paragraph.format(words) for words in (*paragraphs, *map(code, formulas)))
    return Markup('<div class="jcm-words">{}</div>').format(text)
