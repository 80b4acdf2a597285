"""What the comparison knows: the rows of two selections, each under the same questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from model.delivery import Delivery, delivery_of
from model.ladder import EXPECTED_RUNGS
from queries.runner import Answers, Questions, Row
from view.page import Content, PageContext
from view.selection import Selection

SIDES = ("first", "second")


@dataclass(frozen=True)
class Side:
    """One of the two: its name, what is chosen, and the answers to its questions. Tonnes are tCO2."""

    name: str
    selection: Selection
    answers: Answers
    prefix: str

    def rows(self, query: str, more: str = "") -> Sequence[Row]:
        """Its rows of a query."""
        return self.answers[f"{query}:{self.prefix}{more}"]

    def rung(self, code: str, *, later: bool = False) -> Row:
        """The row of a rung up to the nearest target year, or the farthest."""
        rows = self.rows("ladder", "later" if later else "")
        return next(row for row in rows if row["rung"] == code)

    def expected(self, *, later: bool = False) -> int:
        """The stated expectation up to a target year."""
        return sum(self.rung(code, later=later)["tco2_low"] or 0 for code in EXPECTED_RUNGS)

    def counted(self, name: str) -> int:
        """Projects in the expectation by a count of the ladder."""
        return sum(self.rung(code)[name] or 0 for code in EXPECTED_RUNGS)

    @cached_property
    def delivery(self) -> Delivery | None:
        """What was decided beside what was expected for the same days."""
        return delivery_of(self.rows("delivery_ratio"))

    def cumulative(self) -> dict[int, int]:
        """Expected tonnes to the end of each fiscal year."""
        found: dict[int, int] = {}
        for row in self.rows("reductions_by_year"):
            if row["year"] is not None and row["rung"] in EXPECTED_RUNGS:
                found[row["year"]] = found.get(row["year"], 0) + row["cumulative_low_tco2"]
        return found

    def mix(self) -> dict[str, int]:
        """Expected tonnes by technology up to the nearest target year, the largest first."""
        found: dict[str, int] = {}
        for row in self.rows("ladder_by_group"):
            if row["rung"] in EXPECTED_RUNGS and row["tco2_low"]:
                found[row["value"]] = found.get(row["value"], 0) + row["tco2_low"]
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


class Compared(Content):
    """Both sides; choices are `sides`, the two selections, and `labels`, their names."""

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """The two."""
        selections: Sequence[Selection] = self.context.choice["sides"]
        labels: Sequence[str] = self.context.choice["labels"]
        first, second = (
            Side(label, selection, self.answers, prefix)
            for prefix, label, selection in zip(SIDES, labels, selections, strict=True)
        )
        return first, second


def questions_of(context: PageContext, selection: Selection, prefix: str) -> Questions:
    """What is asked of one side."""
    near, far = context.target_years
    filters, share = selection.filters(), {"share": selection.share}
    return {
        f"ladder:{prefix}": {**filters, **share, "until_fiscal_year": near},
        f"ladder:{prefix}later": {**filters, **share, "until_fiscal_year": far},
        f"reductions_by_year:{prefix}": {**filters, **share},
        f"ladder_by_group:{prefix}": {**filters, **share, "by": "technology", "until_fiscal_year": near},
        f"delivery_ratio:{prefix}": filters,
    }
