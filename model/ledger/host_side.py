"""What transfers mean for the host: its adjustments within an NDC period against a figure of its own NDC."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class NdcFigure:
    """A figure in tonnes of an NDC, both ends, tCO2, and the calendar years it is for."""

    first_year: int
    last_year: int
    measure: str
    condition: str | None
    low_tco2: int
    high_tco2: int


def figure_to_compare(figures: Iterable[NdcFigure], last_year: int) -> NdcFigure | None:
    """The figure nearest to a period that ends with a year: of its years first, a budget before a single year.

    Of figures alike, one that does not hang on support. None where there is none.
    """
    return min(
        figures,
        key=lambda f: (
            f.last_year > last_year,
            abs(f.last_year - last_year),
            f.first_year == f.last_year,
            f.condition == "conditional",
        ),
        default=None,
    )


def share_of_figure(
    low_tco2: int, high_tco2: int, years: int, figure: NdcFigure | None
) -> tuple[float, float] | None:
    """Adjustments of a period as a share of a figure, both ends; None where no figure is known.

    A budget is compared with the tonnes of all years, the figure of a single year with their average a year.
    """
    if figure is None or figure.low_tco2 <= 0:
        return None
    over = 1 if figure.last_year > figure.first_year else years
    return low_tco2 / over / figure.high_tco2, high_tco2 / over / figure.low_tco2
