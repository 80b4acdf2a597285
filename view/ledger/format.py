"""The agreed electronic format on the page: reports to take away, what they lack, and files checked and compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

import streamlit as st

from model.ledger.agreed_format.checking import findings_of
from model.ledger.agreed_format.comparing import Difference, compare
from model.ledger.agreed_format.missing import missing_in, spans
from model.ledger.agreed_format.report import Finding, Report, Unknown, Words
from model.ledger.agreed_format.tables import TABLES
from view.marks.markup import NOTHING, Markup, draw, failure, heading, items, sentence
from view.marks.table import ONE_LINE, WIDE, Column, Table, small
from view.texts import Texts

MOST_FINDINGS = 50
_MEANING = {field.heading: field.ja for table in TABLES.values() for field in table.fields}
TYPES = ("xlsx", "csv", "zip")
Writers = Mapping[str, tuple[str, Callable[[Report, Sequence[Words]], bytes]]]
"""By the label of a button: the ending of the file, and what writes it from a report and notes."""
Reader = Callable[[bytes], "Report | Words"]
"""Reads a file: its report, or why it is not one."""


class Reports(Protocol):
    """The reports that follow from the record of a day."""

    @property
    def parties(self) -> list[str]:
        """Parties that have something to report."""

    def years(self, party: str) -> list[int]:
        """Years that a Party has something to report of, the latest first."""

    def report(self, party: str, year: int) -> Report:
        """The report of a Party and year."""

    def notes(self, year: int) -> list[Words]:
        """Where a report comes from."""


@dataclass(frozen=True)
class Checks:
    """What files are checked with: how they are read, the codes of all Parties, and the present day."""

    read: Reader
    parties: frozenset[str]
    day: date

    def wrong(self, report: Report, before: Report | None = None) -> list[Finding]:
        """Everything wrong with a report."""
        return findings_of(report, self.parties, before=before, today=self.day)


def draw_format(t: Texts, reports: Reports, checks: Checks, writers: Writers) -> None:
    """The report of a Party and year in the agreed electronic format, and files checked or compared."""
    with st.container(border=True, key="tile_format"):
        title = t("Agreed electronic format of Article 6 (decision 4/CMA.6, annex II)")
        words = t(
            "The workbook of the central platform, filled from the ledger: a working aid, not a submission. What no"
            " source states is empty; the notice is on a sheet of its own."
        )
        draw(t, heading(title, words))
        with st.container(horizontal=True, gap="small"):
            party = st.selectbox(
                t("Reporting Party"), reports.parties, format_func=t.country, key="format.party", width=220
            )
            years = [str(year) for year in reports.years(party)]
            year = int(st.selectbox(t("Year of the report"), years, key=f"format.year.{party}", width=160))
        report, notes = reports.report(party, year), reports.notes(year)
        before = reports.report(party, year - 1)
        draw(t, joined_notes(notes, t) + report_html(report, checks.wrong(report, before), t))
        with st.container(horizontal=True, gap="small"):
            for label, (ending, write) in writers.items():
                name = f"jcm_article6_{party}_{year}_v{report.stated('Version')}.{ending}"
                make = partial(write, report, notes)
                st.download_button(label, make, file_name=name, on_click="ignore", key=f"format.{ending}")
        given = st.file_uploader(
            t("Check a report, or compare two"),
            type=list(TYPES),
            accept_multiple_files=True,
            key="format.files",
        )
        draw(t, files_html([(file.name, checks.read(file.getvalue())) for file in given], checks, t))


def joined_notes(notes: Sequence[Words], t: Texts) -> Markup:
    """Where a report comes from."""
    return NOTHING.join(sentence(t.pick(*note)) for note in notes)


def files_html(files: Sequence[tuple[str, "Report | Words"]], checks: Checks, t: Texts) -> Markup:
    """One file checked; of two what differs first. A Party's reports of two years in a row are checked together."""
    if not files:
        return NOTHING
    read = [report for _, report in files if isinstance(report, Report)]
    parts = []
    if len(files) > 2:
        parts.append(failure(t("Give one file to check, or two to compare.")))
    elif len(read) == 2 and not _former(read, read[0]) and not _former(read, read[1]):
        parts.append(differences_html(read[0], read[1], [name for name, _ in files], t))
    for name, report in files[:2]:
        body = (
            report_html(report, checks.wrong(report, _former(read, report)), t)
            if isinstance(report, Report)
            else failure(sentence(t.pick(*report)))
        )
        parts.append(Markup('<h3 class="jcm-title">{}</h3>{}').format(name, body))
    return NOTHING.join(parts)


def _former(reports: Sequence[Report], report: Report) -> Report | None:
    """The same Party's report of the year before, where it is among them."""
    year = report.stated("ReportYear")
    wanted = (report.stated("Party"), year - 1 if isinstance(year, int) else None)
    return next((r for r in reports if (r.stated("Party"), r.stated("ReportYear")) == wanted), None)


def report_html(report: Report, findings: Sequence[Finding], t: Texts) -> Markup:
    """Rows in each table of a report, what is wrong with it, and what is to be found out before it is filed."""
    return _sizes(report, t).html() + _findings(findings, t) + _unknown(missing_in(report), t)


def _sizes(report: Report, t: Texts) -> Table[tuple[str, int]]:
    return Table(
        (
            Column("table", t("Table"), value=lambda row: row[0], is_head=True),
            Column("rows", t("Number of rows"), "number", value=lambda row: row[1]),
        ),
        [(t.pick(table.title, table.title_ja), len(report.rows(table))) for table in TABLES.values()],
        t,
        css="jcm-tight jcm-narrow",
    )


def _findings(findings: Sequence[Finding], t: Texts) -> Markup:
    """What is wrong, place by place, and what would be right; or that nothing is wrong."""
    if not findings:
        return sentence(t("Checked: nothing is wrong with values, references, sums and blocks."))
    table = Table[Finding](
        (
            Column("place", t("Sheet and cell"), value=lambda f: f.sheet, cell=_place, is_head=True),
            Column(
                "field", t("Field"), value=lambda f: f.heading, cell=lambda f: _field(f.heading, t), css=WIDE
            ),
            Column("wrong", t("What is wrong"), value=lambda f: t.pick(*f.wrong)),
            Column("right", t("What would be right"), value=lambda f: t.pick(*f.right)),
        ),
        findings[:MOST_FINDINGS],
        t,
    )
    words = t.count("{n} thing is wrong:", "{n} things are wrong:", len(findings))
    return sentence(words, "alert") + table.html() + _more(len(findings), t)


def _field(heading: str, t: Texts) -> Markup:
    """The heading as it stands in the file, with its meaning where the reader's language is another."""
    return Markup("{}{}").format(heading, small("" if t.lang == "en" else t.pick("", _MEANING.get(heading))))


def _place(finding: Finding) -> Markup:
    cell = f"{finding.letters or ''}{finding.line or ''}"
    return Markup("{}{}").format(finding.sheet, small(cell, ONE_LINE))


def _more(count: int, t: Texts) -> Markup:
    more = count - MOST_FINDINGS
    return sentence(t("and {n} more", n=t.number(more))) if more > 0 else NOTHING


def _unknown(unknown: Sequence[Unknown], t: Texts) -> Markup:
    """What is to be found out, folded."""
    if not unknown:
        return sentence(t("Nothing that must be filled is empty."))
    table = Table[Unknown](
        (
            Column(
                "place", t("Sheet and cell"), value=lambda u: u.sheet, cell=_place_of_unknown, is_head=True
            ),
            Column("field", t("Field"), value=lambda u: u.heading, cell=lambda u: _field(u.heading, t)),
            Column("ask", t("What to find out"), value=lambda u: t.pick(*u.ask)),
        ),
        unknown,
        t,
    )
    words = t.count(
        "{n} field that must be filled before a report is filed is not known, and what to find out",
        "{n} fields that must be filled before a report is filed are not known, and what to find out",
        len(unknown),
    )
    return Markup("<details><summary>{}</summary>{}</details>").format(words, table.html())


def _place_of_unknown(unknown: Unknown) -> Markup:
    return Markup("{}{}").format(unknown.sheet, small(f"{unknown.letters} {spans(unknown.lines)}"))


def differences_html(a: Report, b: Report, names: Sequence[str], t: Texts) -> Markup:
    """What two reports say differently; nothing is merged."""
    differences = compare(a, b)
    words = t("Both say the same.")
    if a.stated("Party") != b.stated("Party"):
        words = t(
            "Of two Parties: what each says it transferred to the other is what the other says it acquired."
        )
    told = items((t("first: {name}", name=names[0]), t("second: {name}", name=names[1])))
    if not differences:
        return told + sentence(words)
    table = Table[Difference](
        (
            Column(
                "place", t("Sheet and cell"), value=lambda d: d.sheet, cell=_place_of_difference, is_head=True
            ),
            Column(
                "field", t("Field"), value=lambda d: d.heading, cell=lambda d: _field(d.heading, t), css=WIDE
            ),
            Column("words", t("What differs"), value=lambda d: t.pick(*d.words)),
        ),
        differences[:MOST_FINDINGS],
        t,
    )
    words = t.count("They differ in {n} thing:", "They differ in {n} things:", len(differences))
    return told + sentence(words, "alert") + table.html() + _more(len(differences), t)


def _place_of_difference(one: Difference) -> Markup:
    return Markup("{}{}").format(one.sheet, small(f"{one.line_a or '–'} / {one.line_b or '–'}"))
