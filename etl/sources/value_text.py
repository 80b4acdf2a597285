"""What all readers of values share: the refusal, and full-width signs written in half width."""


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


def in_half_width(text: str) -> str:
    """The text with full-width letters, digits and signs in half width, trimmed; all minus signs are `-`."""
    return text.translate(_HALF_WIDTH).strip()
