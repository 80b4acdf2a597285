"""Axes that every chart over years and tonnes shares."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from model.fiscal_year import last_day
from view.amounts import MEGATONNE, ten_thousands
from view.picture import wrapped
from view.texts import Texts
from view.theme import Palette

_HARMLESS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_STEPS = (1, 2, 2.5, 5, 10)


def in_lines(text: str, room: int) -> str:
    """A text in lines for a label of Plotly, which would read some signs as HTML; `room` is in Latin letters."""
    return "<br>".join(line.translate(_HARMLESS) for line in wrapped(text, room))


def end_of(year: int, basis: str) -> date:
    """The day of a year's cumulative figure: 31 March of the next year, or 31 December."""
    return last_day(year) if basis == "fiscal" else date(year, 12, 31)


def middle_of(year: int, basis: str) -> date:
    """The middle of a year, where its bar is drawn."""
    return date(year, 10, 1) if basis == "fiscal" else date(year, 7, 1)


def year_ticks(
    years: Sequence[int], basis: str, t: Texts, *, every: int, at_end: bool = True
) -> dict[str, object]:
    """Tick settings of a time axis whose labels name years, at their ends or their middles."""
    shown = [y for y in years if y % every == 0]
    place = end_of if at_end else middle_of
    return {
        "tickmode": "array",
        "tickvals": [place(y, basis) for y in shown],
        "ticktext": [t.year(y, basis) for y in shown],
        "tickangle": 0,
        "minor": {
            "tickmode": "array",
            "tickvals": [place(y, basis) for y in years],
            "ticks": "outside",
            "ticklen": 3,
        },
    }


def say_nothing_known(figure: go.Figure, t: Texts, palette: Palette) -> None:
    """Says in the middle of a figure that no amount is known, which an empty axis would not show."""
    figure.add_annotation(
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        text=t("No amount is known in this selection"),
        showarrow=False,
        bgcolor=palette.background,
    )


def tonnes_ticks(highest: float, t: Texts, *, count: int = 4) -> dict[str, object]:
    """Tick settings of an axis of tonnes from 0: in Mt, or in 万t and 億t for Japanese."""
    if highest <= 0:
        return {"tickmode": "array", "tickvals": [0], "ticktext": ["0"]}
    step = _nice_step(max(highest, 1.0) / count)
    values = [step * i for i in range(int(highest / step) + 2)]
    if t.lang == "ja":
        labels = [ten_thousands(v, t) if v else "0" for v in values]
    else:
        decimals = max(0, _decimals(step / MEGATONNE))
        labels = [t.number(v / MEGATONNE, decimals) if v else "0" for v in values]
    return {"tickmode": "array", "tickvals": values, "ticktext": labels}


def _nice_step(rough: float) -> float:
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    return next(power * s for s in _STEPS if power * s >= rough)


def _decimals(step: float) -> int:
    decimals = 0
    while decimals < 6 and abs(step * 10**decimals - round(step * 10**decimals)) > 1e-9:
        decimals += 1
    return decimals
