"""Projects by size: how much of what is expected rests on few of them."""

from dataclasses import replace
from itertools import accumulate
from typing import Any

from exports.briefing import figures
from exports.briefing.document import Section
from exports.briefing.grids import Pick, as_amount, as_tonnes_if_any
from exports.briefing.parts import ROWS_OF_A_LIST, TargetPart, section_of
from queries.runner import Row
from view.amounts import amount_short
from view.marks.table import Column, Table
from view.stated_words import title_of
from view.target.content import TargetContent
from view.texts import Texts

LARGEST = 5


def _sized(content: TargetContent) -> list[Row]:
    """Projects with expected tonnes, the largest first."""
    return [row for row in content.by_project if row["expected_tco2"]]


def sizes_sentence(content: TargetContent, t: Texts) -> str:
    """What the largest projects have of the whole; empty where fewer than two state an amount."""
    rows = _sized(content)
    if len(rows) < 2:
        return ""
    total, first = sum(row["expected_tco2"] for row in rows), rows[0]
    words = {
        "share": t.percent(first["expected_tco2"] / total),
        "tonnes": amount_short(total, t),
        "year": t.year(content.first_year),
        "title": title_of(first, t),
        "country": t.country(first["iso3"]),
    }
    one = t(
        "One project makes up {share} of the {tonnes} expected by {year}: {title} ({country}).",
        **words,
    )
    if len(rows) <= LARGEST:
        return one
    return t(
        "The {n} largest of {all} projects make up {most} of the {tonnes} expected by {year}, the largest {share}: {title}"
        " ({country}).",
        n=t.number(LARGEST),
        all=t.number(len(rows)),
        most=t.percent(sum(row["expected_tco2"] for row in rows[:LARGEST]) / total),
        **words,
    )


def sizes_sections(part: TargetPart, t: Texts) -> tuple[Section, ...]:
    """The projects by what is expected of each; nothing where fewer than two state an amount."""
    content = part.content
    rows, sentence = _sized(content), sizes_sentence(content, t)
    if not sentence:
        return ()
    tonnes = [row["expected_tco2"] for row in rows]
    total = sum(tonnes)
    sums = dict(zip((row["project_id"] for row in rows), accumulate(tonnes), strict=True))
    year = t.year(content.first_year)
    table: Table[Any] = Table(
        (
            Column("project_id", t("Project")),
            Column("title", t("Title"), value=lambda r: title_of(r, t)),
            Column("iso3", t("Partner country"), value=lambda r: t.country(r["iso3"])),
            Column("stage", t("Stage"), value=lambda r: content.names["status"].get(r["stage"], r["stage"])),
            Column("annual_tco2", t("Annual estimate (tCO2)"), "tonnes", page_label=t("Annual estimate")),
            Column(
                "expected_tco2",
                t("Expected by {year} (tCO2)", year=year),
                "tonnes",
                page_label=t("Expected by {year}", year=year),
            ),
            Column("share", t("Share"), "share", value=lambda r: r["expected_tco2"] / total),
            Column(
                "running", t("With all larger ones"), "share", value=lambda r: sums[r["project_id"]] / total
            ),
        ),
        rows,
        t,
    )
    tile = replace(
        part.page.tile("trust"),
        title=t("Projects by size: expected reductions by {year}", year=year),
        sentence=sentence,
        table=table,
        key="sizes",
    )
    groups = [
        (f"{row['project_id']} {t.country(row['iso3'])}", float(row["expected_tco2"]), None) for row in rows
    ]
    picks = (
        "project_id",
        "title",
        "iso3",
        "stage",
        Pick("annual_tco2", write=as_tonnes_if_any),
        Pick("expected_tco2", write=as_amount),
        "share",
        "running",
    )
    chart = figures.groups_figure(groups, "registered", tile, t)
    return (section_of(tile, picks, chart=chart, rows_at_most=ROWS_OF_A_LIST),)
