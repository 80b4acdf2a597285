"""The agreed electronic format on the page: what it holds, what is wrong with it, and a file read back."""

from collections.abc import Mapping, Sequence
from html import escape

from model.ledger.agreed_format import Finding, Report
from view.texts import Texts

MOST_FINDINGS = 30


def report_html(report: Report, t: Texts) -> str:
    """HTML: rows in each table of a report."""
    names: Mapping[str, str] = {
        "Submission": t("Submission"),
        "Authorizations": t("Authorisations"),
        "Actions": t("Actions"),
        "Holdings": t("Holdings on 31 December"),
        "Authorized entities": t("Authorised entities"),
    }
    body = "".join(
        f'<tr><th scope="row">{escape(names[table])}</th><td class="jcm-n">{t.number(len(rows))}</td></tr>'
        for table, rows in report.tables.items()
    )
    heads = f'<th scope="col">{escape(t("Table"))}</th><th scope="col" class="jcm-n">{escape(t("Rows"))}</th>'
    return f'<table class="jcm-tight jcm-narrow"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def findings_html(findings: Sequence[Finding], t: Texts) -> str:
    """HTML: what is wrong, place by place, or that nothing is."""
    if not findings:
        return f'<p class="jcm-sentence">{escape(t("Checked: nothing is wrong with values, references and sums."))}</p>'
    items = "".join(
        f"<li><b>{escape(f.table)} {f.row} · {escape(f.field)}</b> {escape(t.pick(f.message_en, f.message_ja))}</li>"
        for f in findings[:MOST_FINDINGS]
    )
    more = len(findings) - MOST_FINDINGS
    last = f"<li>{escape(t('and {n} more', n=t.number(more)))}</li>" if more > 0 else ""
    words = t.count("{n} thing is wrong:", "{n} things are wrong:", len(findings))
    return (
        f'<p class="jcm-sentence">{escape(words)}</p><ul class="jcm-reasons" role="alert">{items}{last}</ul>'
    )
