"""Columns and words that the tables and views of derived facts share."""

import dataframely as dy

from etl.contracts.columns import NOT_KNOWN, boolean, day, not_before, text, year
from etl.contracts.table import rule

IN_FORCE = ("still in force", "現在も有効")
NO_CODES = ("rests on no assumption", "仮定なし")
SEVERAL = ("the projects of the event differ, or are not named", "対象案件により異なる、又は記載なし")
NOT_REACHED = ("not reached, or nothing is known of its amount", "未到達又は量が不明")
NO_SCHEDULE = ("no schedule, or outside the scope", "稼働期間なし又は集計対象外")


class OverTime(dy.Schema):
    """What is known from a day until another row takes its place."""

    known_in_order = rule(
        not_before("known_until", "known_on"),
        "What is known from a day must not end before it.",
        "判明期間の終わりは始まりより前であってはなりません。",
    )


def opened(*, key: bool = False) -> dy.Date:
    """The day from which a row is known."""
    return day("day from which this was known", "判明した日", key=key)


def closed() -> dy.Date:
    """The day on which another row took its place."""
    return day("day on which another row took its place", "次の行に置き換えられた日", null=IN_FORCE)


def codes_used() -> dy.String:
    """Assumptions that a row rests on."""
    return text("assumptions it rests on, separated by ;", "依拠する仮定（「;」区切り）", null=NO_CODES)


def project_key(*, key: bool = False) -> dy.String:
    """Key of `project`."""
    return text("project, key of project", "案件（projectの識別子）", key=key)


def issuance_key(*, key: bool = False) -> dy.String:
    """Key of `issuance`."""
    return text("event, key of issuance", "発行（issuanceの識別子）", key=key)


def years_of(en: str, ja: str) -> tuple[dy.Int64, dy.Int64]:
    """The fiscal and the calendar year of a date."""
    return (
        year(f"fiscal year of {en}", f"{ja}の年度", null=NOT_KNOWN, most=2100),
        year(f"calendar year of {en}", f"{ja}の暦年", null=NOT_KNOWN, most=2100),
    )


def reported() -> dy.Bool:
    """Whether a figure rests on weak sources alone."""
    return boolean(
        "whether it rests on sources alone that are never believed alone; show it as reported",
        "単独では用いない出典のみに基づくか（「報道等による」として示す）",
    )
