"""How the JCM works: steps, ladder of terms, Article 6 on a worked example, rules by date, safeguards, glossary."""

from collections.abc import Sequence
from typing import Any

from queries.runner import Answers, Questions
from view.guide.example import example_html, example_table
from view.guide.glossary import glossary_html, glossary_table, term_html
from view.guide.safeguards import safeguards_html, safeguards_table
from view.marks.markup import joined, titled
from view.marks.table import Column, Markup, Table
from view.methods import rungs_table
from view.page import Content, Page, PageContext, Rows
from view.texts import Texts

Row = dict[str, Any]


def steps(t: Texts) -> Sequence[tuple[str, str]]:
    """How a project becomes credits, and credits become a contribution to an NDC."""
    return (
        (
            t("Two governments agree"),
            t(
                "Japan and a partner sign a memorandum and set up a Joint Committee, which adopts rules and methodologies."
            ),
        ),
        (
            t("A project is selected"),
            t(
                "A programme of a ministry, a fund or a company decides to invest. From here on we count its expected"
                " reductions at the first stage."
            ),
        ),
        (
            t("It is validated and registered"),
            t(
                "A third party checks the design; the Joint Committee registers the project. Many projects run before"
                " they are registered."
            ),
        ),
        (
            t("Reductions are monitored and verified"),
            t("For each monitoring period a third party confirms how much was really reduced or removed."),
        ),
        (
            t("Credits are decided, issued and shared"),
            t(
                "The Joint Committee decides the amount, each government issues its part. Japan's part goes to the"
                " government and to companies; the shares differ by project."
            ),
        ),
        (
            t("Authorised credits are transferred and used"),
            t(
                "Only what is authorised under Article 6, first transferred and used counts towards Japan's NDC; the partner"
                " adds the same amount to its own emissions balance."
            ),
        ),
    )


def steps_html(t: Texts) -> Markup:
    """HTML: the steps in order."""
    item = Markup("<li><b>{}</b><span>{}</span></li>")
    return Markup('<ol class="jcm-way">{}</ol>').format(joined(item.format(*step) for step in steps(t)))


def steps_table(t: Texts) -> Table[tuple[str, str]]:
    """The steps for files."""
    return Table(
        (
            Column("step", t("Step"), value=lambda step: step[0], cell=None),
            Column("happens", t("What happens"), value=lambda step: step[1], cell=None),
        ),
        steps(t),
        t,
    )


def rules_of(milestones: Rows) -> Rows:
    """Milestones that changed a rule, a target or an institution, the latest first."""
    found = [row for row in milestones if row["kind"] in {"target", "rule", "institution"}]
    return sorted(found, key=lambda row: row["milestone_on"], reverse=True)


def rules_table(milestones: Rows, t: Texts) -> Table[Row]:
    """Rules by date."""
    kinds = {"target": t("target"), "rule": t("rule"), "institution": t("institution")}
    return Table(
        (
            Column(
                "milestone_on",
                t("Date"),
                value=lambda r: t.partial_day(r["milestone_on"], r["milestone_precision"]),
                is_head=True,
            ),
            Column("kind", t("Kind"), cell=lambda r: kinds[r["kind"]]),
            Column("title", t("What changed"), value=lambda r: t.pick(r["title_en"], r["title_ja"])),
            Column("url", t("Source"), "source", cell=None),
        ),
        rules_of(milestones),
        t,
        css="jcm-tight jcm-years",
        is_long=True,
        has_headings=False,
    )


def questions(context: PageContext) -> Questions:
    """What the page asks; the one choice is the `term` whose meaning is shown at the top."""
    day: dict[str, object] = {"as_of": context.data_as_of}
    return {"milestones": day, "assumptions": day, "safeguards": day}


def page_of(context: PageContext, answers: Answers) -> Page[Content]:
    """Every tile of the page, in the order in which they are read."""
    t, asked = context.t, context.choice["term"]
    content = Content(context, answers)
    tile = context.tile_maker(answers)
    words = t(
        "Explanation by the compilers, after the public documents of both governments and the Paris Agreement"
    )
    tiles = {
        "guide_steps": lambda: tile(
            "milestones",
            words,
            title=t("From an agreement to a credit that counts, in six steps"),
            sentence=t("Every figure of this tracker belongs to one of these steps and says which."),
            body=steps_html(t),
            table=steps_table(t),
        ),
        "guide_rungs": lambda: tile(
            "milestones",
            words,
            title=t("The stages in words: expected, decided, issued, shared, transferred, used"),
            sentence=t(
                "The later a stage, the fewer tonnes have reached it; tonnes of different stages are never added."
            ),
            table=rungs_table(t),
        ),
        "guide_example": lambda: tile(
            "milestones",
            t("Invented amounts, booked in the same ledger as the real ones"),
            title=t("Article 6 on a worked example of 1,000 t"),
            sentence=t(
                "Each bar is the same 1,000 t; after each step every tonne stands in exactly one place."
            ),
            body=example_html(t),
            table=example_table(t),
        ),
        "guide_rules": lambda: tile(
            "milestones",
            t("Milestones with a source"),
            title=t("Targets, rules and institutions by date"),
            sentence=t(
                "On 1 April 2025 Japan's credits moved to a statutory account book; a day before, the JCM was authorised as"
                " a cooperative approach under Article 6."
            ),
            table=rules_table(answers["milestones"], t),
        ),
        "guide_safeguards": lambda: tile(
            "safeguards",
            t(
                "Documents that the ministry lists on the JCM; whether a project keeps to them is not on record"
            ),
            title=t("Safeguards, and what is known of them for each programme"),
            sentence=t(
                "A safeguard asks how a project treats people and the environment. Where a document is not made for a programme,"
                " whether the programme applies it is not known."
            ),
            body=safeguards_html(answers["safeguards"], context.names["programme"], t),
            table=safeguards_table(answers["safeguards"], context.names["programme"], t),
        ),
        "glossary": lambda: tile(
            "assumptions",
            words,
            title=t("Glossary"),
            sentence=t("What each term means on these pages, in both languages."),
            body=glossary_html(t),
            table=glossary_table(t),
        ),
    }
    under = t("The mechanism, its terms and rules, and what may count towards Japan's NDC")
    head = titled(t("How the JCM works"), under) + (term_html(asked, t) if asked else "")
    return Page(content, lambda: head, tiles)
