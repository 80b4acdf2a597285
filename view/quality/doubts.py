"""What is doubtful or was rejected, counted by rule; the rows themselves are under Data and methods."""

from typing import Any

from view.marks.markup import sentence
from view.marks.table import ONE_LINE, WIDE, Column, Markup, Table, escape, small
from view.page import Rows
from view.texts import Texts

Row = dict[str, Any]


def doubts_title(doubts: Rows, t: Texts) -> str:
    """How many findings nobody has acknowledged, and whether rows were rejected."""
    found, rejected = _total(doubts, "finding", "total"), _total(doubts, "rejected", "total")
    if not found and not rejected:
        return t("Nothing is found doubtful and nothing was rejected")
    return t("Doubtful: {found}; rejected: {rejected}", found=t.number(found), rejected=t.number(rejected))


def doubts_sentence(doubts: Rows, t: Texts) -> str:
    """How many findings hold the build, how many were looked into, and what was rejected."""
    held = [row for row in doubts if row["level"] == "hold"]
    told = [row for row in doubts if row["level"] == "tell"]
    words = [
        t(
            "{held} findings need a reason why they stand, of which {open} have none yet; {told} are told only.",
            held=t.number(sum(row["total"] for row in held)),
            open=t.number(sum(row["open"] for row in held)),
            told=t.number(sum(row["total"] for row in told)),
        )
    ]
    rejected = _total(doubts, "rejected", "total")
    if rejected:
        words.append(t.count("{n} row or cell was rejected.", "{n} rows or cells were rejected.", rejected))
    else:
        words.append(t("No row or cell was rejected."))
    return t.gap.join(words)


def doubts_table(doubts: Rows, t: Texts) -> Table[Row]:
    """Rules with what they found, open ones first."""
    levels = {
        "hold": t("needs a reason"),
        "tell": t("told only"),
        "row": t("row rejected"),
        "cell": t("cell rejected"),
    }

    def example(row: Row) -> str:
        return t.pick(row["message_en"], row["message_ja"])

    return Table(
        (
            Column("rule_code", t("Rule"), css=ONE_LINE, is_head=True),
            Column("level", t("What follows"), value=lambda r: levels[r["level"]], css=ONE_LINE),
            Column("total", t("Found"), "number"),
            Column("open", t("Not acknowledged"), "number"),
            Column("tables", t("Table"), css=ONE_LINE),
            Column(
                "message",
                t("First of them"),
                value=example,
                cell=lambda r: escape(example(r)) + small(r["example"] or ""),
                css=f"jcm-what {WIDE}",
            ),
        ),
        doubts,
        t,
        css="jcm-tight jcm-changes",
        is_long=True,
    )


def doubts_html(table: Table[Row], methods: str, t: Texts) -> Markup:
    """The rules, and links to the rows themselves on the page of methods."""
    link = Markup('<a class="jcm-link jcm-lined" href="{}#{}">{}</a>')
    places = Markup(" · ").join(
        link.format(methods, anchor, words)
        for anchor, words in (
            ("findings", t("All findings with their reasons")),
            ("rejected", t("All rejected rows and cells")),
        )
    )
    return (table.html() if table.rows else Markup("")) + sentence(places)


def _total(doubts: Rows, kind: str, key: str) -> int:
    return sum(row[key] for row in doubts if row["kind"] == kind)
