"""Columns and words that the tables and views of derived facts share."""

import dataframely as dy

from etl.contracts.columns import (
    day,
    text,
)
from etl.contracts.projects import BASES
from etl.contracts.table import Reference, RuleText
from model.ladder import PROJECT_RUNGS

IN_FORCE = ("still in force", "現在も有効")
NO_CODES = ("rests on no assumption", "仮定なし")
SEVERAL = ("the projects of the event differ, or are not named", "対象案件により異なる、又は記載なし")
NOT_REACHED = ("not reached, or nothing is known of its amount", "未到達又は量が不明")
NO_SCHEDULE = ("no schedule, or outside the scope", "稼働期間なし又は集計対象外")
KNOWN_IN_ORDER = {
    "known_in_order": RuleText(
        "What is known from a day must not end before it.",
        "判明期間の終わりは始まりより前であってはなりません。",
    )
}
BY_CODES = Reference("assumption_codes", "assumption", "assumption_code", is_list=True)
BY_PROJECT = Reference("project_id", "project", "project_id")
BY_ISSUANCE = Reference("issuance_id", "issuance", "issuance_id")
BY_SOURCE = Reference("source_id", "source", "source_id")
UNIQUE_ROW = RuleText(
    "The same row must not stand in the table twice.", "同じ行を重複して記載することはできません。"
)
START_BASES = ("stated", "verified", "selection", "registration")
STAGES = (*PROJECT_RUNGS, "withdrawn", "study")


def opened(*, key: bool = False) -> dy.Date:
    """The day from which a row is known."""
    return day("day from which this was known", "判明した日", key=key)


def closed() -> dy.Date:
    """The day on which another row took its place."""
    return day("day on which another row took its place", "次の行に置き換えられた日", null=IN_FORCE)


def codes_used() -> dy.String:
    """Assumptions that a row rests on."""
    return text("assumptions it rests on, separated by ;", "依拠する仮定(; 区切り)", null=NO_CODES)


def project_key(*, key: bool = False) -> dy.String:
    """Key of `project`."""
    return text("project, key of project", "プロジェクト(projectの識別子)", key=key)


def issuance_key(*, key: bool = False) -> dy.String:
    """Key of `issuance`."""
    return text("event, key of issuance", "発行(issuanceの識別子)", key=key)


def stage_of() -> dy.String:
    """The stage of a project."""
    return text(
        "rung the project stood on (dormant: selected long ago and never listed), or withdrawn or study",
        "その時点の段階。dormant(選定後長期未掲載)、pipeline(採択・計画)、validation(妥当性確認中)、registered(登録済み)、"
        "withdrawn(取下げ)又はstudy(調査)",
        terms=STAGES,
    )


def start_found() -> dy.String:
    """How a start was found."""
    return text(
        "how the start was found: stated, verified (start of a verified period), or counted from selection or registration",
        "稼働開始日の根拠。stated(公表)、verified(検証済み期間の始期)、selection(採択から推計)又はregistration(登録から推計)",
        null=NO_SCHEDULE,
        terms=START_BASES,
    )


def estimate_found() -> dy.String:
    """What an annual estimate rests on."""
    return text(
        "what the annual estimate in force rests on",
        "年間削減見込量の根拠",
        null=("no estimate was known", "見込量が判明していない"),
        terms=BASES,
    )
