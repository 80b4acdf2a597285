"""One stated figure, and which projects and events its scope means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.steps.evidence import ProjectTest


@dataclass(frozen=True)
class Statement:
    """One stated figure and what it covers; `as_of` is the day it is known from.

    `scope` is a code of `statement_scope`; `iso3` and `project_id` name the country or project it is of.
    """

    metric: str
    as_of: date
    value: float
    scope: str
    iso3: str | None
    project_id: str | None
    calendar_year: int | None = None
    until_year: int | None = None

    @property
    def year(self) -> int:
        """The year the metric names, as in expected_cumulative_by_fy2030."""
        return int(self.metric[-4:])


def any_project(_: object) -> bool:
    """Whether a scope without a condition means a project: always."""
    return True


def project_scope(statement: Statement) -> tuple[ProjectTest, str, str]:
    """Return which projects a scope means, and the words for them."""
    if statement.iso3 is not None:
        iso3 = statement.iso3
        return (lambda project: project.iso3 == iso3), "projects of the country", "当該国の案件"
    if statement.scope == "government":
        return (
            (lambda project: project.funding == "government"),
            "projects with government support",
            "政府支援案件",
        )
    if statement.scope == "moej":
        return (
            (lambda project: (project.programme or "").startswith("MOEJ")),
            "projects of MOEJ programmes",
            "環境省の支援事業",
        )
    if statement.scope in PROGRAMME_OF:
        programme, name_en, name_ja = PROGRAMME_OF[statement.scope]
        return (lambda project: project.programme == programme), name_en, name_ja
    return any_project, "all projects", "全案件"


PROGRAMME_OF: Mapping[str, tuple[str, str, str]] = {
    "moej_model": ("MOEJ model project", "MOEJ model projects", "環境省設備補助事業"),
    "moej_jfjcm": ("MOEJ JFJCM (ADB)", "projects of JFJCM (ADB)", "JFJCM（ADB）の案件"),
    "moej_unido": ("MOEJ UNIDO", "projects with UNIDO", "UNIDOの案件"),
    "moej_f_gas": ("MOEJ F-gas recovery", "projects of F-gas recovery", "フロン回収・破壊の案件"),
}


def event_scope(statement: Statement) -> pl.Expr:
    """Return which events a scope means."""
    if statement.project_id is not None:
        return pl.col("only_project_id") == statement.project_id
    if statement.iso3 is not None:
        return pl.col("iso3") == statement.iso3
    return pl.lit(value=True)
