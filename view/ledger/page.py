"""The Article 6 page: the ledger of issued credits and the adjustments that follow from it."""

from queries.runner import Answers, Questions
from view.coverage_words import amounts_known
from view.credits.vintages import vintage_rule
from view.ledger.adjustments import adjustments_table, periods_table
from view.ledger.content import Ledger, entries_table, states_html, states_table
from view.ledger.gx import ALL, credits_table, credits_told, gx_note
from view.ledger.host import hosts_note, hosts_table, hosts_told
from view.ledger.sentences import adjustments_told, answer, states_told, under
from view.marks.markup import titled
from view.page import Page, PageContext, Rows

ARTICLE_6 = ("authorise", "transfer", "acquire", "use_ndc", "use_other", "cancel")
QUERIES = ("ledger_states", "ledger_adjustments", "ledger_ndc_periods", "ledger_entries", "host_side")


def questions(context: PageContext) -> Questions:
    """What the page asks."""
    filters = context.selection.filters()
    return {
        **dict.fromkeys(QUERIES, filters),
        "host_ndc_figures": {},
        "credits_listed": {**filters, "gx": context.choice.get("gx", ALL)},
    }


def page_of(context: PageContext, answers: Answers) -> Page[Ledger]:
    """Every tile of the page."""
    t = context.t
    content = Ledger(context, answers)
    tile = context.tile_maker(answers)

    def coverage() -> str:
        decided = [row for row in content.entries if row["action"] == "decide"]
        known = {row["issuance_id"] for row in decided if row["quantity_tco2"] is not None}
        return amounts_known(len(known), len({row["issuance_id"] for row in decided}), t)

    def article6() -> Rows:
        return [row for row in content.entries if row["action"] in ARTICLE_6 or not row["is_booked"]]

    tiles = {
        "ledger_states": lambda: tile(
            "ledger_states",
            coverage(),
            title=t("Where every tonne stands: decided, issued, authorised, transferred, used"),
            told=states_told(content, t),
            body=states_html(content, t) if content.states else " ",
            table=states_table(content, t),
            notes=(vintage_rule(t),),
        ),
        "adjustments": lambda: tile(
            "ledger_adjustments",
            coverage(),
            title=t("Corresponding adjustments by Party and year"),
            told=adjustments_told(content, t),
            body="" if content.adjustments else " ",
            table=adjustments_table(content, t),
        ),
        "ndc_periods": lambda: tile(
            "ledger_ndc_periods",
            coverage(),
            title=t("By NDC period: added, used, and the average that counts"),
            sentence=t(
                "What Japan uses within the period is averaged over its years, and the average counts at the target"
                " year (reported)."
            )
            if content.periods
            else t("No adjustment follows from what is known in this selection."),
            body="" if content.periods else " ",
            table=periods_table(content, t),
            notes=(
                t(
                    "The period and the last year of use are assumptions: {codes}.",
                    codes="NDC-PERIOD, NDC-USE-BY",
                ),
            ),
        ),
        "host_side": lambda: tile(
            "host_side",
            coverage(),
            title=t("The partners' side: kept, to be adjusted, and expected to follow"),
            told=hosts_told(content, t),
            body="" if content.hosts else " ",
            table=hosts_table(content, t),
            notes=(hosts_note(content, t),),
        ),
        "credits_listed": lambda: tile(
            "credits_listed",
            coverage(),
            title=t("Credits one by one, and whether GX-ETS could use them"),
            told=credits_told(content, t),
            body="" if content.listed else " ",
            table=credits_table(content, t),
            notes=(gx_note(t),),
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
