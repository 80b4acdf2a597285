"""How the JCM works: steps, ladder of terms, Article 6 on a worked example, rules by date, glossary."""

from html import escape

import streamlit as st

from pages.frame import Frame, open_frame
from queries.runner import ask
from view.guide.example import example_html, example_table
from view.guide.glossary import TERMS, glossary_html, glossary_table, term_html
from view.guide.page import rules_table, steps_html, steps_table
from view.header import draw_foot, draw_head, draw_ignored
from view.methods import rungs_table
from view.texts import Language
from view.tiles import Tile, draw_tile


@st.cache_resource(max_entries=8, show_spinner=False)
def tiles_of(data_version: str, lang: Language, _frame: Frame) -> list[Tile]:
    """The tiles of the page in the order in which they are read."""
    t, warehouse = _frame.t, _frame.warehouse
    day = {"as_of": warehouse.data_as_of}
    answers = ask(warehouse, {"milestones": day, "assumptions": day})
    milestones = answers["milestones"]
    tile = _frame.tile_maker(answers, warehouse.data_as_of)
    words = t(
        "Explanation by the compilers, after the public documents of both governments and the Paris Agreement"
    )
    return [
        tile(
            "guide_steps",
            "milestones",
            words,
            title=t("From an agreement to a credit that counts, in six steps"),
            sentence=t("Every figure of this tracker belongs to one of these steps and says which."),
            body=steps_html(t),
            table=steps_table(t),
        ),
        tile(
            "guide_rungs",
            "milestones",
            words,
            title=t("The ladder of terms: expected, decided, issued, shared, transferred, used"),
            sentence=t(
                "The higher a rung, the fewer tonnes stand on it; tonnes of different rungs are never added."
            ),
            table=rungs_table(t),
        ),
        tile(
            "guide_example",
            "milestones",
            t("Invented amounts, booked in the same ledger as the real ones"),
            title=t("Article 6 on a worked example of 1,000 t"),
            sentence=t(
                "Each bar is the same 1,000 t; after each step every tonne stands in exactly one place."
            ),
            body=str(example_html(t)),
            table=example_table(t),
        ),
        tile(
            "guide_rules",
            "milestones",
            t("Milestones with a source"),
            title=t("Targets, rules and institutions by date"),
            sentence=t(
                "On 1 April 2025 Japan's credits moved to a statutory account book; a day before, the JCM was authorised as"
                " a cooperative approach under Article 6."
            ),
            table=rules_table(milestones, t),
        ),
        tile(
            "glossary",
            "assumptions",
            words,
            title=t("Glossary"),
            sentence=t("What each term means on these pages, in both languages."),
            body=glossary_html(t),
            table=glossary_table(t),
        ),
    ]


def main() -> None:
    """Draws the page."""
    frame = open_frame()
    t = frame.t
    title, below = (
        t("How the JCM works"),
        t("The mechanism, its terms and rules, and what may count towards Japan's NDC"),
    )
    asked = frame.controls.given("term", [term.code for term in TERMS])
    meaning = term_html(asked, t) if asked else ""
    draw_head(
        t, f'<h1 class="jcm-answer">{escape(title)}</h1><p class="jcm-under">{escape(below)}</p>{meaning}'
    )
    frame.controls.finish()
    draw_ignored(t)
    for tile in tiles_of(frame.warehouse.data_version, t.lang, frame):
        draw_tile(tile, t)
    draw_foot(t)


main()
