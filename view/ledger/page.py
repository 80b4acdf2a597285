"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from queries.runner import Answers, Questions
from view.credits.vintages import vintage_rule
from view.ledger.content import Ledger, adjustments_table, entries_table, states_html, states_table
from view.ledger.sentences import answer, under
from view.marks.markup import titled
from view.page import Page, PageContext, Rows

ARTICLE_6 = ("authorise", "transfer", "acquire", "use_ndc", "use_other", "cancel")
QUERIES = ("ledger_states", "ledger_adjustments", "ledger_entries")


def questions(context: PageContext) -> Questions:
    """What the page asks."""
    return dict.fromkeys(QUERIES, context.selection.filters())


def page_of(context: PageContext, answers: Answers) -> Page[Ledger]:
    """Every tile of the page."""
    t = context.t
    content = Ledger(context, answers)
    tile = context.tile_maker(answers)

    def coverage() -> str:
        decided = [row for row in content.entries if row["action"] == "decide"]
        return t(
            "amount known of {n} of {all} issuance decisions",
            n=t.number(len({row["issuance_id"] for row in decided if row["quantity_tco2"] is not None})),
            all=t.number(len({row["issuance_id"] for row in decided})),
        )

    def article6() -> Rows:
        return [row for row in content.entries if row["action"] in ARTICLE_6 or not row["is_booked"]]

    tiles = {
        "ledger_states": lambda: tile(
            "ledger_states",
            coverage(),
            title=t("Where every tonne stands: decided, issued, authorised, transferred, used"),
            sentence=t(
                "Each tonne is counted once; the row and the column it stands in tell its holder and its state."
            ),
            body=states_html(content, t) if content.states else " ",
            table=states_table(content, t),
            notes=(vintage_rule(t),),
        ),
        "adjustments": lambda: tile(
            "ledger_adjustments",
            coverage(),
            title=t("Corresponding adjustments by Party and year"),
            sentence=t(
                "The partner adds what it first transferred, Japan subtracts what it used towards its NDC; the rest is"
                " held, used otherwise or cancelled."
            )
            if content.adjustments
            else t("No adjustment follows from what is known in this selection."),
            body="" if content.adjustments else " ",
            table=adjustments_table(content, t),
        ),
        "article6_entries": lambda: tile(
            "ledger_entries",
            coverage(),
            title=t("Authorised, first transferred and used: every entry"),
            sentence=t.count(
                "{n} entry, {refused} refused.",
                "{n} entries, {refused} refused.",
                len(article6()),
                refused=t.number(sum(not row["is_booked"] for row in content.entries)),
            )
            if article6()
            else t("No entry is known in this selection."),
            body="" if article6() else " ",
            table=entries_table(article6(), t),
        ),
        "ledger_entries": lambda: tile(
            "ledger_entries",
            coverage(),
            title=t("The whole ledger: decided, issued, authorised, transferred and used"),
            sentence=t.count(
                "{n} entry, the latest first.", "{n} entries, the latest first.", len(content.entries)
            ),
            body="" if content.entries else " ",
            table=entries_table(content.entries, t),
        ),
    }
    return Page(content, lambda: titled(answer(content, t), under(content, t)), tiles)
