"""The target page of one selection, ready to draw: the answer, the coverage strip and the tiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from view.target import sentences
from view.target.content import Content
from view.target.cumulative_chart import cumulative_chart, cumulative_title
from view.target.expectations_chart import expectations_chart, expectations_table
from view.target.gap import gap_panel, gap_sentence, gap_title, progress_table
from view.target.ladder_table import ladder_html, ladder_sentence, ladder_table
from view.target.statements import (
    events_table,
    statements_html,
    statements_sentence,
    statements_table,
)
from view.target.verified_chart import verified_chart
from view.target.year_tables import cumulative_table, milestones_table, verified_table
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import QueryText, Tile, TileMaker, our_calculation


@dataclass(frozen=True)
class TargetPage:
    """Everything the page draws, in its order."""

    answer_html: str
    answer: str
    under: str
    tiles: Mapping[str, Tile]


def build_page(content: Content, t: Texts, theme: ThemeName, query_text: QueryText) -> TargetPage:
    """Builds every sentence, figure and table of the page from its content."""
    html, plain = sentences.answer(content, t)
    expected = sentences.coverage_short(content, t)
    issued = sentences.issued_coverage(content, t)
    tile = TileMaker(
        our_calculation(t, content.build),
        t.day_short(content.selection.as_of),
        content.data_version,
        query_text,
    )
    tiles = (
        tile(
            "cumulative",
            "reductions_by_year",
            expected,
            title=cumulative_title(content, t),
            sentence=sentences.pace_sentence(content, t),
            figure=cumulative_chart(content, t, theme),
            table=cumulative_table(content, t),
        ),
        tile(
            "gap",
            "reductions_by_year",
            expected,
            title=gap_title(content, t),
            sentence=gap_sentence(content, t),
            body=gap_panel(content, t),
            table=progress_table(content, t),
        ),
        tile(
            "verified",
            "reductions_by_year",
            issued,
            title=t("Verified so far, on its own axis"),
            sentence=sentences.verified_sentence(content, t),
            figure=verified_chart(content, t, theme),
            table=verified_table(content, t),
            notes=(t("Lighter: up to the high end, where an amount is known as a range"),),
        ),
        tile(
            "ladder",
            "ladder",
            f"{expected} · {issued}",
            title=t("The ladder: what is expected, verified, shared and counted"),
            sentence=ladder_sentence(content, t),
            body=ladder_html(content, t),
            table=ladder_table(content, t),
        ),
        tile(
            "expectations",
            "reconciliation",
            t("Statements differ in scope; our sum covers the projects with an estimate only"),
            title=t("What officials expected for 2030, by date of statement"),
            sentence=sentences.expectations_sentence(content, t),
            figure=expectations_chart(content, t, theme),
            table=expectations_table(content, t),
            notes=(t("All partner countries; the filters do not apply"),),
        ),
        tile(
            "statements",
            "reconciliation",
            t("Each coverage stands in the table"),
            title=t("Our totals beside official statements"),
            sentence=statements_sentence(content, t),
            body=statements_html(content, t),
            table=statements_table(content, t),
            notes=(t("All partner countries; the filters do not apply"),),
        ),
        tile(
            "events",
            "events_beside_the_chart",
            issued,
            title=t("Issuance events that the charts cannot place"),
            sentence=t.count(
                "{n} event lacks an amount or a date. It is kept here, not dropped.",
                "{n} events lack an amount or a date. They are kept here, not dropped.",
                len(content.events_beside),
            )
            if content.events_beside
            else t("Every event known in this selection has an amount and a date."),
            body=" ",
            table=events_table(content, t),
        ),
        tile(
            "milestones",
            "milestones",
            t("{n} milestones with a source", n=t.number(len(content.milestones))),
            title=t("Milestones"),
            sentence=t("Decisions, rules and first issuances marked under the time axis of the chart above."),
            body=" ",
            table=milestones_table(content, t),
        ),
    )
    return TargetPage(html, plain, sentences.under_answer(content, t), {x.key: x for x in tiles})


def freshness(content: Content, t: Texts, today: date) -> str:
    """The coverage strip; it alone depends on the day of the visit."""
    return sentences.coverage_note(content, t, today)
