"""The Article 6 page: what may count towards the NDC, told apart from what was issued."""

import re

import pytest

from tests.pages.reading import answer_of, html_of, opened

PAGE = "pages/article6.py"


def words_of(html: str) -> str:
    return re.sub("<.*?>", " ", re.sub("<style>.*?</style>", "", html, flags=re.DOTALL))


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_speaks_its_language(lang: str) -> None:
    words = words_of(html_of(opened(PAGE, lang=lang)))
    japanese = re.findall("[ぁ-んァ-ヶ一-龠]", words)
    assert (len(japanese) > 600) == (lang == "ja")
    assert lang == "ja" or not set(japanese)


def test_issued_and_usable_towards_the_ndc_are_told_apart() -> None:
    answer = answer_of(opened(PAGE, lang="en"))
    assert "0.13 Mt issued so far in our records." in answer
    assert "2 first transfers under Article 6, amounts not stated." in answer
    assert "None is known to be used towards Japan&#x27;s NDC." in answer


def test_before_the_first_transfer_none_is_told() -> None:
    answer = answer_of(opened(PAGE, lang="en", as_of="2025-10-31"))
    assert "None is known to be first transferred under Article 6." in answer
    words = words_of(html_of(opened(PAGE, lang="en", as_of="2025-10-31")))
    assert "No adjustment follows from what is known in this selection." in words


def test_a_partner_without_credits_says_so() -> None:
    words = words_of(html_of(opened(PAGE, lang="en", country="IND")))
    assert "No entry is known in this selection." in words


def test_an_implied_authorisation_is_marked() -> None:
    assert "AUTH-IMPLIED" in words_of(html_of(opened(PAGE, lang="en", country="THA")))
