"""The five tables of the agreed electronic format (decision 4/CMA.6, annex II) and the values of their fields.

Field names as used by open implementations of the format.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from model.ledger.rules import FIRST_VINTAGE

Value: TypeAlias = "str | int | None"
Row: TypeAlias = "dict[str, Value]"
Kind = Literal["text", "date", "party", "year", "vintage", "quantity", "approach", "action"]

ACTION_TYPES: Final = (
    "First transfer",
    "Transfer",
    "Acquisition",
    "Use towards NDC",
    "Use for other international mitigation purposes",
    "Voluntary cancellation",
    "Cancellation for overall mitigation",
)
_HELD: Final = (
    "CooperativeApproachId",
    "AuthorizationId",
    "FirstTransferringPartyId",
    "PartyItmoRegistryId",
    "ItmoFirstId",
    "ItmoLastId",
    "UnitRegistryId",
    "UnitFirstId",
    "UnitLastId",
    "Metric",
    "GwpValue",
    "ApplicableNonGhgMetric",
    "QuantityTCo2",
    "QuantityNonGhg",
    "MitigationType",
    "VintageYear",
)
"""What actions and holdings both state of the outcomes."""

TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "Submission": (
        "Party",
        "Version",
        "ReportYear",
        "SubmissionDate",
        "ReviewStatus",
        "ConsistencyCheck",
        "NdcFirstYear",
        "NdcLastYear",
        "TechnicalExpertReview",
    ),
    "Authorizations": (
        "Id",
        "Date",
        "CooperativeApproachId",
        "Version",
        "AuthorizedPartyId",
        "AuthorizedEntityIds",
        "OimpAuthorizedParty",
        "AuthorizedTimeframe",
        "AuthorizationTerms",
        "AuthorizationDocumentation",
        "FirstTransferDefinitionOimp",
        "Quantity",
        "Metric",
        "GwpValue",
        "ApplicableNonGhgMetric",
        "Sector",
        "ActivityType",
        "PurposesForAuthorization",
        "AdditionalInformation",
    ),
    "Actions": (
        "Date",
        "Type",
        "Subtype",
        *_HELD,
        "TransferringPartyId",
        "AcquiringPartyId",
        "PurposeOfUseOimp",
        "UsingParticipatingPartyId",
        "UsingAuthorizedEntityId",
        "ItmoUsedYear",
        "ConsistencyCheckResult",
        "AdditionalInformation",
    ),
    "Holdings": _HELD,
    "Authorized entities": (
        "Id",
        "Name",
        "AuthorizationDate",
        "CooperativeApproachId",
        "IncorporationCountry",
        "Conditions",
        "ChangeConditions",
        "AdditionalInformation",
    ),
}

KINDS: Final[Mapping[str, Kind]] = {
    "Date": "date",
    "SubmissionDate": "date",
    "AuthorizationDate": "date",
    "Party": "party",
    "AuthorizedPartyId": "party",
    "FirstTransferringPartyId": "party",
    "TransferringPartyId": "party",
    "AcquiringPartyId": "party",
    "UsingParticipatingPartyId": "party",
    "IncorporationCountry": "party",
    "ReportYear": "year",
    "NdcFirstYear": "year",
    "NdcLastYear": "year",
    "ItmoUsedYear": "year",
    "VintageYear": "vintage",
    "Quantity": "quantity",
    "QuantityTCo2": "quantity",
    "CooperativeApproachId": "approach",
    "Type": "action",
}
NUMBERS: Final = frozenset(name for name, kind in KINDS.items() if kind in {"year", "vintage", "quantity"})


@dataclass(frozen=True)
class Report:
    """One report of one Party and year: rows by table, each with every field of its table."""

    tables: Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Finding:
    """What is wrong in one place of a report; `row` counts from 1 below the heading."""

    table: str
    row: int
    field: str
    message_en: str
    message_ja: str


def row_of(table: str, **values: Value) -> Row:
    """A row with every field of its table, empty where no value is given. Raises KeyError for another field."""
    row: Row = dict.fromkeys(TABLES[table])
    for name, value in values.items():
        if name not in row:
            raise KeyError(f"{table} has no field {name}")
        row[name] = value
    return row


def findings_of(report: Report, parties: frozenset[str]) -> list[Finding]:
    """Everything wrong with a report: values, references between tables, and sums. `parties` are ISO 3166-1 alpha-3."""
    found = [
        Finding(table, number, name, *messages)
        for table, rows in report.tables.items()
        for number, row in enumerate(rows, 1)
        for name, value in row.items()
        if (messages := _wrong(name, value, parties)) is not None
    ]
    return [*found, *_dangling(report), *_overdrawn(report), *_missing_date(report)]


def _wrong(name: str, value: Value, parties: frozenset[str]) -> tuple[str, str] | None:
    """Messages in both languages for a value that its field cannot hold; an empty one is always allowed."""
    kind = KINDS.get(name, "text")
    if value is None or kind == "text":
        return None
    if kind in {"quantity", "year", "vintage"}:
        return _wrong_number(kind, value)
    is_right, en, ja = {
        "date": (
            _is_date(value),
            "is no date; write it as 2026-03-31.",
            "は日付ではありません。2026-03-31 の形で記載してください。",
        ),
        "party": (
            value in parties,
            "is no Party; write its ISO 3166-1 alpha-3 code, such as JPN.",
            "は締約国のコードではありません。ISO 3166-1 alpha-3(例:JPN)で記載してください。",
        ),
        "approach": (
            re.fullmatch(r"CA\d{4}", str(value)) is not None,
            "is no cooperative approach; it looks like CA0001.",
            "は協力的アプローチの番号(例:CA0001)ではありません。",
        ),
        "action": (
            value in ACTION_TYPES,
            f"is no type of action; it is one of {', '.join(ACTION_TYPES)}.",
            f"は処理の種類ではありません。{'、'.join(ACTION_TYPES)} のいずれかとしてください。",
        ),
    }[kind]
    return None if is_right else (f"“{value}” {en}", f"「{value}」{ja}")


def _wrong_number(kind: Kind, value: Value) -> tuple[str, str] | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"“{value}” is no whole number.", f"「{value}」は整数ではありません。"
    if kind == "quantity" and value < 0:
        return f"{value:,} t is negative.", f"{value:,} t は負の値です。"
    if kind == "vintage" and value < FIRST_VINTAGE:
        return (
            f"Vintage {value} lies before {FIRST_VINTAGE}; earlier reductions are kept apart (assumption VINTAGE-2021).",
            f"削減年 {value} は{FIRST_VINTAGE}年より前です。それ以前の削減分は区分して管理します(仮定 VINTAGE-2021)。",
        )
    if kind == "year" and not 2013 <= value <= 2100:
        return f"{value} is no year of a report.", f"{value} は報告の対象年ではありません。"
    return None


def _is_date(value: Value) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _dangling(report: Report) -> list[Finding]:
    known = {row["Id"] for row in report.tables.get("Authorizations", ())}
    return [
        Finding(
            table,
            number,
            "AuthorizationId",
            f"“{row['AuthorizationId']}” is not among the authorizations.",
            f"「{row['AuthorizationId']}」は承認の表にありません。",
        )
        for table in ("Actions", "Holdings")
        for number, row in enumerate(report.tables.get(table, ()), 1)
        if row["AuthorizationId"] is not None and row["AuthorizationId"] not in known
    ]


def _overdrawn(report: Report) -> list[Finding]:
    """Authorizations of a known quantity that more was first transferred under, and uses beyond the transfers."""
    allowed = {r["Id"]: r["Quantity"] for r in report.tables.get("Authorizations", ())}
    moved: dict[Value, int] = {}
    found = []
    for number, row in enumerate(report.tables.get("Actions", ()), 1):
        quantity, authorization = row["QuantityTCo2"], row["AuthorizationId"]
        if row["Type"] != "First transfer" or not isinstance(quantity, int) or authorization is None:
            continue
        moved[authorization] = moved.get(authorization, 0) + quantity
        limit = allowed.get(authorization)
        if isinstance(limit, int) and moved[authorization] > limit:
            found.append(
                Finding(
                    "Actions",
                    number,
                    "QuantityTCo2",
                    f"{moved[authorization]:,} t first transferred under {authorization}, {limit:,} t authorised.",
                    f"{authorization} の初回移転は計{moved[authorization]:,} tで、承認量{limit:,} tを超えています。",
                )
            )
    return found


def _missing_date(report: Report) -> list[Finding]:
    return [
        Finding("Actions", number, "Date", "An action needs its date.", "処理には日付が必要です。")
        for number, row in enumerate(report.tables.get("Actions", ()), 1)
        if row["Date"] is None
    ]
