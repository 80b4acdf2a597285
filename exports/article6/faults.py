"""What can be wrong in an issuance table, in both languages."""


class CellFault(ValueError):
    """What is wrong in one cell; rows count from 1 in the order of the file."""

    def __init__(self, column: str, value: str, message_en: str, message_ja: str) -> None:
        self.row = 0
        self.column, self.value, self.message_en, self.message_ja = column, value, message_en, message_ja
        super().__init__(message_en)

    def at(self, row: int) -> "CellFault":
        """The same with its row."""
        self.row = row
        return self


FAULTS = {
    "day": (
        "",
        "A day is written as 24 Jan 26, from 2013 on; N/A or blank where there is none.",
        "日付は 24 Jan 26 の形(2013年以降)とし、ない場合は N/A 又は空欄とします。",
    ),
    "tonnes": (
        "",
        "An amount is a whole number of tonnes, such as 30,312; N/A or blank where there is none.",
        "量はトン単位の整数(例:30,312)とし、ない場合は N/A 又は空欄とします。",
    ),
    "too large": ("", "More than {n:,} t for one project.", "1件で{n:,} tを超えています。"),
    "reference": (
        "reference number",
        "A reference number has two letters and three digits, such as MN006.",
        "参照番号は英字2字と数字3桁(例:MN006)です。",
    ),
    "no project": (
        "reference number",
        "A row without a project before it; a full row with a reference number comes first.",
        "対応するプロジェクトがありません。参照番号のある行を先に置いてください。",
    ),
    "cells": (
        "row",
        "A row has 8 cells (project), 7 after a blank (further period), 4 (further country) or 1 (title); this has {n}.",
        "行のセル数は8(プロジェクト)、7(先頭が空欄。追加の期間)、4(追加の国)又は1(件名)です。この行は{n}です。",
    ),
    "fields": (
        "row",
        "A line of the template has 9 fields; this has {n}.",
        "様式の1行は9項目です。この行は{n}項目です。",
    ),
    "period": (
        "monitoring period",
        "A period is written as 06 Jul 19 - 31 Dec 20.",
        "モニタリング期間は 06 Jul 19 - 31 Dec 20 の形で記載します。",
    ),
    "order": ("monitoring period", "The period ends before it starts.", "期間の終期が始期より前です。"),
    "overlap": (
        "monitoring period",
        "The period overlaps an earlier one of the project.",
        "同じプロジェクトの他の期間と重複しています。",
    ),
    "early decision": (
        "decision date",
        "The decision is before the end of the monitoring period.",
        "発行決定日がモニタリング期間の終期より前です。",
    ),
    "no event": ("country", "A country without an event before it.", "対応する発行がない国の行です。"),
    "country": (
        "country",
        "No partner of that name; write it as the page does, such as Japan or Mongolia.",
        "該当する国名がありません。資料の表記(Japan、Mongoliaなど)で記載してください。",
    ),
    "twice": (
        "country",
        "The country is there twice in one event.",
        "同じ発行に同じ国が二度記載されています。",
    ),
    "early issue": ("issuance date", "Issued before the decision.", "発行日が発行決定日より前です。"),
    "too much": (
        "issued amount",
        "More was issued than the {n:,} t notified.",
        "通知量{n:,} tを超えて発行されています。",
    ),
    "sum": (
        "total notified",
        "The periods of {reference} sum to {n:,} t. The total notified covers all periods of a project.",
        "{reference} の各期間の合計は{n:,} tです。通知量の合計欄は全期間の累計です。",
    ),
}
"""What can be wrong: the column and the message in both languages."""


def fault_of(code: str, value: str, *, column: str = "", **given: object) -> CellFault:
    """What is wrong in a cell; a fault of many columns needs the `column`."""
    usual, en, ja = FAULTS[code]
    return CellFault(column or usual, value, en.format(**given), ja.format(**given))
