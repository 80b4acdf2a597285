"""Names in other scripts and words longer than a column, in sentences and tables."""

from view.marks.table import breakable
from view.texts import texts


def test_a_name_from_right_to_left_is_set_apart_and_no_other_is() -> None:
    for lang in ("en", "ja"):
        t = texts(lang)  # type: ignore[arg-type]
        assert "\u2068جدة (50 MW)\u2069" in t("There is no page “{asked}”", asked="جدة (50 MW)")
        assert "\u2068" not in t("There is no page “{asked}”", asked="ชลบุรี")


def test_a_word_longer_than_a_column_has_places_to_break_and_markup_stays() -> None:
    assert breakable("a <b> " + "x" * 30) == "a &lt;b&gt; " + "x" * 14 + "<wbr>" + "x" * 14 + "<wbr>xx"
    assert breakable("Prey Lang Wildlife Sanctuary") == "Prey Lang Wildlife Sanctuary"
    assert breakable("高効率" * 30) == "高効率" * 30
