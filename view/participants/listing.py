"""The list of participants: search, facets, one page of rows, and how recorded names were resolved."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pyarrow as pa

from model.search_text import search_words
from queries.runner import Answers, Questions
from view.control_words import filter_labels
from view.marks.markup import items, joined, sentence, titled
from view.marks.table import DASH, ONE_LINE, WIDE, Column, Markup, Table, escape, linked, small
from view.page import Asked, Content, Page, PageContext, Rows
from view.participants.words import (
    Row,
    amount_columns,
    countries_of,
    meaning,
    name_of,
    side_names,
    side_words,
    some_of,
)
from view.projects.listing import pager_html
from view.projects.listing_content import ROWS_A_PAGE, page_number
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
FACET_VALUES = 6


class Participants(Content):
    """Participants of one selection; choices are `search`, `side`, `by`, `sort` and `page`."""

    found = Asked("participants")

    @property
    def recorded(self) -> Rows:
        """The recorded names, those that are nobody's first."""
        named = (row for row in self.answers["participant_names"] if row["participant"])
        return sorted(named, key=lambda row: bool(row["is_resolved"]))

    @property
    def page(self) -> int:
        """The page of the list, within those there are."""
        return page_number(self.context.choice["page"], len(self.found))

    @property
    def kept(self) -> dict[str, str]:
        """What a link to another part of the list keeps."""
        choice = self.context.choice
        usual = {
            "show": ("side", "both"),
            "by": ("by", "participant"),
            "sort": ("sort", "projects"),
            "q": ("search", ""),
        }
        return {key: choice[name] for key, (name, first) in usual.items() if choice[name] != first}


def sort_names(t: Texts) -> dict[str, str]:
    """Orders of the list, the largest first; every one ends with the name."""
    return {
        "projects": t("Projects"),
        "expected": t("Expected"),
        "notified": t("Issuance decided"),
        "name": t("Name"),
    }


def by_names(t: Texts) -> dict[str, str]:
    """What a row of the list is."""
    return {"participant": t("Each participant"), "group": t("Groups as one")}


def questions(context: PageContext) -> Questions:
    """What the page asks."""
    choice = context.choice
    asked: dict[str, object] = {
        **context.selection.filters(),
        "words": search_words(choice["search"]) or None,
        **{key: choice[key] for key in ("by", "side", "sort")},
        **dict(zip(("first_year", "last_year"), context.target_years, strict=True)),
    }
    return {"participants": asked, "participant_names": {}}


def page_of(context: PageContext, answers: Answers) -> Page[Participants]:
    """The list of one selection."""
    t = context.t
    content = Participants(context, answers)
    tile = context.tile_maker(answers)
    tiles = {
        "participants": lambda: _list_tile(content, context.link, tile, t),
        "participant_names": lambda: _names_tile(content, context.link, tile, t),
    }
    return Page(content, lambda: titled(answer(content, t), meaning(t)), tiles)


def answer(content: Participants, t: Texts) -> str:
    """How many there are, and under which filters."""
    n, search = len(content.found), content.context.choice["search"]
    parts = [
        part for part in (t("“{search}”", search=search) if search else "", content.filters_text) if part
    ]
    if parts:
        return t.count(
            "{n} participant of projects: {filters}.",
            "{n} participants of projects: {filters}.",
            n,
            filters=t.listing(parts),
        )
    if content.context.choice["by"] == "group":
        return t.count("{n} group or participant.", "{n} groups and participants.", n)
    sides = Counter(row["side"] for row in content.found)
    return t.count(
        "{n} participant of projects: {japan} on the Japanese side, {partner} on the side of the partners.",
        "{n} participants of projects: {japan} on the Japanese side, {partner} on the side of the partners.",
        n,
        japan=t.number(sides["Japan"] + sides["both"]),
        partner=t.number(sides["partner"] + sides["both"]),
    )


def participants_table(content: Participants, rows: Sequence[Row], link: Link, t: Texts) -> Table[Row]:
    """Participants with their projects, countries, technologies and the tonnes of the projects."""
    technologies = content.names["technology"]

    def name(row: Row) -> Markup:
        below = ""
        if row["members"] > 1:
            below = t.count("{n} participant together", "{n} participants together", row["members"])
        elif row["group_id"]:
            group = {"name_en": row["group_name_en"], "name_ja": row["group_name_ja"]}
            below = t("Group: {name}", name=name_of(group, t))
        elif not row["is_resolved"]:
            below = t("name as recorded")
        return linked(link("participant", name=row["participant_id"]), name_of(row, t)) + small(below)

    def countries(row: Row) -> list[str]:
        return countries_of(row, t)

    def named(row: Row) -> list[str]:
        return [technologies.get(one, one) for one in row["technologies"].split(";")]

    def projects(row: Row) -> Markup:
        # The list of projects knows participants, not groups.
        href = link("projects", participant=row["participant_id"])
        number = t.number(row["projects"])
        return linked(href, number) if row["members"] == 1 else escape(number)

    def span(row: Row) -> str:
        if row["fy_first"] is None:
            return DASH
        first, last = t.year(row["fy_first"]), t.year(row["fy_last"])
        return first if first == last else f"{first} – {last}"

    return Table[Row](
        (
            Column("participant_id", t("Key"), cell=None),
            Column("name", t("Participant"), value=lambda r: name_of(r, t), cell=name, is_head=True),
            Column("side", t("Side"), value=lambda r: side_words(r, t), css=f"{WIDE} {ONE_LINE}"),
            Column("projects", t("Projects"), "number", cell=projects),
            Column("with_estimate", t("Projects with an estimate"), "number", cell=None),
            Column(
                "countries",
                t("Partner country"),
                value=lambda r: t.listing(countries(r)),
                cell=lambda r: some_of(countries(r), t),
                css=WIDE,
            ),
            Column(
                "technologies",
                t("Technologies"),
                value=lambda r: t.listing(named(r)),
                cell=lambda r: some_of(named(r), t, 2),
                css=WIDE,
            ),
            Column("selected", t("Selected"), value=span, css=f"{WIDE} {ONE_LINE}"),
            *amount_columns(content.target_years, t),
            Column(
                "shared_events", t("Issuances of several projects together, in no sum"), "number", cell=None
            ),
        ),
        rows,
        t,
        css="jcm-tight jcm-participants",
    )


def _list_tile(content: Participants, link: Link, tile: TileMaker, t: Texts) -> Tile:
    first = (content.page - 1) * ROWS_A_PAGE
    rows = content.found[first : first + ROWS_A_PAGE]

    def at(number: int) -> str:
        return link("participants", page=str(number), **content.kept)

    where = t(
        "Rows {first} to {last} of {all}",
        first=t.number(first + 1 if rows else 0),
        last=t.number(first + len(rows)),
        all=t.number(len(content.found)),
    )
    pages = max(1, -(-len(content.found) // ROWS_A_PAGE))
    shown = (
        participants_table(content, rows, link, t).html()
        if rows
        else sentence(t("No participant fits. Clear the filters, or search for fewer words."))
    )
    below = sentence(joined((where, pager_html(content.page, pages, at, t))))
    with_estimate = sum(1 for row in content.found if row["with_estimate"])
    return tile(
        "participants",
        t(
            "{n} of {all} take part in a project with an annual estimate",
            n=t.number(with_estimate),
            all=t.number(len(content.found)),
        ),
        title=t("Participants, with what the projects with their participation come to"),
        sentence=answer(content, t),
        body=joined((_facets_html(content, link, t), shown, below)),
        table=partial(_whole, content, link, t),
    )


def _whole(content: Participants, link: Link, t: Texts) -> pa.Table:
    return participants_table(content, content.found, link, t).arrow()


def _facets_html(content: Participants, link: Link, t: Texts) -> Markup:
    """The sides, and the countries and technologies with the most participants, each a link that sets it."""
    sides = side_names(t)
    by_side = Counter(row["side"].lower() for row in content.found)
    rows = [
        (linked(link("participants", **{**content.kept, "show": side}), sides[side]), n)
        for side in ("japan", "partner")
        if (n := by_side[side] + by_side["both"])
    ]
    parts = [_facet(t("Side"), rows, t)]
    for key, column in (("country", "iso3_codes"), ("technology", "technologies")):
        counts = Counter(value for row in content.found for value in row[column].split(";"))
        most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        links = [
            (
                linked(
                    link("participants", **{**content.kept, key: value}), content.names[key].get(value, value)
                ),
                n,
            )
            for value, n in most
        ]
        parts.append(_facet(filter_labels(t)[key][1], links, t))
    name = t("Participants by side, country and technology")
    return Markup('<nav class="jcm-facets" aria-label="{}">{}</nav>').format(name, joined(parts))


def _facet(title: str, values: Sequence[tuple[Markup, int]], t: Texts) -> Markup:
    rows = [Markup("{} <span>{}</span>").format(name, t.number(n)) for name, n in values[:FACET_VALUES]]
    if len(values) > FACET_VALUES:
        rows.append(Markup("<span>{}</span>").format(t("{n} more", n=t.number(len(values) - FACET_VALUES))))
    return Markup("<div><h3>{}</h3>{}</div>").format(title, items(rows, "jcm-facet"))


def _names_tile(content: Participants, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """Whose name each recorded one is: on the page those that the name itself does not tell."""
    rows = content.recorded
    resolved = [row for row in rows if row["is_resolved"]]
    kinds = reason_names(t)
    table = Table[Row](
        (
            Column("participant", t("Name in the record")),
            Column("participant_id", t("Key"), cell=None),
            Column(
                "name",
                t("Participant"),
                value=lambda r: name_of(r, t),
                cell=lambda r: linked(link("participant", name=r["participant_id"]), name_of(r, t)),
            ),
            Column("projects", t("Projects"), "number"),
            Column("reason", t("Why"), value=lambda r: kinds.get(r["reason"]), cell=None),
            Column(
                "reason_words",
                t("Why, in words"),
                value=lambda r: t.pick(r["reason_en"], r["reason_ja"]) if r["reason"] else None,
                cell=lambda r: _reason(r, t),
                page_label=t("Why"),
                css=WIDE,
            ),
        ),
        rows,
        t,
        is_long=True,
    )
    told = [row for row in rows if row["reason"] or not row["is_resolved"]]
    return tile(
        "participant_names",
        t("The whole record, whatever is chosen above"),
        title=t("Whose name each recorded name is"),
        sentence=t(
            "{n} of {all} recorded names ({share}) are those of known participants, {others} of them by an alias with its"
            " reason; the others differ in spelling and legal form at most. A name that is nobody's is kept as it is.",
            n=t.number(len(resolved)),
            all=t.number(len(rows)),
            share=t.percent(len(resolved) / (len(rows) or 1)),
            others=t.number(sum(1 for row in resolved if row["reason"])),
        ),
        body=replace(table, rows=told).html() if told else " ",
        table=table,
    )


def reason_names(t: Texts) -> dict[str, str]:
    """What an alias is."""
    return {
        "spelling": t("another spelling"),
        "abbreviation": t("abbreviation"),
        "renamed": t("former name"),
        "merged": t("merged into it"),
        "remark": t("name with a remark"),
        "country": t("name without its country"),
    }


def _reason(row: Row, t: Texts) -> str:
    if not row["reason"]:
        return t("not known; kept as recorded")
    return t.pick(row["reason_en"], row["reason_ja"])
