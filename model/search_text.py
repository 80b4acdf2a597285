"""Folding of text for search: what a reader types is found whatever the case, width, kana or accents."""

import unicodedata

_ALIKE = (
    ("ゔぁ", "ば"),
    ("ゔぃ", "び"),
    ("ゔぇ", "べ"),
    ("ゔぉ", "ぼ"),
    ("ゔ", "ぶ"),
    ("でぃ", "じ"),
    ("てぃ", "ち"),
    ("ー", ""),
)
"""Sounds that are written in several ways: ヴェトナム and ベトナム, モルディブ and モルジブ, コージェネ and コジェネ."""
_FIRST_KATAKANA, _LAST_KATAKANA = ord("ァ"), ord("ヶ")
_TO_HIRAGANA = ord("ァ") - ord("ぁ")


def folded(text: str) -> str:
    """The text in one form: half width, no case, no accents, hiragana for katakana in one spelling, single spaces."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", wide) if not _is_accent_of_latin(letter)
    )
    whole = unicodedata.normalize("NFC", bare).replace("đ", "d").replace("ø", "o").replace("ł", "l")
    kana = "".join(_hiragana(letter) for letter in whole)
    for written, kept in _ALIKE:
        kana = kana.replace(written, kept)
    return " ".join(kana.split())


def search_words(text: str) -> list[str]:
    """The words of a search, each once, in order; every one must be found."""
    return list(dict.fromkeys(folded(text).split()))


def _is_accent_of_latin(letter: str) -> bool:
    # The marks of voiced kana are letters of Japanese, not accents.
    return bool(unicodedata.combining(letter)) and letter not in "\u3099\u309a"


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - _TO_HIRAGANA) if _FIRST_KATAKANA <= ord(letter) <= _LAST_KATAKANA else letter
