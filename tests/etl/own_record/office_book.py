"""A ministry's table of progress as offices keep them: every value is invented, no row is a project of anybody."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 300
BOOK = "進捗管理表.xlsx"
MAPPING = """
["進捗管理表.xlsx"]
template = "projects"
sheet = "一覧"
unit = "千t"

["進捗管理表.xlsx".columns]
"管理番号" = "project_id"
"国名" = "iso3"
"事業名" = "title_ja"
"設置場所" = "location"
"区分" = "status"
"採択年度" = "fy_selected"
"運転開始" = "operation_start"
"GHG削減量 年間" = "est_annual_tco2"
"事業者 日本側" = "jp_participants"
"事業者 相手国側" = "partner_participants"

["進捗管理表.xlsx".values]
status = { "登録済" = "registered", "妥当性確認中" = "validation", "採択" = "pipeline" }
"""
COUNTRIES = (
    *(
        ("ベトナム", "VNM"),
        ("インドネシア", "IDN"),
        ("タイ", "THA"),
        ("モンゴル", "MNG"),
        ("フィリピン", "PHL"),
    ),
    *(
        ("ケニア", "KEN"),
        ("チリ", "CHL"),
        ("サウジアラビア", "SAU"),
        ("バングラデシュ", "BGD"),
        ("カンボジア", "KHM"),
    ),
)
PLANTS = (
    "風力発電所",
    "太陽光発電設備",
    "小水力発電所",
    "高効率ボイラー",
    "地熱発電所",
    "バイオマス発電所",
    "冷凍倉庫の省エネ設備",
)
HEAD = (
    (
        "No.",
        "管理番号",
        "国名",
        "事業名",
        "設置場所",
        "区分",
        "採択年度",
        "運転開始",
        "GHG削減量",
        "事業者",
        None,
        "備考",
    ),
    (None, None, None, None, None, None, None, None, "年間", "日本側", "相手国側", None),
    (None, None, None, None, None, None, "年度", "年月日", "(千t-CO2/年)", None, None, None),
)

Row = Sequence[Any]


def title_of(number: int) -> str:
    """A title unlike any other: a row is told from another by it."""
    signs = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"
    return f"{signs[number % 44]}{signs[number // 44]}{signs[(number * 7) % 44]}架空地区{PLANTS[number % len(PLANTS)]}"


def office_rows(rows: int = ROWS) -> list[list[Any]]:
    """Rows with the ways in which offices write numbers and days; two of them cannot be read in one cell each."""
    found = []
    for n in range(rows):
        country = COUNTRIES[n % len(COUNTRIES)]
        amounts = (
            ("１２．５", "約3.2", 4.75, "0.8※1", "1,2", "未定")
            if n == 7
            else ("１２．５", "約3.2", 4.75, "0.8※1", 6, "－")
        )
        amount = "△2.5" if n == 11 else "3～5" if n == 7 else amounts[n % 6]
        day = (date(2027, 4, 1), "令和9年4月1日", "R9.4.1", "2027/4/1", "２０２７年４月", "未定")[n % 6]
        year = ("令和6年度", "R6", "2024", "２０２４年度", "2024年度", "－")[n % 6]
        number = f"P-{country[1]}-{700 + n // len(COUNTRIES)}" if n % 3 == 0 else None
        found.append(
            [
                *(n + 1, number, country[0], title_of(n), "架空州", "採択", year, day, amount),
                *(
                    "株式会社架空商事" if n % 2 else "架空電力（株）",
                    "Kakuu Co., Ltd.",
                    "注意事項なし" if n % 5 else None,
                ),
            ]
        )
    return found


def office_book(rows: Sequence[Row], head: Sequence[Row] = HEAD, *, totals: bool = True) -> bytes:
    """A workbook with title rows, a heading of two rows and one of units, merged cells, subtotals and notes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("表紙").write(0, 0, "架空省 進捗管理表")
        sheet = book.add_worksheet("一覧")
        day = book.add_format({"num_format": "yyyy/m/d"})
        lines: list[Row] = [["架空事業 進捗管理表（対外非公表）"], ["令和8年11月1日現在"], [], *head]
        middle = len(rows) // 2
        lines += list(rows[:middle])
        lines += [[None, None, "小計", None, None, None, None, None, 999]] if totals else []
        lines += list(rows[middle:])
        lines += [["合　計", None, None, None, None, None, None, None, 9999]] if totals else []
        lines += [["※1 架空の値である。"], ["注：本表は対外非公表。"]]
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, datetime.combine(value, time()), day)
                elif value is not None:
                    sheet.write(r, c, value)
        for column in (*range(8), 11):
            sheet.merge_range(3, column, 4, column, head[0][column])
        sheet.merge_range(3, 9, 3, 10, "事業者")
    return buffer.getvalue()


def put(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def csv_of(*rows: Sequence[str]) -> str:
    """A table of plain cells."""
    return "\n".join(",".join(row) for row in rows) + "\n"
