"""Folding of text for search: what a reader types is found whatever the case, width, kana or accents."""

import unicodedata

_FIRST_KATAKANA, _LAST_KATAKANA = ord("ァ"), ord("ヶ")
_TO_HIRAGANA = ord("ァ") - ord("ぁ")


def folded(text: str) -> str:
    """The text in one form: half width, no case, no accents, hiragana for katakana, single spaces."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", wide) if not _is_accent_of_latin(letter)
    )
    whole = unicodedata.normalize("NFC", bare).replace("đ", "d").replace("ø", "o").replace("ł", "l")
    return " ".join("".join(_hiragana(letter) for letter in whole).split())


def search_words(text: str) -> list[str]:
    """The words of a search, each once, in order; every one must be found."""
    return list(dict.fromkeys(folded(text).split()))


def _is_accent_of_latin(letter: str) -> bool:
    # The marks of voiced kana are letters of Japanese, not accents.
    return bool(unicodedata.combining(letter)) and letter not in "\u3099\u309a"


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - _TO_HIRAGANA) if _FIRST_KATAKANA <= ord(letter) <= _LAST_KATAKANA else letter
