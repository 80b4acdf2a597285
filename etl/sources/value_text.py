"""What all readers of values share: the refusal, full-width signs, marks of notes, and the ways to state nothing."""

import re


class ValueNotUnderstood(ValueError):
    """A text is not what its column holds, or could be read in two ways. Says what was expected."""

    def __init__(self, expected_en: str, expected_ja: str) -> None:
        self.expected_en = expected_en
        self.expected_ja = expected_ja
        super().__init__(f"expected {expected_en}")


# Only what has one meaning. Unicode's own folding would make 12 of ①② and 123 of 12³.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF_WIDTH |= {ord(space): ord(" ") for space in "\u3000\u00a0\u2002\u2003\u2007\u2009\u202f"}
# ▲ and △ mark negative amounts in Japanese official tables.
_HALF_WIDTH |= {ord(minus): ord("-") for minus in "\u2212\u2010\u2011▲△"}

_NOTE = re.compile(r" ?(?:※ ?[0-9]{0,2}|\((?:※|注) ?[0-9]{0,2}\)|注 ?[0-9]{0,2})$")

_DASHES = "-－ー―—–─‐‑−"
TEXTS_THAT_STATE_NOTHING = (
    *(dash * times for dash in _DASHES for times in (1, 2)),
    *("N/A", "n/a", "Ｎ／Ａ", "未定", "不明"),
)
"""Whole texts that state nothing even in a column of words. NA may be a code, and なし an answer."""
_NO_AMOUNT = re.compile(
    rf"[{_DASHES}]{{1,3}}|…+|\.\.\.|n/?a|n\.a\.|tbd|未定|不明|なし|該当なし", re.IGNORECASE
)


def in_half_width(text: str) -> str:
    """The text with full-width letters, digits and signs in half width, trimmed; all minus signs are `-`."""
    return text.translate(_HALF_WIDTH).strip()


def without_note(text: str) -> str:
    """The text, in half width, without the mark of a note behind it: ※1, (注2)."""
    return _NOTE.sub("", text)


def states_no_amount(text: str) -> bool:
    """Whether a text in the place of a number or a date says that there is none, or that it is not known."""
    return _NO_AMOUNT.fullmatch(in_half_width(text)) is not None
