"""The agreed electronic format on the page: what it holds, what is wrong with it, and a file read back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from model.ledger.agreed_format import Finding, Report, findings_of
from view.marks.markup import draw, failure, heading, sentence
from view.marks.table import Column, Markup, Table
from view.texts import Texts

MOST_FINDINGS = 30
Writers = Mapping[str, tuple[str, Callable[[Report], bytes]]]
"""By the label of a button: the ending of the file, and what writes it."""
Reader = Callable[[bytes], "Report | tuple[str, str]"]
"""Reads a file: its report, or why it is not one, in English and in Japanese."""


def draw_format(
    t: Texts,
    *,
    reports: Callable[[int], Report],
    years: Sequence[int],
    parties: frozenset[str],
    writers: Writers,
    read: Reader,
    version: str,
) -> None:
    """The report of a year in the agreed electronic format, to take away, and a file of it read back."""
    with st.container(border=True, key="tile_format"):
        title = t("Agreed electronic format of Article 6 (decision 4/CMA.6, annex II)")
        words = t("A working aid filled from the ledger, not a submission. What no source states is empty.")
        draw(t, heading(title, words))
        year = st.selectbox(t("Year of the report"), [str(y) for y in years], key="format.year", width=200)
        report = reports(int(year))
        draw(t, report_html(report, parties, t))
        with st.container(horizontal=True, gap="small"):
            for label, (ending, write) in writers.items():
                name = f"jcm_article6_{year}_{version}.{ending}"
                st.download_button(label, partial(write, report), file_name=name, on_click="ignore")
        given = st.file_uploader(t("Check a file in this format"), type=["xlsx", "zip"], key="format.file")
        if given is not None:
            draw(t, _read_back(read(given.getvalue()), parties, t))


def _read_back(found: Report | tuple[str, str], parties: frozenset[str], t: Texts) -> Markup:
    """What a file holds and what is wrong with it."""
    if isinstance(found, Report):
        return report_html(found, parties, t)
    return failure(sentence(t.pick(*found)))


def report_html(report: Report, parties: frozenset[str], t: Texts) -> Markup:
    """Rows in each table of a report, and what is wrong with it."""
    return _sizes(report, t).html() + _findings(findings_of(report, parties), t)


def _sizes(report: Report, t: Texts) -> Table[tuple[str, int]]:
    names: Mapping[str, str] = {
        "Submission": t("Submission"),
        "Authorizations": t("Authorisations"),
        "Actions": t("Actions"),
        "Holdings": t("Holdings on 31 December"),
        "Authorized entities": t("Authorised entities"),
    }
    return Table(
        (
            Column("table", t("Table"), value=lambda row: names[row[0]], is_head=True),
            Column("rows", t("Number of rows"), "number", value=lambda row: row[1]),
        ),
        [(table, len(rows)) for table, rows in report.tables.items()],
        t,
        css="jcm-tight jcm-narrow",
    )


def _findings(findings: Sequence[Finding], t: Texts) -> Markup:
    """What is wrong, place by place, or that nothing is."""
    if not findings:
        return sentence(t("Checked: nothing is wrong with values, references and sums."))
    items = Markup("").join(
        Markup("<li><b>{} {} · {}</b> {}</li>").format(
            f.table, f.row, f.field, t.pick(f.message_en, f.message_ja)
        )
        for f in findings[:MOST_FINDINGS]
    )
    more = len(findings) - MOST_FINDINGS
    if more > 0:
        items += Markup("<li>{}</li>").format(t("and {n} more", n=t.number(more)))
    words = t.count("{n} thing is wrong:", "{n} things are wrong:", len(findings))
    return sentence(words) + Markup('<ul class="jcm-reasons" role="alert">{}</ul>').format(items)
