"""How far the headline can be trusted: what it rests on, each with the way to its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.delivery import delivery_of
from model.freshness import age_days
from view.marks.markup import Markup, joined
from view.marks.table import Column, Table
from view.sectors.delivery import ratio_words
from view.target.content import TargetContent
from view.texts import Texts

LARGEST = 5


@dataclass(frozen=True)
class Ground:
    """One thing that the headline rests on: a figure, what it is of, and the page that shows the evidence.

    `at` is the place on that page, `sort` the order in which it lists projects; empty for its usual ones.
    """

    figure: str
    words: str
    page: str
    evidence: str
    at: str = ""
    sort: str = ""


def trust_title(content: TargetContent, t: Texts) -> str:
    """The question, with the figure that it is asked of."""
    progress = content.progress()
    if not progress or not content.targets[0].is_decided:
        return t("How far can this be trusted?")
    return t("How far can these {share} be trusted?", share=t.percent(progress[0].share))


def trust_sentence(content: TargetContent, t: Texts) -> str:
    """What the sum is and what it is not."""
    known = content.projects_counted()[1]
    if not known:
        return t("No project in this selection states an annual estimate.")
    return t(
        "A sum of stated estimates: projects without one are not in it, and nothing is scaled up. It says nothing of what"
        " will be verified."
    )


def grounds(content: TargetContent, t: Texts) -> list[Ground]:
    """What the sum rests on, in the order in which one would ask."""
    made = (_estimates, _starts, _largest, _delivery, _age, _rejected)
    return [ground for make in made if (ground := make(content, t)) is not None]


def trust_html(content: TargetContent, t: Texts) -> Markup:
    """The list, each figure before its words, with a link to the evidence."""
    found = grounds(content, t)
    if not found:
        return Markup(" ")
    rows = joined(
        Markup('<li><b>{}</b> {} <a class="jcm-link jcm-lined" href="{}">{}</a></li>').format(
            one.figure, one.words, _evidence_of(one, content), one.evidence
        )
        for one in found
    )
    return Markup('<ul class="jcm-trust">{}</ul>').format(rows)


def _evidence_of(one: Ground, content: TargetContent) -> str:
    """The address of the evidence, with the filters of the page."""
    values = {"sort": one.sort} if one.sort else {}
    return content.context.link(one.page, **values) + (f"#{one.at}" if one.at else "")


def trust_table(content: TargetContent, t: Texts) -> Table[Ground]:
    """The same, for files."""
    return Table(
        (
            Column("figure", t("Figure"), value=lambda one: one.figure, cell=None),
            Column("words", t("What it is of"), value=lambda one: one.words, cell=None),
        ),
        grounds(content, t),
        t,
    )


def _estimates(content: TargetContent, t: Texts) -> Ground | None:
    total, known = content.projects_counted()
    if not total:
        return None
    return Ground(
        t.percent(known / total),
        t(
            "of projects state an annual estimate: {known} of {total}; the others are left out",
            known=t.number(known),
            total=t.number(total),
        ),
        "projects",
        t("Projects"),
    )


def _expected(content: TargetContent) -> Sequence[dict[str, Any]]:
    return [row for row in content.by_project if row["expected_tco2"]]


def _starts(content: TargetContent, t: Texts) -> Ground | None:
    rows = _expected(content)
    total = sum(row["expected_tco2"] for row in rows)
    if not total:
        return None
    shares = {
        name: sum(row["expected_tco2"] for row in rows if row["start_basis"] in bases) / total
        for name, bases in (
            ("assumed", {"selection", "registration"}),
            ("stated", {"stated"}),
            ("verified", {"verified"}),
        )
    }
    return Ground(
        t.percent(shares["assumed"]),
        t(
            "rests on a start of operation that is assumed; {stated} on a stated one, {verified} on a verified period",
            stated=t.percent(shares["stated"]),
            verified=t.percent(shares["verified"]),
        ),
        "methods",
        t("How starts are assumed"),
        at="assumptions",
    )


def _largest(content: TargetContent, t: Texts) -> Ground | None:
    rows = _expected(content)
    if len(rows) <= LARGEST:
        return None
    total = sum(row["expected_tco2"] for row in rows)
    first = rows[0]
    return Ground(
        t.percent(sum(row["expected_tco2"] for row in rows[:LARGEST]) / total),
        t(
            "comes from the {n} largest projects, {share} from one alone: {title} ({country})",
            n=t.number(LARGEST),
            share=t.percent(first["expected_tco2"] / total),
            title=t.pick(first["title_en"], first["title_ja"]),
            country=t.country(first["iso3"]),
        ),
        "projects",
        t("Projects by size"),
        sort="expected",
    )


def _delivery(content: TargetContent, t: Texts) -> Ground | None:
    found = delivery_of(content.deliveries)
    if found is None:
        return Ground(
            t("none"), t("no verified amount can be compared with what was expected"), "credits", t("Credits")
        )
    return Ground(
        ratio_words(found, t),
        t.count(
            "verified ÷ expected for the same days, so far; {n} project can be compared",
            "verified ÷ expected for the same days, so far; {n} projects can be compared",
            found.projects,
        ),
        "credits",
        t("Delivery so far"),
    )


def _age(content: TargetContent, t: Texts) -> Ground | None:
    today = content.context.choice.get("today")
    if today is None:
        return None
    day = content.build["list_of_on"]
    return Ground(
        t.count("{n} day", "{n} days", age_days(day, today)),
        t("is the age of the list of projects (copy of {day})", day=t.day(day)),
        "quality",
        t("Data quality"),
    )


def _rejected(content: TargetContent, t: Texts) -> Ground | None:
    rejected = content.build["rows_rejected"]
    if not rejected:
        return None
    return Ground(
        t.number(rejected),
        t("rows failed their checks and are in no figure"),
        "methods",
        t("Data and methods"),
    )
