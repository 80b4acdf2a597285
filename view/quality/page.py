"""Data quality: how old the sources are, what waits, what was replaced, what is doubtful or missing, and how to refresh."""

from dataclasses import replace

from queries.runner import Answers, Questions
from view.marks.markup import titled
from view.methods import list_of_projects
from view.page import Content, Page, PageContext
from view.quality.coverage import coverage_html, coverage_table, coverage_told
from view.quality.decisions import (
    first_rows,
    proposals_sentence,
    proposals_table,
    revisions_sentence,
    revisions_table,
    waiting,
)
from view.quality.doubts import doubts_html, doubts_sentence, doubts_table, doubts_title
from view.quality.sources import judged, overdue, sources_table, sources_told
from view.quality.steps import steps_html, steps_table
from view.tiles import Tile

QUERIES = ("refresh_sources", "refresh_proposals", "refresh_revisions", "quality_doubts", "quality_coverage")


def questions(_: PageContext) -> Questions:
    """What the page asks: all of it is of the data version as a whole."""
    return {query: {} for query in QUERIES}


def page_of(context: PageContext, answers: Answers) -> Page[Content]:
    """Every tile of the page; the one choice is `today`, the reader's day."""
    t, today = context.t, context.choice["today"]
    calculated = replace(context.tile_maker(answers), as_of=t.day_short(context.data_as_of))
    tile = replace(
        calculated, source=t("Files of the record: refresh sources, attempts, proposals and revisions")
    )
    whole = t("The whole record, whatever is chosen on other pages")

    def head() -> str:
        build = context.build
        return titled(
            t.gap.join(
                words + t(".")
                for words in (
                    overdue(judged(answers["refresh_sources"], today), t),
                    waiting(answers["refresh_proposals"], t),
                )
            ),
            list_of_projects(build["list_of_on"], build["list_cadence_days"], today, t),
        )

    def sources() -> Tile:
        rows = judged(answers["refresh_sources"], today)
        return tile(
            "refresh_sources",
            t("Sources that a refresh reads; all others are listed under Data and methods"),
            title=t("How old is each source"),
            told=sources_told(rows, today, t),
            table=sources_table(rows, t),
        )

    def proposals() -> Tile:
        rows = answers["refresh_proposals"]
        table = proposals_table(rows, t)
        return tile(
            "refresh_proposals",
            whole,
            title=waiting(rows, t),
            sentence=proposals_sentence(rows, t),
            body=first_rows(table, t),
            table=table,
        )

    def revisions() -> Tile:
        rows = answers["refresh_revisions"]
        table = revisions_table(rows, t)
        return tile(
            "refresh_revisions",
            t("Changes accepted from a refresh; corrections by hand are listed under Data and methods"),
            title=t("Values that were replaced"),
            sentence=revisions_sentence(rows, t),
            body=first_rows(table, t),
            table=table,
        )

    def doubts() -> Tile:
        rows = answers["quality_doubts"]
        table = doubts_table(rows, t)
        return calculated(
            "quality_doubts",
            whole,
            title=doubts_title(rows, t),
            sentence=doubts_sentence(rows, t),
            body=doubts_html(table, context.link("methods"), t),
            table=table,
        )

    def coverage() -> Tile:
        rows = answers["quality_coverage"]
        table = coverage_table(rows, context.link, t)
        return calculated(
            "quality_coverage",
            whole,
            title=t("What is known of each partner country"),
            told=coverage_told(rows, t),
            body=coverage_html(table),
            table=table,
        )

    def steps() -> Tile:
        return tile(
            "refresh_sources",
            whole,
            title=t("How to bring it up to date"),
            sentence=t(
                "In five steps, on the machine that holds the data; nothing is replaced without being accepted."
            ),
            body=steps_html(t),
            table=steps_table(t),
        )

    tiles = {
        "quality_sources": sources,
        "quality_proposals": proposals,
        "quality_revisions": revisions,
        "quality_doubts": doubts,
        "quality_coverage": coverage,
        "quality_steps": steps,
    }
    return Page(Content(context, answers), head, tiles)
