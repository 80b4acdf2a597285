"""Sentences of the outlook, computed from its results, and the explanation of the method."""

from collections.abc import Sequence

from model.outlook.evidence import Evidence
from model.outlook.report import PastView, Report
from view.amounts import amount, amount_short
from view.marks.markup import Markup, code, emphasised, joined
from view.outlook.tables import factor_words, span
from view.outlook.words import chance_words, parameter_title, scenario_name
from view.texts import Texts


def answer(report: Report, t: Texts) -> Markup:
    """The answer as HTML: what the scenario reaches by each target, and the chance to reach it."""
    middles = [
        "[{}] ({})".format(
            t("{middle} by {year}", middle=amount(found.at.p50, t), year=t.year(found.goal.fiscal_year)),
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
    return Markup("{} {}{}{}").format(lead, emphasised(t.listing(middles)), full_stop, end)


def under_answer(report: Report, t: Texts) -> str:
    """What the figures are, in one line."""
    return t(
        "Verified + expected reductions under the JCM, cumulative · middle and range of eight in ten of {n} futures ·"
        " all partner countries, public and private · as of {day}",
        n=t.number(report.draws),
        day=t.day(report.as_of),
    )


def fan_sentence(report: Report, t: Texts) -> str:
    """What the fan shows."""
    far = report.goals[-1]
    return t(
        "By {year} eight of ten futures lie between {low} and {high}; the middle is {share} of the target.",
        year=t.year(far.goal.fiscal_year),
        low=amount_short(far.at.p10, t),
        high=amount_short(far.at.p90, t),
        share=t.percent(far.at.p50 / far.goal.tco2),
    )


def goals_sentence(report: Report, t: Texts) -> str:
    """What would be required in the scenario shown."""
    found = report.goals[-1]
    half = found.required[0.5]
    if half is None:
        return t("This scenario has no new projects, so nothing can be multiplied to close the gap.")
    return t(
        "An even chance by {year} needs {factor} as many new projects as this scenario has, or {factor} as large; a chance"
        " of 90% {more}.",
        year=t.year(found.goal.fiscal_year),
        factor=factor_words(half, t),
        more=factor_words(found.required[0.9], t),
    )


def waterfall_sentence(report: Report, t: Texts) -> str:
    """How much of the far target each kind of project fills."""
    far = report.goals[-1]
    sums = {step.component: step.tco2 for step in far.steps}
    new = sums["new_government"] + sums["new_private"] + sums["new_large"]
    known = sum(sums[name] for name in ("registered", "validation", "pipeline", "imputed"))
    missing = sums["missing"]
    text = t(
        "On the mean of all draws, projects known today fill {known} of the target of {year}, new projects {new};",
        known=t.percent(known / far.goal.tco2),
        new=t.percent(new / far.goal.tco2),
        year=t.year(far.goal.fiscal_year),
    )
    end = (
        t("{amount} are missing.", amount=amount_short(missing, t))
        if missing > 0
        else t("it is passed by {amount}.", amount=amount_short(-missing, t))
    )
    return f"{text}{t.gap}{end}"


def tornado_sentence(names: Sequence[str], report: Report, t: Texts) -> str:
    """Which levers matter most."""
    shown = [parameter_title(name, t) for name in names[:3]]
    return t(
        "By {year} the median is most sensitive to: {levers}. Each lever is moved alone, between the two values given.",
        year=t.year(report.goals[-1].goal.fiscal_year),
        levers=t.listing(shown),
    )


def look_back_sentence(views: Sequence[PastView], t: Texts) -> str:
    """How often the interval of then held, and what it means."""
    held = sum(view.held for view in views)
    return t(
        "Run with what was known then, {held} of {all} intervals hold today's middle. Today's figure is itself an estimate,"
        " most of it not verified: this tests consistency, not truth.",
        held=t.number(held),
        all=t.number(len(views)),
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


def method_html(report: Report, evidence: Evidence, t: Texts) -> Markup:
    """How the outlook is made, for readers without statistics; formulas at the end."""
    paragraphs = (
        t(
            "One future is drawn as follows. Every project known on the day goes into operation or not, with the probability"
            " of its stage; it starts earlier or later than assumed, as the starts observed so far did; it delivers more"
            " or less than its estimate; and it ends after a lifetime about the usual one. Verified tonnes are certain:"
            " they replace the expectation for the days they cover."
        ),
        t(
            "Then new projects are drawn for each fiscal year: their number varies about the mean of the scenario as years"
            " varied so far, their sizes follow those known, where a few large projects hold most tonnes (the largest"
            " tenth follows a Pareto tail with exponent {exponent}).",
            exponent=t.number(evidence.sizes.tail_exponent, 1),
        ),
        t(
            "This is done {n} times. P50 is the middle: half of the futures lie above. P10 and P90 leave out the lowest and"
            " the highest tenth. A chance of 5% means that 5 of 100 futures reach the target. Delivery has a part that"
            " all projects of one future share, because projects do not err independently.",
            n=t.number(report.draws),
        ),
        t(
            "Where a group has few observations it is drawn towards the whole, and the whole towards a stated value: delivery"
            " rests on {n} projects and is drawn towards 0.85 with the weight of three. What is not measured (realisation,"
            " spread of lifetimes) is stated and can be changed above. The interval covers these uncertainties"
            " only: changes of policy, of rules or of what counts are not in it.",
            n=t.number(evidence.delivery.projects),
        ),
    )
    formulas = (
        "tonnes(project, year) = annual × ratio × realised × (days in operation, without verified days) ÷ days of the year",
        "ratio = middle(technology) × exp(σ_common·z_draw + σ·z_project)",
        "number(year) ~ Poisson(mean × (1+growth)^(year−first) × realisation × Gamma(1, cv))",
        "P(size > x) = 0.1 × (threshold ÷ x)^exponent  (x ≥ threshold)",
        "factor(p) = quantile_p[(target − rest) ÷ new]",
    )
    paragraph = Markup("<p>{}</p>")
    text = joined(paragraph.format(words) for words in (*paragraphs, *map(code, formulas)))
    return Markup('<div class="jcm-words">{}</div>').format(text)
