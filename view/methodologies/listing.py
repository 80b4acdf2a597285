"""Methodologies with the projects that use them, and the projects of one or all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from view.amounts import tonnes, tonnes_between
from view.marks.table import DASH, ONE_LINE, WIDE, Column, Markup, Table, linked, small, source_link
from view.page import Rows
from view.stated_words import title_of
from view.texts import Texts

Link = Callable[..., str]
Row = Mapping[str, Any]
Names = Mapping[str, str]


def scope_words(row: Row, sectors: Names, t: Texts) -> str:
    """The sectoral scopes by name."""
    numbers = (row["sector_numbers"] or "").split(";")
    return t.listing([sectors.get(number, number) for number in numbers]) if any(numbers) else t("not known")


def versions_words(row: Row, t: Texts) -> str:
    """The versions that projects use."""
    return t.listing((row["versions_used"] or "").split(";")) if row["versions_used"] else t("not stated")


def decided_words(row: Row, t: Texts) -> str:
    """Tonnes decided for issuance to its projects, as far as they are known."""
    if not row["events"]:
        return DASH
    return (
        t("amount not known")
        if row["tco2_low"] is None
        else tonnes_between(row["tco2_low"], row["tco2_high"], t)
    )


def listing_table(rows: Rows, sectors: Names, link: Link, t: Texts) -> Table[Row]:
    """One row a methodology."""

    def code(row: Row) -> Markup:
        href = link("methodologies", methodology=row["methodology_code"])
        title = row["title_en"] or t("title not known").replace(" ", "\u00a0")
        return linked(href, row["methodology_code"]) + small(title)

    def approved(row: Row) -> Markup | str:
        if row["approved_on"]:
            return source_link(row["url"] or "", t.day_short(row["approved_on"]))
        return row["status"] or t("not known")

    def projects(row: Row) -> Markup:
        registered = t("{n} registered", n=t.number(row["registered"])) if row["registered"] else ""
        return Markup("{}{}").format(t.number(row["projects"]), small(registered, WIDE))

    def without_amount(row: Row) -> str:
        n = row["events_without_amount"]
        return t("amount of {n} more not known", n=t.number(n)) if n and row["tco2_low"] is not None else ""

    return Table(
        (
            Column("methodology_code", t("Methodology"), cell=code, is_head=True),
            Column("title_en", t("Title, English"), cell=None),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]), css=WIDE),
            Column(
                "sector_numbers", t("Sectoral scopes"), value=lambda r: scope_words(r, sectors, t), css=WIDE
            ),
            Column("versions_used", t("Versions used"), value=lambda r: versions_words(r, t), css=ONE_LINE),
            Column("version", t("Latest version on the site"), cell=None),
            Column("status", t("Status"), cell=None),
            Column("approved_on", t("Approved"), "day", cell=approved, css=ONE_LINE),
            Column("projects", t("Projects"), "number", cell=projects),
            Column("registered", t("Registered"), "number", cell=None),
            Column(
                "annual_tco2",
                t("Annual estimate of its projects (tCO2)"),
                "tonnes",
                cell=lambda r: DASH if r["annual_tco2"] is None else tonnes(r["annual_tco2"], t),
                page_label=t("Expected a year"),
            ),
            Column("events", t("Issuance decisions"), "number", cell=None),
            Column("events_without_amount", t("Of these, without any amount"), "number", cell=None),
            Column(
                "tco2_low",
                t("Issuance decided, low end (tCO2)"),
                "tonnes",
                cell=lambda r: Markup("{}{}").format(decided_words(r, t), small(without_amount(r))),
                page_label=t("Issuance decided"),
            ),
            Column("tco2_high", t("Issuance decided, high end (tCO2)"), "tonnes", cell=None),
            Column("url", t("Source"), "source", cell=None),
        ),
        rows,
        t,
        is_long=True,
    )


def listing_sentence(rows: Rows, t: Texts) -> str:
    """How much is known, how the rest comes in, and what a project with several methodologies means for the sums."""
    if not rows:
        return t("No methodology of this selection is known.")
    words = [
        t.count(
            "{n} methodology, those of most projects first.",
            "{n} methodologies, those of most projects first.",
            len(rows),
        )
    ]
    if any(row["is_on_site"] for row in rows):
        approved = sum(row["approved_on"] is not None for row in rows)
        words.append(t("The day of approval is known of {n}.", n=t.number(approved)))
    else:
        words.append(
            t(
                "Titles and days of approval are not known here: the tables of the JCM website that state them are not in"
                " this data version yet."
            )
        )
    words.append(t("A project that uses several stands with each: the rows do not add up."))
    return t.gap.join(words)


def projects_table(rows: Rows, stages: Names, link: Link, t: Texts) -> Table[Row]:
    """One row a project and methodology."""

    def title(row: Row) -> Markup:
        return linked(link("project", project=row["project_id"]), title_of(row, t)) + small(row["project_id"])

    return Table(
        (
            Column(
                "methodology_code",
                t("Methodology"),
                cell=lambda r: linked(
                    link("methodologies", methodology=r["methodology_code"]), r["methodology_code"]
                ),
                css=ONE_LINE,
                is_head=True,
            ),
            Column("version", t("Version"), cell=lambda r: r["version"] or t("not stated")),
            Column("project_id", t("Project"), cell=None),
            Column("title", t("Title"), value=lambda r: title_of(r, t), cell=title, page_label=t("Project")),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"]), css=WIDE),
            Column("stage", t("Stage"), value=lambda r: stages.get(r["stage"], r["stage"]), css=WIDE),
            Column("registered_on", t("Registered on"), "day", css=f"{WIDE} {ONE_LINE}"),
            Column(
                "annual_tco2",
                t("Annual estimate (tCO2)"),
                "tonnes",
                cell=lambda r: DASH if r["annual_tco2"] is None else tonnes(r["annual_tco2"], t),
                page_label=t("Annual estimate"),
            ),
        ),
        rows,
        t,
        is_long=True,
    )


def distinct(rows: Sequence[Row], key: str) -> int:
    """How many different values a column has."""
    return len({row[key] for row in rows})
