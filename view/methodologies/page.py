"""The methodologies page: methodologies and their projects, decisions of Joint Committees by date, days of each step."""

from typing import Any

from queries.runner import Answers, Questions
from view.marks.markup import titled
from view.methodologies.decisions import (
    decisions_table,
    decisions_told,
    steps_of,
    steps_sentence,
    steps_table,
)
from view.methodologies.listing import distinct, listing_sentence, listing_table, projects_table
from view.page import Asked, Content, Page, PageContext
from view.texts import Texts
from view.tiles import Tile


class Methodologies(Content):
    """Rows of the queries of the page."""

    methodologies = Asked("methodologies")
    projects = Asked("methodology_projects")
    all_projects = Asked("methodology_projects:all")
    decisions = Asked("committee_decisions")
    days = Asked("step_days")
    rules = Asked("rule_times")


def answer(content: Methodologies, t: Texts) -> str:
    """How many methodologies are known, and how many projects use them."""
    rows = content.methodologies
    if not rows:
        return t("No methodology of this selection is known.")
    return t(
        "{n} methodologies of {countries} partner countries are known; {projects} projects on the list use them.",
        n=t.number(len(rows)),
        countries=t.number(distinct(rows, "iso3")),
        projects=t.number(distinct(content.all_projects, "project_id")),
    )


def questions(context: PageContext) -> Questions:
    """What the page asks; the one choice is the code of one `methodology`, None for all."""
    filters = context.selection.filters()
    shared: dict[str, Any] = {key: filters[key] for key in ("as_of", "countries", "sectors")}
    return {
        "methodologies": shared,
        "methodology_projects": {**shared, "methodology": context.choice["methodology"]},
        "methodology_projects:all": shared,
        "committee_decisions": shared,
        "step_days": shared,
        "rule_times": {},
    }


def page_of(context: PageContext, answers: Answers) -> Page[Methodologies]:
    """Every tile of the page."""
    t, code = context.t, context.choice["methodology"]
    content = Methodologies(context, answers)
    tile = context.tile_maker(answers)
    names = context.names

    def listing() -> Tile:
        rows = content.methodologies
        return tile(
            "methodologies",
            t("Methodologies of the site's tables, and those that projects on the list name"),
            title=t("Methodologies: scope, versions, approval, and the projects that use them"),
            sentence=listing_sentence(rows, t),
            table=listing_table(rows, names["sector"], context.link, t),
            body="" if rows else " ",
            notes=(t("An event of several projects is told only where all of them use the methodology"),),
        )

    def projects() -> Tile:
        rows = content.projects
        return tile(
            "methodology_projects",
            t("Projects on the list; the others have no project document"),
            title=t("Projects that use {code}", code=code) if code else t("Projects and their methodologies"),
            sentence=t.count(
                "{n} project on the list.", "{n} projects on the list.", distinct(rows, "project_id")
            ),
            table=projects_table(rows, names["status"], context.link, t),
            body="" if rows else " ",
        )

    def decisions() -> Tile:
        return tile(
            "committee_decisions",
            t(
                "Registrations and issuance as far as dated; designations of third parties and rules are not listed"
            ),
            title=t("Decisions of Joint Committees by date"),
            told=decisions_told(content.decisions, t),
            table=decisions_table(content.decisions, context.link, t),
            body="" if content.decisions else " ",
        )

    def steps() -> Tile:
        found = steps_of(content.days, content.rules, t)
        return tile(
            "step_days",
            t("Cases whose two days are both known; selection counts from 1 April of its fiscal year"),
            title=t("Days in each step, beside the times of the rules"),
            sentence=steps_sentence(found, t),
            table=steps_table(found, t),
        )

    tiles = {
        "methodologies": listing,
        "methodology_projects": projects,
        "committee_decisions": decisions,
        "step_days": steps,
    }
    under = t(
        "Each approved by the Joint Committee of its country · as of {day}",
        day=t.day(context.selection.as_of),
    )
    return Page(content, lambda: titled(answer(content, t), context.filters_text or under), tiles)
