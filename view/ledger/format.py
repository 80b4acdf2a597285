"""The agreed electronic format on the page: what it holds, what is wrong with it, and a file read back."""

from collections.abc import Mapping, Sequence

from model.ledger.agreed_format import Finding, Report, findings_of
from view.marks.table import Column, Markup, Table
from view.texts import Texts

MOST_FINDINGS = 30


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
            Column("rows", t("Rows"), "number", value=lambda row: row[1]),
        ),
        [(table, len(rows)) for table, rows in report.tables.items()],
        t,
        css="jcm-tight jcm-narrow",
    )


def _findings(findings: Sequence[Finding], t: Texts) -> Markup:
    """What is wrong, place by place, or that nothing is."""
    sentence = Markup('<p class="jcm-sentence">{}</p>')
    if not findings:
        return sentence.format(t("Checked: nothing is wrong with values, references and sums."))
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
    return sentence.format(words) + Markup('<ul class="jcm-reasons" role="alert">{}</ul>').format(items)
