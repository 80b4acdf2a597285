"""Columns of the contracts: a dataframely column plus what people need to read it and the intake to fill it.

Every column states in English and Japanese what it is, its unit, and what null means. The metadata keys are
`en`, `ja`, `unit`, `null_en`, `null_ja`, `reads` (how a cell is understood), `header` (the heading it is read from;
None when no file has it), `default` (text for a column that no file has) and `terms` (a closed vocabulary).
"""

from collections.abc import Sequence
from typing import Any, Literal

import dataframely as dy
import polars as pl

from model.fiscal_year import FIRST_MONTH

Reads = Literal[
    "text",
    "integer",
    "tonnes",
    "decimal",
    "coordinate",
    "boolean",
    "date",
    "year",
    "partial_date",
    "precision",
    "interval_from",
    "interval_to",
]

SAME = "same as the column"
NOT_KNOWN = ("not known", "不明")
NOT_STATED = ("not stated", "記載なし")
NO_AMOUNT = ("nothing is known of the amount", "量が不明")
NO_SHARE = ("the share is not known", "配分不明")
NO_DATE = ("no date is known", "日付不明")
NO_ESTIMATE = ("no estimate", "見込量なし")
NOT_REGISTERED = ("not registered", "未登録")
NOT_ASSIGNED = ("not assigned", "未分類")
ANOTHER_FIELD = ("the statement is on another field", "見込量以外の項目")
PRECISIONS = ("day", "month", "year")

Null = tuple[str, str] | None


def _metadata(
    en: str,
    ja: str,
    reads: Reads,
    *,
    unit: str | None = None,
    null: Null = None,
    header: str | None = SAME,
    default: str | None = None,
    terms: Sequence[str] | None = None,
) -> dict[str, Any]:
    return {
        "en": en,
        "ja": ja,
        "unit": unit,
        "null_en": null[0] if null else None,
        "null_ja": null[1] if null else None,
        "reads": reads,
        "header": header,
        "default": default,
        "terms": tuple(terms) if terms else None,
    }


def text(
    en: str,
    ja: str,
    *,
    null: Null = None,
    key: bool = False,
    header: str | None = SAME,
    terms: Sequence[str] | None = None,
    regex: str | None = None,
    reads: Reads = "text",
    default: str | None = None,
    longest: int | None = None,
) -> dy.String:
    """A text; `terms` closes its vocabulary, `regex` its form, `longest` allows more characters than other cells."""
    return dy.String(
        nullable=null is not None,
        primary_key=key,
        min_length=None if null is not None else 1,
        regex=regex,
        check=(lambda column: column.is_in(list(terms))) if terms else None,
        metadata={
            **_metadata(en, ja, reads, null=null, header=header, terms=terms, default=default),
            "longest": longest,
        },
    )


def tonnes(
    en: str, ja: str, *, null: Null = None, header: str | None = SAME, most: int | None = None, least: int = 0
) -> dy.Int64:
    """Whole tonnes of CO2 equivalent, never negative."""
    return integer(en, ja, null=null, unit="tCO2", header=header, least=least, most=most, reads="tonnes")


def integer(
    en: str,
    ja: str,
    *,
    null: Null = None,
    key: bool = False,
    unit: str | None = None,
    header: str | None = SAME,
    least: int | None = None,
    most: int | None = None,
    reads: Reads = "integer",
) -> dy.Int64:
    """A whole number."""
    return dy.Int64(
        nullable=null is not None,
        primary_key=key,
        min=least,
        max=most,
        metadata=_metadata(en, ja, reads, unit=unit, null=null, header=header),
    )


def year(
    en: str, ja: str, *, null: Null = None, header: str | None = SAME, least: int = 2000, most: int = 2060
) -> dy.Int64:
    """A year; a fiscal year is named by the calendar year in which it begins."""
    return integer(en, ja, null=null, unit="year", header=header, least=least, most=most, reads="year")


def decimal(
    en: str,
    ja: str,
    *,
    unit: str | None,
    null: Null = None,
    header: str | None = SAME,
    least: float | None = None,
    most: float | None = None,
    reads: Reads = "decimal",
) -> dy.Float64:
    """A number with a fraction."""
    return dy.Float64(
        nullable=null is not None,
        min=least,
        max=most,
        metadata=_metadata(en, ja, reads, unit=unit, null=null, header=header),
    )


def coordinate(en: str, ja: str, *, unit: str) -> dy.Float64:
    """A latitude or longitude: degrees with a fraction, or degrees, minutes and seconds with N, S, E or W.

    Wide enough for a pair that was swapped, which is recognised by where it lies rather than by its size.
    """
    return decimal(en, ja, unit=unit, null=NOT_KNOWN, least=-180, most=180, reads="coordinate")


def boolean(en: str, ja: str, *, header: str | None = SAME, default: str | None = None) -> dy.Bool:
    """True or false, never null."""
    return dy.Bool(metadata=_metadata(en, ja, "boolean", header=header, default=default))


def day(
    en: str,
    ja: str,
    *,
    null: Null = None,
    key: bool = False,
    header: str | None = SAME,
    reads: Reads = "date",
) -> dy.Date:
    """A date. For a date that states only a month or a year, its earliest day; the precision is a column of its own."""
    return dy.Date(
        nullable=null is not None,
        primary_key=key,
        metadata=_metadata(en, ja, reads, unit="date", null=null, header=header),
    )


def partial_day(en: str, ja: str, *, header: str, null: Null = None) -> dy.Date:
    """A date that may state only a month or a year: its earliest day."""
    return day(
        en + " (earliest day it may mean)",
        ja + "（該当し得る最も早い日）",
        null=null,
        header=header,
        reads="partial_date",
    )


def precision(en: str, ja: str, *, header: str, null: Null = None) -> dy.String:
    """How exact the partial date of the same cell is."""
    return text(
        f"precision of {en}: day, month or year",
        f"{ja}の精度。day（日）、month（月）又はyear（年）",
        null=null,
        header=header,
        terms=PRECISIONS,
        reads="precision",
    )


def in_both(en: str, ja: str, *, null: Null = None) -> tuple[dy.String, dy.String]:
    """Two texts that say the same, in English and in Japanese."""
    return text(f"{en}, English", f"{ja}（英語）", null=null), text(
        f"{en}, Japanese", f"{ja}（日本語）", null=null
    )


def known_from() -> dy.Date:
    """The day from which a statement is known; set by the build."""
    return day(
        "day from which it is known: its own date, else that of its page, else the day of reading",
        "判明した日（記載の日付。ない場合は資料の日付又は取得日）",
        header=None,
        null=("set by the build", "構築時に設定"),
    )


def source_key(en: str = "source of the row", ja: str = "出典", *, null: Null = None) -> dy.String:
    """Key of `source`."""
    return text(f"{en}, key of source", f"{ja}（source の識別子）", null=null)


def country_code(*, key: bool = False, null: Null = None) -> dy.String:
    """ISO 3166-1 alpha-3 code of a country."""
    return text(
        "country, ISO 3166-1 alpha-3", "国（ISO 3166-1 alpha-3）", key=key, null=null, regex="^[A-Z]{3}$"
    )


def remarks() -> dy.String:
    """Remarks."""
    return text("remarks", "備考", null=("no remark", "備考なし"))


def not_before(later: str | pl.Expr, earlier: str) -> pl.Expr:
    """Rule: one date is not before another; unknown dates pass."""
    last = pl.col(later) if isinstance(later, str) else later
    return (last >= pl.col(earlier)).fill_null(value=True)


def members_of(column: str) -> pl.Expr:
    """The members of a list whose cell separates them by `;`."""
    return pl.col(column).str.split(";").list.eval(pl.element().str.strip_chars())


def first_day_of(fiscal_year: str) -> pl.Expr:
    """The first day of a fiscal year."""
    return pl.date(pl.col(fiscal_year), FIRST_MONTH, 1)


def last_day_of(fiscal_year: str) -> pl.Expr:
    """The last day of a fiscal year."""
    return pl.date(pl.col(fiscal_year) + 1, FIRST_MONTH, 1).dt.offset_by("-1d")


def latest_day(on: str, precision_of_it: str) -> pl.Expr:
    """The last day that a partial date may mean; null where it is not known."""
    first = pl.col(on)
    return (
        pl.when(pl.col(precision_of_it) == "year")
        .then(first.dt.offset_by("1y").dt.offset_by("-1d"))
        .when(pl.col(precision_of_it) == "month")
        .then(first.dt.month_end())
        .otherwise(first)
    )
