"""What the target page knows for one selection: rows of its queries and the progress computed from them."""

from typing import Any

from model.fiscal_year import fiscal_year_of
from model.ladder import EXPECTED_RUNGS
from model.overview import End, progress_of, rungs_of, tonnes_by_year, undated_tonnes
from model.progress import Progress, measure_progress
from view.page import Asked, Content, Rows
from view.texts import Texts

MARKED_KINDS = ("target", "rule", "institution", "issuance")
"""Kinds of milestones that the chart of the whole programme marks; of a part, all of its own are."""


class TargetContent(Content):
    """Rows by query and progress by target, for one selection of one data version.

    - by_fiscal_year: rows of the measure by fiscal year, which targets are compared with.
    - by_year: the same by the year basis chosen, for the chart.
    - by_rung: each rung by itself by fiscal year, for the verified panel and the ladder.
    - ladder: one row a rung up to the first target year; ladder_later: up to the last.
    - events: issuance events known; events_beside: those that no chart can place.
    - by_project: what each project states up to the first target year, the largest first; deliveries: what was decided
      beside what was expected for the same days.
    - by_country: the ladder of each country up to the first target year; partners: every partner country, as signed.

    What is verified may be known as a range: figures have a low and a high end, which is the same where it is exact.
    """

    by_year = Asked("reductions_by_year")
    by_fiscal_year = Asked("reductions_by_year:fiscal")
    by_rung = Asked("reductions_by_year:rungs")
    ladder = Asked("ladder")
    ladder_later = Asked("ladder:later")
    milestones = Asked("milestones")
    statements = Asked("reconciliation")
    events = Asked("issuances")
    events_beside = Asked("events_beside_the_chart")
    by_project = Asked("expectation_by_project")
    deliveries = Asked("delivery_ratio")
    by_country = Asked("ladder_by_group")
    partners = Asked("coverage_matrix")

    @property
    def marked(self) -> Rows:
        """Milestones marked under the main chart."""
        return [m for m in self.milestones if m["kind"] in MARKED_KINDS]

    @property
    def labelled(self) -> Rows:
        """Those of them with words beside the chart: the targets set, and the first and the latest of first issuances."""
        issued = [m for m in self.marked if m["kind"] == "issuance"]
        return [*[m for m in self.marked if m["kind"] == "target"][-2:], *issued[:1], *issued[-1:]]

    def part_text(self, t: Texts) -> str:
        """The part of the programme that is looked at, in words."""
        return self.filters_text or t("the Japanese side, where the share is known")

    @property
    def begins_in(self) -> int:
        """Fiscal year in which the first partner country signed: charts begin with it."""
        return fiscal_year_of(self.build["first_on"])

    def progress(self, end: End = "low") -> tuple[Progress, ...]:
        """Progress of the chosen measure against each target in force, at one end of what is verified."""
        rungs = rungs_of(self.selection.measure)
        return progress_of(self.by_fiscal_year, rungs, self.targets, self.selection.as_of, end)

    @property
    def verified_rung(self) -> str:
        """The rung that counts as verified: decided for issuance, or of that the Japanese side."""
        return "japan" if self.selection.share == "japan" else "notified"

    def verified(self, end: End = "low") -> tuple[Progress, ...]:
        """What is verified against each target in force. All of it lies behind: no year of it is counted by its days."""
        total = self.rung_total(self.verified_rung, end)
        return tuple(
            measure_progress({}, x.fiscal_year, x.high_tco2, self.selection.as_of, undated_tco2=total)
            for x in self.targets
        )

    def rung_total(self, rung: str, end: End = "low") -> int:
        """All tonnes of an actual rung, those without a date included. tCO2."""
        dated = tonnes_by_year(self.by_rung, (rung,), end)
        return sum(dated.values()) + undated_tonnes(self.by_rung, (rung,), end)

    def known_in_part(self, rung: str) -> int:
        """Events of a rung of which one side's part alone is known, which is the low end of the whole."""
        events = [row for row in self.events if row["amount_basis"] == "at least"]
        if rung == "issued":
            events = [row for row in events if row["issued_on"] is not None]
        return len(events) if rung in {"notified", "issued"} else 0

    def ladder_row(self, rung: str) -> dict[str, Any]:
        """The ladder's row of a rung, up to the first target year."""
        return next(row for row in self.ladder if row["rung"] == rung)

    def projects_counted(self) -> tuple[int, int]:
        """Projects whose expected tonnes count, and how many of them state an annual estimate."""
        rows = [self.ladder_row(rung) for rung in EXPECTED_RUNGS]
        return sum(r["projects"] for r in rows), sum(r["projects_with_estimate"] for r in rows)

    @property
    def has_schedule(self) -> bool:
        """Whether anything is expected in any year: an estimate without a start is no amount, and no zero either."""
        return any(self.ladder_row(rung)["projects_with_schedule"] for rung in EXPECTED_RUNGS)

    def stated_issued(self) -> dict[str, Any] | None:
        """The latest statement on all issued credits that can be compared with the record, as of the as-of date."""
        return stated_issued(self.statements)

    def expectations(self) -> Rows:
        """Official expectations of cumulative reductions by 2030 that carry a date, oldest first."""
        found = [
            row
            for row in self.statements
            if row["metric"] in {"expected_cumulative_by_2030", "expected_cumulative_by_fy2030"}
            and row["as_of_on"] is not None
        ]
        return sorted(found, key=lambda row: (row["as_of_on"], row["stated_value"]))


def stated_issued(statements: Rows) -> dict[str, Any] | None:
    """The latest dated statement on all issued credits among rows of the query `reconciliation` that are comparable."""
    found = [
        row
        for row in statements
        if row["metric"] == "credits_issued_cumulative"
        and row["scope"].startswith("all JCM")
        and row["is_comparable"]
        and row["as_of_on"] is not None
    ]
    return max(found, key=lambda row: row["as_of_on"], default=None)
