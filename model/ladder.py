"""The ladder of rungs: every figure of the product is on one of them and names it.

From what is hoped for to what counts towards Japan's NDC. Expected rungs are of projects (a project is on one
at a time and climbs); actual rungs are of issuance events and nest: each contains a part of the tonnes of the one
named as `part_of`. The dormant rung is kept and shown, and is in no sum.
"""

from dataclasses import dataclass
from typing import Literal

RungKind = Literal["aside", "expected", "actual"]


@dataclass(frozen=True)
class Rung:
    """One rung: its code in the warehouse, place on the ladder (0 for the one aside), kind, and names in both languages."""

    code: str
    order: int
    kind: RungKind
    name_en: str
    name_ja: str
    meaning_en: str
    meaning_ja: str
    part_of: str | None = None


RUNGS: tuple[Rung, ...] = (
    Rung(
        "dormant",
        0,
        "aside",
        "Selected long ago, never listed",
        "選定後長期未掲載",
        "Expected reductions of projects selected longer ago than any project has needed for registration, and never listed;"
        " in no sum",
        "採択後、登録までの最長実績を超えて一覧に未掲載の案件の削減見込量（合計に含めない）",
    ),
    Rung(
        "pipeline",
        1,
        "expected",
        "Expected: selected or planned",
        "見込み（採択・計画）",
        "Expected reductions of projects selected or announced, not yet in the registry list",
        "採択・公表済みで、JCMプロジェクト一覧に未掲載の案件の削減見込量",
    ),
    Rung(
        "validation",
        2,
        "expected",
        "Expected: under validation",
        "見込み（妥当性確認中）",
        "Expected reductions of projects under validation",
        "妥当性確認中の案件の削減見込量",
    ),
    Rung(
        "registered",
        3,
        "expected",
        "Expected: registered",
        "見込み（登録済み）",
        "Expected reductions of projects registered by the Joint Committee",
        "合同委員会が登録した案件の削減見込量",
    ),
    Rung(
        "notified",
        4,
        "actual",
        "Issuance decided",
        "発行決定",
        "Verified tonnes that a Joint Committee decided to have issued",
        "合同委員会が発行を決定した排出削減・吸収量",
    ),
    Rung(
        "issued",
        5,
        "actual",
        "Issued",
        "発行済み",
        "Tonnes that a government issued into its registry",
        "政府が登録簿に発行した量",
        "notified",
    ),
    Rung(
        "japan",
        6,
        "actual",
        "Japanese side",
        "日本側",
        "The part issued to the Japanese side, government and companies",
        "日本側（政府及び企業）に発行された量",
        "issued",
    ),
    Rung(
        "itmo",
        7,
        "actual",
        "Authorised and first transferred",
        "承認・初回移転",
        "Authorised and first transferred under Article 6.2 of the Paris Agreement",
        "パリ協定第6条2項に基づき承認され、初回移転された量",
        "japan",
    ),
    Rung(
        "ndc",
        8,
        "actual",
        "Used towards the NDC",
        "NDC計上",
        "Used towards Japan's NDC; the partner makes a corresponding adjustment of the same amount",
        "日本のNDC達成に用いられた量（パートナー国は同量の相当調整を実施）",
        "itmo",
    ),
)

RUNG_BY_CODE: dict[str, Rung] = {rung.code: rung for rung in RUNGS}
EXPECTED_RUNGS: tuple[str, ...] = tuple(rung.code for rung in RUNGS if rung.kind == "expected")
DORMANT = "dormant"
PROJECT_RUNGS: tuple[str, ...] = (DORMANT, *EXPECTED_RUNGS)
ACTUAL_RUNGS: tuple[str, ...] = tuple(rung.code for rung in RUNGS if rung.kind == "actual")
