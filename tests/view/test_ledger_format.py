"""Files given to the page: one is checked, two are compared, a year and the one before are checked together."""

import re
from datetime import date

import pytest

from exports.article6.reading import NotThisFormat, read
from exports.article6.writing import workbook
from model.ledger.agreed_format.report import Report, Words
from model.ledger.agreed_format.tables import ACTIONS
from tests.exports.article6.worked_case import PARTIES, changed, completed, report
from view.ledger.format import Checks, files_html
from view.texts import Language, texts


def read_back(body: bytes) -> Report | Words:
    try:
        return read(body)
    except NotThisFormat as refused:
        return refused.en, refused.ja


CHECKS = Checks(read_back, PARTIES, date(2026, 11, 30))


def words_of(*bodies: bytes, lang: Language = "en") -> str:
    files = [(f"{number}.xlsx", read_back(body)) for number, body in enumerate(bodies)]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", files_html(files, CHECKS, texts(lang))))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_file_is_checked_in_the_language_of_the_reader(lang: Language) -> None:
    spoiled = workbook(changed(report(2025), ACTIONS, Subtype="Gift"))
    words = words_of(spoiled, lang=lang)
    told = {
        "en": ("1 thing is wrong:", "Table 3 ActionsD9", "“Gift” cannot stand here.", "Write one of"),
        "ja": ("誤りが1件あります。", "Table 3 ActionsD9", "「Gift」は記載できません。", "処理の細分"),
    }[lang]
    assert [text for text in told if text not in words] == []
    assert not words_of()


def test_a_report_with_nothing_wrong_or_missing_says_so() -> None:
    words = words_of(workbook(completed(report(2025))))
    assert "nothing is wrong" in words
    assert "Nothing that must be filled is empty." in words


def test_two_reports_are_compared() -> None:
    japan, host = workbook(report(2025)), workbook(report(2025, "MNG"))
    other = workbook(changed(report(2025), ACTIONS, QuantityTCo2=14))
    assert "Both say the same." in words_of(japan, japan)
    assert "what each says it transferred to the other" in words_of(japan, host)
    assert "They differ in 1 thing:" in words_of(japan, other)
    assert "Give one file to check, or two to compare." in words_of(japan, host, other)


def test_the_year_before_tells_what_was_held() -> None:
    alone, former = workbook(report(2026)), workbook(report(2025))
    assert "of 0 t first transferred, acquired or held before" in words_of(alone)
    together = words_of(former, alone)
    assert "of 0 t first transferred" not in together
    assert "They differ" not in together


def test_a_file_that_is_something_else_says_what_is_needed() -> None:
    assert "Table 1 Submission" in words_of(b"something")
