"""One project of the record worked through, from its documents to the rung that its tonnes have reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from model.outlook.report import Known
from model.outlook.worked_example import Example, worked_example
from queries.runner import Answers, Questions
from view.amounts import tonnes
from view.data.way import Step
from view.outlook.worked import worked_sentences
from view.projects.content import estimate_bases, start_bases, start_words
from view.stated_words import title_of
from view.texts import Texts

Row = Mapping[str, Any]
USED = frozenset({"use towards NDC"})


def example_of(known: Known | None) -> Example | None:
    """The project whose record goes farthest on a day; None where none has reductions that can count."""
    if known is None:
        return None
    return worked_example(known.portfolio.as_of, known.portfolio.rows, known.events, known.steps)


def questions_on(found: Example, as_of: date) -> Questions:
    """What is asked of the project beside the example."""
    project: dict[str, object] = {"project": found.project["project_id"], "as_of": as_of}
    day = {"as_of": as_of}
    named = dict.fromkeys(("project_facts", "project_claims", "project_years"), project)
    return {**named, "article6_events": day}


def title_words(answers: Answers, t: Texts) -> str:
    """Number, name and country of the project."""
    facts = answers["project_facts"][0]
    return t(
        "{project}: {title} ({country})",
        project=facts["project_id"],
        title=title_of(facts, t),
        country=t.country(facts["iso3"]),
    )


def worked_steps(found: Example, answers: Answers, until: int, t: Texts) -> list[Step]:
    """Its steps with their figures, as far as they are on record; expected tonnes up to the fiscal year `until`."""
    facts, said = answers["project_facts"][0], worked_sentences(found, t)
    steps = [
        Step("", t("What documents state"), _stated_words(facts, answers["project_claims"], t)),
        Step("pipeline", t("Selection and operation"), _operation_words(facts, t)),
        Step("registered", t("Registration"), _registered_words(facts, answers["project_years"], until, t)),
        Step(
            "notified",
            t("Verification and decision"),
            t.gap.join(said[key] for key in ("expected", "notified") if key in said),
        ),
        Step("issued", t("Issuance"), said.get("issued", "")),
        Step("japan", t("Japan's part"), said.get("japan", "")),
        Step("itmo", t("First transferred (ITMO)"), said.get("itmo", "")),
        Step("ndc", t("Use towards the NDC"), _used_words(found, answers["article6_events"], t)),
    ]
    return [step for step in steps if step.text]


def _stated_words(facts: Row, claims: list[Any], t: Texts) -> str:
    taken = next(
        (c for c in claims if c["field"] == "est_annual_tco2" and c["is_taken"] and c["publisher"]), None
    )
    text = t.count("{n} statement on it is on record.", "{n} statements on it are on record.", len(claims))
    if taken is None or facts["annual_tco2"] is None:
        return text
    estimate = t(
        "The annual estimate in force is {annual} ({basis}), stated by {publisher}.",
        annual=tonnes(facts["annual_tco2"], t),
        basis=estimate_bases(t)[facts["annual_basis"]],
        publisher=taken["publisher"],
    )
    return f"{text}{t.gap}{estimate}"


def _operation_words(facts: Row, t: Texts) -> str:
    parts = [t("Known to us as of {day}.", day=t.day(facts["known_on"]))]
    if facts["fy_selected"] is not None:
        parts.insert(0, t("Selected in {year}.", year=t.year(facts["fy_selected"])))
    if facts["start_on"] and facts["end_on"]:
        parts.append(
            t(
                "Start of operation: {start} ({basis}). With a lifetime of {years} years, operation is expected until {end}.",
                start=start_words(facts, t),
                basis=start_bases(t)[facts["start_basis"]],
                years=t.number(facts["lifetime_years"]),
                end=t.day(facts["end_on"]),
            )
        )
    return t.gap.join(parts)


def _registered_words(facts: Row, years: list[Any], until: int, t: Texts) -> str:
    if facts["registered_on"] is None:
        return ""
    expected = sum(
        r["expected_tco2"] for r in years if r["fiscal_year"] is not None and r["fiscal_year"] <= until
    )
    return t(
        "Registered on {day}. Beside what is verified, {expected} are expected of it up to the end of {year}.",
        day=t.day(facts["registered_on"]),
        year=t.year(until),
        expected=tonnes(expected, t),
    )


def _used_words(found: Example, events: list[Any], t: Texts) -> str:
    own = [e for e in events if e["issuance_id"] == found.event["issuance_id"] and e["action"] in USED]
    if not own:
        return t("No use of these tonnes is on record. So far they do not count towards Japan's NDC.")
    known = [e["quantity_tco2"] for e in own if e["quantity_tco2"] is not None]
    if not known:
        return t("They were used; the amount is not known.")
    return t("{tonnes} of them were used.", tonnes=tonnes(sum(known), t))
