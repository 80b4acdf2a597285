"""The readiness page: how far each partner is with Article 6, item by item, and how many partners have each item."""

from collections.abc import Callable, Mapping
from typing import Any

from queries.runner import Answers, Questions
from view.marks.markup import titled
from view.marks.table import Column, Table, linked
from view.page import Asked, Content, Page, PageContext, Rows
from view.readiness.items import cell, item_names, legend, state_names, steps_table
from view.texts import Texts
from view.tiles import Tile

Partner = dict[str, Any]
"""A partner: `iso3`, its place by signature as `sequence`, and a row of the query under each item."""


class Readiness(Content):
    """Rows of the query, and the partners that they are of."""

    rows = Asked("readiness_matrix")

    @property
    def partners(self) -> list[Partner]:
        """The partners in the order chosen."""
        found: dict[str, Partner] = {}
        for row in self.rows:
            one = found.setdefault(row["iso3"], {"iso3": row["iso3"], "sequence": row["sequence"]})
            one[row["item"]] = row
        order = _ORDERS[self.context.choice["sort"]](self.context.t)
        return sorted(found.values(), key=lambda p: (*order(p), p["sequence"]))

    def having(self, item: str, state: str | None) -> Rows:
        """The rows of one item with one state."""
        return [row for row in self.rows if row["item"] == item and row["state"] == state]


def _how_many(partner: Partner, state: str) -> int:
    return sum(isinstance(row, Mapping) and row["state"] == state for row in partner.values())


_ORDERS: Mapping[str, Callable[[Texts], Callable[[Partner], tuple[Any, ...]]]] = {
    "progress": lambda _: lambda p: (-_how_many(p, "in place"), -_how_many(p, "in part")),
    "name": lambda t: lambda p: (t.country(p["iso3"]),),
    "signature": lambda _: lambda _: (),
}


def sort_names(t: Texts) -> dict[str, str]:
    """Orders of the partners; the first is the default."""
    return {"progress": t("How far along"), "name": t("Name"), "signature": t("Order of signature")}


def answer(content: Readiness, t: Texts) -> str:
    """How many partners have come to the steps that matter most."""
    partners = {row["iso3"] for row in content.rows}
    if not partners:
        return t("No partner had signed by this day.")
    counted = {item: len(content.having(item, "in place")) for item in item_names(t)}
    return t(
        "Of {n} partners, {decided} have a decision on issuance on record, {authorised} an arrangement for authorisation"
        " and {transferred} a first transfer under Article 6.",
        n=t.number(len(partners)),
        decided=t.number(counted["first_decision"]),
        authorised=t.number(counted["authorisation_arrangement"]),
        transferred=t.number(counted["first_transfer"]),
    )


def questions(context: PageContext) -> Questions:
    """What the page asks; the one choice is the order, `sort`."""
    return {"readiness_matrix": {"as_of": context.selection.as_of}}


def page_of(context: PageContext, answers: Answers) -> Page[Readiness]:
    """Every tile of the page."""
    t = context.t
    content = Readiness(context, answers)
    tile = context.tile_maker(answers)
    coverage = t(
        "Memoranda, decisions and transfers of the record; all else from single statements, of few partners"
    )

    def matrix() -> Tile:
        return tile(
            "readiness_matrix",
            coverage,
            title=t("How far each partner is with Article 6"),
            sentence=t(
                "Each cell has its date and leads to its source. What rests on a weak source alone is marked as reported."
            ),
            body=legend(t) + matrix_table(content, t).html(),
            table=steps_table(content.rows, t),
        )

    def steps() -> Tile:
        return tile(
            "readiness_matrix",
            coverage,
            title=t("How many partners have each step"),
            told=(
                t(
                    "{n} of {all} states are known",
                    n=t.number(sum(row["state"] is not None for row in content.rows)),
                    all=t.number(len(content.rows)),
                )
                if content.rows
                else "",
                t("What is not known is a gap of the record, not of the partner."),
            ),
            table=counts_table(content, t),
        )

    under = t(
        "As stated by {day}, with source and date; unknown stays unknown", day=t.day(context.selection.as_of)
    )
    tiles = {"readiness_matrix": matrix, "readiness_steps": steps}
    return Page(content, lambda: titled(answer(content, t), under), tiles)


def matrix_table(content: Readiness, t: Texts) -> Table[Partner]:
    """A row a partner, a column an item."""
    link = content.context.link

    def column(item: str, name: str) -> Column[Partner]:
        return Column(item, name, value=None, cell=lambda p: cell(p[item], t))

    return Table(
        (
            Column(
                "iso3",
                t("Partner country"),
                value=None,
                cell=lambda p: linked(link("country", iso3=p["iso3"]), t.country(p["iso3"])),
                is_head=True,
            ),
            *(column(item, name) for item, name in item_names(t).items()),
        ),
        content.partners,
        t,
        css="jcm-tight jcm-matrix jcm-readiness",
    )


def counts_table(content: Readiness, t: Texts) -> Table[Mapping[str, Any]]:
    """A row an item, with the partners of each state."""
    rows = [
        {
            "item": name,
            **{state or "unknown": len(content.having(item, state)) for state in state_names(t)},
            "reported": sum(row["reliability"] == "weak" for row in content.having(item, "in place")),
        }
        for item, name in item_names(t).items()
    ]
    names = state_names(t)
    return Table(
        (
            Column("item", t("Step"), is_head=True),
            Column("in place", names["in place"], "number"),
            Column("reported", t("of which reported only"), "number"),
            Column("in part", names["in part"], "number"),
            Column("not yet", names["not yet"], "number"),
            Column("unknown", names[None], "number"),
        ),
        rows,
        t,
    )
