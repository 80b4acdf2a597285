"""The strip of milestones under the time axis of the main chart, and the words of those that are numbered."""

import plotly.graph_objects as go

from model.fiscal_year import first_day
from view.marks.axes import in_lines
from view.marks.markup import Markup, joined, key
from view.page import Rows
from view.stated_words import stated
from view.target.content import TargetContent
from view.texts import Texts
from view.theme import Palette

LETTERS_A_LINE = 52
LABELLED = 4
"""Milestones that have a number on the strip and their words beside it; the others are told on hover and in the list."""
_SYMBOLS = {
    "target": "diamond",
    "rule": "line-ns-open",
    "institution": "square",
    "agreement": "triangle-up",
    "meeting": "triangle-down",
    "guidance": "cross",
    "registration": "square-open",
    "issuance": "circle",
}


def draw_milestones(figure: go.Figure, content: TargetContent, t: Texts, palette: Palette) -> None:
    """Marks on a thin strip under the time axis; hovering and the list explain each."""
    names = milestone_kinds(t)
    numbers = {
        (m["milestone_on"], m["title_en"]): n for n, m in enumerate(labelled_milestones(content), start=1)
    }
    for kind, symbol in _SYMBOLS.items():
        rows = [m for m in _shown(content, content.marked) if m["kind"] == kind]
        if not rows:
            continue
        figure.add_scatter(
            x=[m["milestone_on"] for m in rows],
            y=[0] * len(rows),
            yaxis="y2",
            mode="markers+text",
            text=[str(numbers.get((m["milestone_on"], m["title_en"]), "")) for m in rows],
            textposition="top center",
            textfont={"size": 11, "color": palette.ink},
            cliponaxis=False,
            marker={
                "symbol": symbol,
                "size": 9,
                "color": palette.target if kind == "target" else palette.muted,
                "line": {"width": 1.6, "color": palette.target if kind == "target" else palette.muted},
            },
            name=names[kind],
            legend="legend2",
            customdata=[
                [
                    t.partial_day(m["milestone_on"], m["milestone_precision"]),
                    in_lines(stated(t.pick(m["title_en"], m["title_ja"]), t), LETTERS_A_LINE),
                ]
                for m in rows
            ],
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        )


def _shown(content: TargetContent, milestones: Rows) -> Rows:
    """Those since the first year of the chart."""
    begin = first_day(content.begins_in)
    return [m for m in milestones if m["milestone_on"] >= begin]


def labelled_milestones(content: TargetContent) -> Rows:
    """The milestones that are numbered, by day."""
    # Two of one day would stand on each other.
    unique = {m["milestone_on"]: m for m in _shown(content, content.labelled)}
    return sorted(unique.values(), key=lambda m: m["milestone_on"])[:LABELLED]


def milestone_keys(content: TargetContent, t: Texts) -> Markup:
    """The words of the numbered milestones, above the figure."""
    return joined(
        key(
            Markup("<b>{}</b> ").format(t.number(n)),
            t(
                "{day}: {what}",
                day=t.partial_day(m["milestone_on"], m["milestone_precision"]),
                what=stated(t.pick(m["title_en"], m["title_ja"]), t),
            ),
        )
        for n, m in enumerate(labelled_milestones(content), start=1)
    )


def milestone_kinds(t: Texts) -> dict[str, str]:
    """Names of the kinds of milestones."""
    return {
        "target": t("target set"),
        "rule": t("rule"),
        "institution": t("institution"),
        "agreement": t("agreement"),
        "meeting": t("meeting"),
        "guidance": t("guidance"),
        "registration": t("first registration"),
        "issuance": t("first issuance"),
    }
