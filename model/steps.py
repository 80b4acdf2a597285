"""Days that steps took, set against the times that published rules allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from model.durations import FEW


@dataclass(frozen=True)
class StepTime:
    """A step: its published rule (usual_days, most_days), None where none is known, and the days of known cases.

    `median`, `shortest` and `longest` are in days and None without a case; `within` counts the cases that kept the longest
    time of the rule, None without a rule or a case.
    """

    step: str
    rule: Mapping[str, Any] | None
    days: tuple[int, ...]

    @property
    def count(self) -> int:
        """Known cases."""
        return len(self.days)

    @property
    def is_few(self) -> bool:
        """Whether there are too few cases to generalise from."""
        return self.count < FEW

    @property
    def median(self) -> int | None:
        """Median of the days, rounded."""
        return round(median(self.days)) if self.days else None

    @property
    def shortest(self) -> int | None:
        """The shortest case."""
        return min(self.days, default=None)

    @property
    def longest(self) -> int | None:
        """The longest case."""
        return max(self.days, default=None)

    @property
    def within(self) -> int | None:
        """Cases that kept the rule, extensions included."""
        if self.rule is None or not self.days:
            return None
        most = int(self.rule["most_days"])
        return sum(days <= most for days in self.days)


def step_times(
    steps: Sequence[str], cases: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]]
) -> list[StepTime]:
    """Each step, in the order given, with its rule (by `step`) and its cases (`step`, `days`)."""
    by_step = {rule["step"]: rule for rule in rules}
    return [
        StepTime(step, by_step.get(step), tuple(case["days"] for case in cases if case["step"] == step))
        for step in steps
    ]
