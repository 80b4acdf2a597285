"""How a tonne gets from a document to each stage, in prose; each step leads to the tables behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.ladder import RUNG_BY_CODE
from view.guide.term_links import with_terms
from view.marks.markup import joined
from view.marks.table import Markup, linked
from view.texts import Texts


@dataclass(frozen=True)
class Step:
    """A step: the rung that it leads to (empty for none), its title, its prose, and the sections with the tables."""

    rung: str
    title: str
    text: str
    sections: Sequence[str] = ()


def steps_of_a_tonne(first_vintage: int, t: Texts) -> Sequence[Step]:
    """Every step from a statement to a contribution, and how a day of the past is seen."""
    return (
        Step(
            "",
            t("A document states it"),
            t(
                "Every figure begins as a statement: a project document, a list of selections, the minutes of a Joint"
                " Committee, a report. Each is kept with its source and with the day on which it became known. Where several"
                " speak of one thing, the best basis known on the day is in force and the others stay beside it. What no"
                " source states is not known, and not known is never taken for zero."
            ),
            ("sources", "corrections", "findings", "rejected"),
        ),
        Step(
            "pipeline",
            t("It is selected or planned"),
            t(
                "A project is expected to reduce its annual estimate for as long as it operates: annual estimate × days in"
                " operation, fiscal year by fiscal year. A start of operation that is not stated is taken from the earliest"
                " verified period, else from the selection and the delay measured for its programme. An end that is not"
                " stated follows from the lifetime of its technology. Each such assumption has a code, a value and a reason."
            ),
            ("assumptions", "headline", "sensitivity"),
        ),
        Step(
            "dormant",
            t("It is set aside where no list ever names it"),
            t(
                "A project that was selected longer ago than any project has needed until its registration, and that is on"
                " no list of the JCM, is kept and shown, and its tonnes are in no sum. It returns as soon as a list names"
                " it."
            ),
            ("assumptions",),
        ),
        Step(
            "validation",
            t("A list names it under validation"),
            t(
                "From the first copy of the list that says so, the same tonnes stand on the next stage. Nothing is added: a"
                " project is on one stage at a time. On days before the first copy this stage cannot be seen, which is not the"
                " same as an empty one."
            ),
            ("freshness", "files"),
        ),
        Step(
            "registered",
            t("The Joint Committee registers it"),
            t(
                "From the day of registration the tonnes stand one stage higher, and the figure of the project document"
                " counts before all others. They are still an expectation."
            ),
            ("headline",),
        ),
        Step(
            "notified",
            t("It is measured, verified and decided"),
            t(
                "For a monitoring period a third party confirms what was really reduced, and the Joint Committee decides on"
                " the issuance. From then on the verified tonnes take the place of those expected for the same days (where"
                " the days are not known, of the same amount), so that nothing counts twice. They belong to the years of the"
                " period, not to that of the decision. An amount may be exact, a range, known in part or not known; sums"
                " carry both ends."
            ),
            ("checks",),
        ),
        Step(
            "issued",
            t("Each government issues its part"),
            t(
                "The two registries issue on days of their own. Where that day is not known, the tonnes stay at the"
                " decision. Our events are compared with the totals that officials state, year by year; what is missing is"
                " shown as missing, and no figure is scaled up to close the difference."
            ),
            ("reconciliation", "official-years"),
        ),
        Step(
            "japan",
            t("A part is Japan's"),
            t(
                "Government and companies together are the Japanese side. The share differs from project to project and is"
                " never assumed: where only a part of it is known, that part is the low end."
            ),
            ("reconciliation",),
        ),
        Step(
            "itmo",
            t("It is authorised and first transferred"),
            t(
                "Steps under Article 6 are booked in a ledger, entry by entry. No entry takes more than stands on the stage"
                " before it; one that would is refused, and the build says so. Only reductions from {year} on can take this"
                " step.",
                year=t.year(first_vintage, "calendar"),
            ),
            ("checks",),
        ),
        Step(
            "ndc",
            t("It is used towards the NDC"),
            t(
                "The tonne counts for Japan once it is used, and the partner makes a corresponding adjustment of the same"
                " amount for the year of the reduction. Nothing before this step is a contribution to Japan's NDC."
            ),
            ("checks",),
        ),
        Step(
            "",
            t("Any day can be looked at again"),
            t(
                "A page shown as of an earlier day holds what was known then, assumptions and shares included. A date that"
                " is known to the month or the year alone counts from its end. On every build the identities of accounting"
                " are checked, and one that fails stops it."
            ),
            ("checks", "dictionary"),
        ),
    )


def steps_html(steps: Sequence[Step], titles: Mapping[str, str], t: Texts) -> Markup:
    """The steps in order, each with the name of its rung and links to the sections; `titles` are those of the sections."""
    item = Markup("<li><b>{}{}</b><p>{}</p>{}</li>")
    return Markup('<ol class="jcm-way jcm-prose">{}</ol>').format(
        joined(
            item.format(
                step.title,
                _rung_html(step.rung, t),
                with_terms(step.text, t.lang),
                _behind(step.sections, titles, t),
            )
            for step in steps
        )
    )


def _rung_html(code: str, t: Texts) -> Markup:
    if not code:
        return Markup("")
    rung = RUNG_BY_CODE[code]
    return Markup('<small><i class="jcm-swatch jcm-fill-{}"></i>{}</small>').format(
        code, t.pick(rung.name_en, rung.name_ja)
    )


def _behind(sections: Sequence[str], titles: Mapping[str, str], t: Texts) -> Markup:
    if not sections:
        return Markup("")
    links = joined((linked(f"#{key}", titles[key]) for key in sections), " · ")
    return Markup('<p class="jcm-behind">{} {}</p>').format(t("Tables:"), links)
