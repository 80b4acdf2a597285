"""Everything wrong with a report: single cells, references between tables, sums and blocks."""

from collections.abc import Iterator
from datetime import date

from model.ledger.agreed_format.balance import wrong_sums
from model.ledger.agreed_format.fields import NOT_APPLICABLE, Field, Row, Value
from model.ledger.agreed_format.report import Finding, Report, Words
from model.ledger.agreed_format.serials import wrong_blocks
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, ENTITIES, HOLDINGS, SUBMISSION, TABLES
from model.ledger.agreed_format.values import day_of, is_right, right_of, years_of
from model.ledger.rules import FIRST_VINTAGE


def findings_of(
    report: Report, parties: frozenset[str], *, before: Report | None = None, today: date | None = None
) -> list[Finding]:
    """What is wrong, table by table. `parties` are ISO 3166-1 alpha-3 codes.

    `before` is the report of the year before: what it holds was there at the beginning. `today` lets a year that is to
    come be found. What is only missing is told by `missing_in`.
    """
    return [
        *report.unread,
        *_cells(report, parties),
        *_submission(report, today),
        *_twice(report),
        *_references(report),
        *_days(report),
        *_vintages(report),
        *wrong_sums(report, before),
        *wrong_blocks(report, before),
    ]


def _cells(report: Report, parties: frozenset[str]) -> Iterator[Finding]:
    for table in TABLES.values():
        for number, row in enumerate(report.rows(table)):
            for field in table.fields:
                value = row[field.code]
                if value is not None and (found := _wrong_cell(field, row, value, parties)):
                    yield report.finding(table, number, field.code, *found)


def _wrong_cell(field: Field, row: Row, value: Value, parties: frozenset[str]) -> tuple[Words, Words] | None:
    if field.need == "platform":
        wrong = (
            f"“{value}”: the platform fills in this field.",
            f"「{value}」：プラットフォームが記入する欄です。",
        )
        return wrong, ("Leave it empty.", "空欄としてください。")
    if value == NOT_APPLICABLE:
        if not field.must(row):
            return None
        wrong = ("NA, but the field applies here.", "NAとされていますが、この欄は対象です。")
        return wrong, _right(field)
    if field.applies(row) is False and field.when is not None:
        other = row[field.when.field]
        wrong = (
            f"“{value}”, but the field does not apply to “{other}”.",
            f"「{value}」とありますが、「{other}」の場合は対象外の欄です。",
        )
        return wrong, (f"Write {NOT_APPLICABLE}.", f"{NOT_APPLICABLE}と記載してください。")
    is_party = field.kind in {"party", "parties"}
    known = not is_party or all(code in parties for code in str(value).split(", "))
    if known and is_right(field, value):
        return None
    return (f"“{value}” cannot stand here.", f"「{value}」は記載できません。"), _right(field)


def _right(field: Field) -> Words:
    en, ja = right_of(field)
    return f"Write {en}.", f"{ja}を記載してください。"


def _submission(report: Report, today: date | None) -> Iterator[Finding]:
    rows = report.rows(SUBMISSION)
    for number in range(1, len(rows)):
        wrong = ("A second submission in one report.", "1つの報告に提出の欄が2つあります。")
        yield report.finding(SUBMISSION, number, "Party", wrong, ("Keep one.", "1つとしてください。"))
    first, last, year = (report.stated(code) for code in ("NdcFirstYear", "NdcLastYear", "ReportYear"))
    if isinstance(first, int) and isinstance(last, int) and last < first:
        wrong = (f"{last} lies before the first year, {first}.", f"{last}年は初年{first}年より前です。")
        right = (f"Write {first} or a later year.", f"{first}年以後を記載してください。")
        yield report.finding(SUBMISSION, 0, "NdcLastYear", wrong, right)
    if isinstance(year, int) and today is not None and year > today.year:
        wrong = (f"{year} is still to come.", f"{year}年はまだ始まっていません。")
        right = (f"Write {today.year} or an earlier year.", f"{today.year}年以前を記載してください。")
        yield report.finding(SUBMISSION, 0, "ReportYear", wrong, right)


def _twice(report: Report) -> Iterator[Finding]:
    """Authorizations of one identifier and version, and entities of one number, that stand twice."""
    for table, codes in ((AUTHORIZATIONS, ("Id", "Version")), (ENTITIES, ("Id", "CooperativeApproachId"))):
        seen: dict[tuple[Value, ...], int] = {}
        for number, row in enumerate(report.rows(table)):
            key = tuple(row[code] for code in codes)
            if key[0] is None:
                continue
            if key in seen:
                line = report.line(table, seen[key], codes[0])
                wrong = (f"“{key[0]}” stands in row {line} too.", f"「{key[0]}」は{line}行目にもあります。")
                right = (
                    "Give each its own identifier, or another version.",
                    "識別子又は版を区別してください。",
                )
                yield report.finding(table, number, codes[0], wrong, right)
            seen.setdefault(key, number)


def _references(report: Report) -> Iterator[Finding]:
    """Authorizations and entities that are named and stand in no table."""
    known = {row["Id"] for row in report.rows(AUTHORIZATIONS)}
    entities = {str(row["Id"]) for row in report.rows(ENTITIES)} | {
        str(row["Name"]) for row in report.rows(ENTITIES)
    }
    for table in (ACTIONS, HOLDINGS):
        for number, row in enumerate(report.rows(table)):
            named = row["AuthorizationId"]
            if named is not None and named not in known:
                wrong = (
                    f"“{named}” is not among the authorizations.",
                    f"「{named}」は承認の表にありません。",
                )
                right = (
                    f"Add it to “{AUTHORIZATIONS.sheet}”, or write one that is there.",
                    f"「{AUTHORIZATIONS.sheet}」に追加するか、同表にあるものを記載してください。",
                )
                yield report.finding(table, number, "AuthorizationId", wrong, right)
    for table, code in ((AUTHORIZATIONS, "AuthorizedEntityIds"), (ACTIONS, "UsingAuthorizedEntityId")):
        for number, row in enumerate(report.rows(table)):
            for named in _named(row[code]):
                if named not in entities:
                    wrong = (
                        f"“{named}” is not among the authorized entities.",
                        f"「{named}」は承認された事業者の表にありません。",
                    )
                    right = (
                        f"Write an identification number of “{ENTITIES.sheet}”.",
                        f"「{ENTITIES.sheet}」の識別番号を記載してください。",
                    )
                    yield report.finding(table, number, code, wrong, right)


def _named(value: Value) -> list[str]:
    if value is None or value == NOT_APPLICABLE:
        return []
    return [part.strip() for part in str(value).split(",") if part.strip()]


def _days(report: Report) -> Iterator[Finding]:
    """Actions of another year than the report's, or before their authorization."""
    year = report.stated("ReportYear")
    authorized = {row["Id"]: day_of(row["Date"]) for row in reversed(report.rows(AUTHORIZATIONS))}
    for number, row in enumerate(report.rows(ACTIONS)):
        day, since = day_of(row["Date"]), authorized.get(row["AuthorizationId"])
        if day is not None and isinstance(year, int) and day.year != year:
            wrong = (f"The action is of {day.year}.", f"{day.year}年の処理です。")
            right = (f"Report actions of {year} alone.", f"{year}年の処理のみを記載してください。")
            yield report.finding(ACTIONS, number, "Date", wrong, right)
        if day is not None and since is not None and day < since:
            wrong = (
                f"The action lies before its authorization of {since}.",
                f"承認日（{since}）より前の処理です。",
            )
            right = (f"Write {since} or a later day.", f"{since}以後の日を記載してください。")
            yield report.finding(ACTIONS, number, "Date", wrong, right)


def _vintages(report: Report) -> Iterator[Finding]:
    """Vintages outside the period of the NDC or of the authorization, or after the action or the year of the report."""
    first, last, year = (report.stated(code) for code in ("NdcFirstYear", "NdcLastYear", "ReportYear"))
    frames = {row["Id"]: years_of(row["AuthorizedTimeframe"]) for row in report.rows(AUTHORIZATIONS)}
    for table in (ACTIONS, HOLDINGS):
        for number, row in enumerate(report.rows(table)):
            if not isinstance(vintage := row["VintageYear"], int):
                continue
            frame = frames.get(row["AuthorizationId"])
            day = day_of(row["Date"]) if table is ACTIONS else None
            latest = day.year if day else year
            limits: tuple[tuple[Value, Value, str, str], ...] = (
                (
                    FIRST_VINTAGE,
                    None,
                    "earlier reductions are kept apart",
                    "それ以前の削減分は区分して管理します",
                ),
                (first, last, "the NDC implementation period", "NDC実施期間"),
                (*(frame or (None, None)), "the timeframe of the authorization", "承認期間"),
                (None, latest, "when it was reported as done", "処理又は報告の年"),
            )
            for low, high, en, ja in limits:
                if (isinstance(low, int) and vintage < low) or (isinstance(high, int) and vintage > high):
                    span = f"{'' if low is None else low}–{'' if high is None else high}"
                    wrong = (
                        f"Vintage {vintage} lies outside {span}: {en}.",
                        f"削減年{vintage}は{span}の外です（{ja}）。",
                    )
                    right = (f"Write a year within {span}.", f"{span}の範囲の年を記載してください。")
                    yield report.finding(table, number, "VintageYear", wrong, right)
                    break
