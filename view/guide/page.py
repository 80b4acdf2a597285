"""Text and tables of the explainer page."""

from collections.abc import Sequence
from html import escape

import pyarrow as pa

from view.target.content import Rows, labelled
from view.texts import Texts

RULE_KINDS = ("target", "rule", "institution", "article 6", "issuance")


def steps(t: Texts) -> Sequence[tuple[str, str]]:
    """How a project becomes credits, and credits become a contribution to an NDC."""
    return (
        (
            t("Two governments agree"),
            t(
                "Japan and a partner sign a memorandum and set up a Joint Committee, which adopts rules and methodologies."
            ),
        ),
        (
            t("A project is selected"),
            t(
                "A programme of a ministry, a fund or a company decides to invest. From here on we count its expected"
                " reductions on the first rung."
            ),
        ),
        (
            t("It is validated and registered"),
            t(
                "A third party checks the design; the Joint Committee registers the project. Many projects run before"
                " they are registered."
            ),
        ),
        (
            t("Reductions are monitored and verified"),
            t("For each monitoring period a third party confirms how much was really reduced or removed."),
        ),
        (
            t("Credits are decided, issued and shared"),
            t(
                "The Joint Committee decides the amount, each government issues its part. Japan's part goes to the"
                " government and to companies; the shares differ by project."
            ),
        ),
        (
            t("Authorised credits are transferred and used"),
            t(
                "Only what is authorised under Article 6, first transferred and used counts towards Japan's NDC; the partner"
                " adds the same amount to its own emissions balance."
            ),
        ),
    )


def steps_html(t: Texts) -> str:
    """HTML: the steps in order."""
    items = "".join(f"<li><b>{escape(title)}</b><span>{escape(text)}</span></li>" for title, text in steps(t))
    return f'<ol class="jcm-way">{items}</ol>'


def steps_rows(t: Texts) -> pa.Table:
    """The same as a plain table."""
    return labelled({t("Step"): [a for a, _ in steps(t)], t("What happens"): [b for _, b in steps(t)]})


def rules_of(milestones: Rows) -> Rows:
    """Milestones that changed a rule, a target or an institution, the latest first."""
    found = [row for row in milestones if row["kind"] in {"target", "rule", "institution"}]
    return sorted(found, key=lambda row: row["milestone_on"], reverse=True)


def rules_html(milestones: Rows, t: Texts) -> str:
    """HTML: rules by date."""
    kinds = {"target": t("target"), "rule": t("rule"), "institution": t("institution")}
    body = "".join(
        f'<tr><th scope="row">{escape(t.partial_day(row["milestone_on"], row["milestone_precision"]))}</th>'
        f"<td>{escape(kinds[row['kind']])}</td><td>{escape(t.pick(row['title_en'], row['title_ja']))}</td></tr>"
        for row in rules_of(milestones)
    )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight jcm-years"><tbody>{body}</tbody></table></div>'


def rules_rows(milestones: Rows, t: Texts) -> pa.Table:
    """The same as a plain table."""
    rows = rules_of(milestones)
    return labelled(
        {
            t("Date"): [t.partial_day(r["milestone_on"], r["milestone_precision"]) for r in rows],
            t("Kind"): [r["kind"] for r in rows],
            t("What changed"): [t.pick(r["title_en"], r["title_ja"]) for r in rows],
            t("Source"): [r["url"] for r in rows],
        }
    )
