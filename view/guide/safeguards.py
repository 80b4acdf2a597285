"""Safeguards: what each document settles, since when, and what is known of it for each programme."""

from collections.abc import Mapping
from typing import Any

from view.marks.markup import Markup, sentence
from view.marks.table import ONE_LINE, Column, Table, source_link
from view.page import Rows
from view.target.statements import reliability_names
from view.texts import Texts

Row = Mapping[str, Any]
Names = Mapping[str, str]


def _known(row: Row, t: Texts) -> str:
    return t("made for it") if row["is_made_for"] else t("not known")


def _documents(rows: Rows) -> list[dict[str, Any]]:
    return list({row["safeguard_id"]: row for row in rows}.values())


def _title(row: Row, t: Texts) -> str:
    return t.pick(row["title_en"], row["title_ja"])


def safeguards_html(rows: Rows, programmes: Names, t: Texts) -> Markup:
    """The documents, and below them each programme with what is known of each."""
    documents = _documents(rows)
    reliability = reliability_names(t)
    first = Table[Row](
        (
            Column("title", t("Safeguard"), value=lambda r: _title(r, t), is_head=True),
            Column(
                "issued_on",
                t("Date"),
                value=lambda r: t.partial_day(r["issued_on"], r["issued_precision"]),
                css=ONE_LINE,
            ),
            Column("settles", t("What it settles"), value=lambda r: t.pick(r["settles_en"], r["settles_ja"])),
            Column(
                "reliability",
                t("Source"),
                cell=lambda r: source_link(r["url"], reliability[r["reliability"]]),
            ),
        ),
        documents,
        t,
    )
    by_programme: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_programme.setdefault(row["programme"], {})[row["safeguard_id"]] = row

    def column(document: Row) -> Column[tuple[str, dict[str, Row]]]:
        key = document["safeguard_id"]
        return Column(key, _title(document, t), value=lambda r: _known(r[1][key], t))

    second = Table(
        (
            Column("programme", t("Programme"), value=lambda r: programmes.get(r[0], r[0]), is_head=True),
            *(column(document) for document in documents),
        ),
        list(by_programme.items()),
        t,
    )
    return first.html() + sentence(t("What is known for each programme:")) + second.html()


def safeguards_table(rows: Rows, programmes: Names, t: Texts) -> Table[Row]:
    """One row a document and programme, for files."""
    return Table(
        (
            Column("title", t("Safeguard"), value=lambda r: _title(r, t)),
            Column(
                "issued_on", t("Date"), value=lambda r: t.partial_day(r["issued_on"], r["issued_precision"])
            ),
            Column("settles", t("What it settles"), value=lambda r: t.pick(r["settles_en"], r["settles_ja"])),
            Column(
                "programme", t("Programme"), value=lambda r: programmes.get(r["programme"], r["programme"])
            ),
            Column("is_made_for", t("Known of the programme"), value=lambda r: _known(r, t)),
            Column("publisher", t("Publisher")),
            Column("url", t("Source"), "source"),
        ),
        rows,
        t,
    )
