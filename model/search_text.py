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
_ONE_SPELLING = str.maketrans(
    {"đ": "d", "ø": "o", "ł": "l"}
    | {chr(code): chr(code - _TO_HIRAGANA) for code in range(_FIRST_KATAKANA, _LAST_KATAKANA + 1)}
)
_KANA_MARKS = "\u3099\u309a"
"""The marks of voiced kana are letters of Japanese, not accents."""


class _Unaccented(dict[int, int | None]):
    """For `str.translate`: each letter as it is, an accent of Latin as nothing; looked up once for each letter."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        is_accent = bool(unicodedata.combining(letter)) and letter not in _KANA_MARKS
        self[code] = None if is_accent else code
        return self[code]


_UNACCENTED = _Unaccented()


def folded(text: str) -> str:
    """The text in one form: half width, no case, no accents, hiragana for katakana in one spelling, single spaces."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    bare = unicodedata.normalize("NFKD", wide).translate(_UNACCENTED)
    kana = unicodedata.normalize("NFC", bare).translate(_ONE_SPELLING)
    for written, kept in _ALIKE:
        kana = kana.replace(written, kept)
    return " ".join(kana.split())


def search_words(text: str) -> list[str]:
    """The words of a search, each once, in order; every one must be found."""
    return list(dict.fromkeys(folded(text).split()))
