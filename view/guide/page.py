"""Text and tables of the explainer page."""

from collections.abc import Sequence
from typing import Any

from view.marks.table import Column, Markup, Table
from view.target.content import Rows
from view.texts import Texts

Row = dict[str, Any]
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
    item = Markup("<li><b>{}</b><span>{}</span></li>")
    return f'<ol class="jcm-way">{"".join(item.format(*step) for step in steps(t))}</ol>'


def steps_table(t: Texts) -> Table[tuple[str, str]]:
    """The steps for files."""
    return Table(
        (
            Column("step", t("Step"), value=lambda step: step[0], cell=None),
            Column("happens", t("What happens"), value=lambda step: step[1], cell=None),
        ),
        steps(t),
        t,
    )


def rules_of(milestones: Rows) -> Rows:
    """Milestones that changed a rule, a target or an institution, the latest first."""
    found = [row for row in milestones if row["kind"] in {"target", "rule", "institution"}]
    return sorted(found, key=lambda row: row["milestone_on"], reverse=True)


def rules_table(milestones: Rows, t: Texts) -> Table[Row]:
    """Rules by date."""
    kinds = {"target": t("target"), "rule": t("rule"), "institution": t("institution")}
    return Table(
        (
            Column(
                "milestone_on",
                t("Date"),
                value=lambda r: t.partial_day(r["milestone_on"], r["milestone_precision"]),
                is_head=True,
            ),
            Column("kind", t("Kind"), cell=lambda r: kinds[r["kind"]]),
            Column("title", t("What changed"), value=lambda r: t.pick(r["title_en"], r["title_ja"])),
            Column("url", t("Source"), "source", cell=None),
        ),
        rules_of(milestones),
        t,
        css="jcm-tight jcm-years",
        is_long=True,
        has_headings=False,
    )
