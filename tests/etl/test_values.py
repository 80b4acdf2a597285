"""Numbers and dates as people write them: read where they have one meaning, refused where they may have two."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.contracts import TABLES
from etl.contracts.columns import Reads
from etl.sources.value_text import states_no_amount
from etl.sources.values import READERS, ValueNotUnderstood, is_plain, reader, shown

FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
ERAS = (("令和", "R", 2018), ("平成", "H", 1988))
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("12345", 12345),
        ("12,345", 12345),
        ("１２,３４５", 12345),
        ("１２，３４５", 12345),
        ("+12", 12),
        ("12.0", 12),
        ("1億2,000万", 120_000_000),
        ("1億 2,000万 t-CO2", 120_000_000),
        ("1.5億", 150_000_000),
        ("12.3万トン", 123_000),
        ("3万4,500", 34_500),
        ("5千t", 5_000),
        ("12.3 kt", 12_300),
        ("12.3ktCO2", 12_300),
        ("1.2 Mt", 1_200_000),
        ("12 tCO2e", 12),
        ("12 t-CO₂", 12),
        ("12 t-CO2換算", 12),
        ("12 tonnes", 12),
        ("-5", -5),
        ("▲5", -5),
        ("−5", -5),
        ("0", 0),
        ("約1,200", 1_200),
        ("約1億", 100_000_000),
        ("12※1", 12),
        ("12※1 t", 12),
        ("1,200(注2)", 1_200),
        ("1,200（注2）", 1_200),
        ("1,200 t-CO2※2", 1_200),
        ("1.2千t", 1_200),
        ("△120", -120),
    ],
)
def test_tonnes_in_the_styles_of_both_languages(text: str, tonnes: int) -> None:
    assert READERS["tonnes"](text) == tonnes


@pytest.mark.parametrize(
    "text",
    [
        "12,34",  # a comma for the fraction, or one too many
        "1,2345",
        "12.000",  # twelve, or twelve thousand
        "1.234.567",
        "12 345",
        "12³",  # a mark of a footnote
        "①2",
        "約多数",
        "100~200",
        "100～200",
        "100 200",
        "12※123",
        "12 kW",
        "12万kW",
        "12 MWh",
        "50%",
        "12 t-CO2/年",  # a yearly amount, in a column that holds another
        "12-15",
        "1億20,000万",
        "1.5億3万",
        "12.5 t",  # not whole
        "1.2345 kt",
        "12 mt",  # metric tonnes, or millions
        "12 MT",
        "12 tons",
        "12 kg",
        "1.2E+05",
        "100万kt",
        "一億",
        "万",
        "t",
        "-",
        "n/a",
        "=1+1",
        "9" * 30,
        "9" * 10_000,
    ],
)
def test_tonnes_that_may_mean_something_else_are_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood) as refused:
        READERS["tonnes"](text)
    assert "12.3 kt" in refused.value.expected_en
    assert "整数のトン数" in refused.value.expected_ja


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("12万t-CO2/年", 120_000),
        ("1,200 tCO2/yr", 1_200),
        ("1,200 tCO2e/year", 1_200),
        ("12 kt/y", 12_000),
        ("1,200トン", 1_200),
    ],
)
def test_a_yearly_amount_may_say_that_it_is_yearly(text: str, tonnes: int) -> None:
    assert reader("est_annual_tco2", "tonnes")(text) == tonnes


@pytest.mark.parametrize(
    ("text", "said_en", "said_ja"),
    [
        ("12 kW", "not kW", "kWではない"),
        ("12万MWh", "not MWh", "MWhではない"),
        ("50%", "not %", "%ではない"),
        ("100~200", "one number, not a range or several", "範囲や複数の数ではない"),
        ("1,200 1,300", "one number, not a range or several", "範囲や複数の数ではない"),
    ],
)
def test_a_refusal_says_what_is_wrong_with_the_amount(text: str, said_en: str, said_ja: str) -> None:
    with pytest.raises(ValueNotUnderstood) as refused:
        reader("est_annual_tco2", "tonnes")(text)
    assert said_en in refused.value.expected_en
    assert said_ja in refused.value.expected_ja


@given(st.integers(min_value=-(10**12), max_value=10**12), st.sampled_from(["", " t", "t-CO2", " tCO2e"]))
def test_a_whole_number_is_read_back_from_every_style(number: int, unit: str) -> None:
    for written in (f"{number}", f"{number:,}", f"{number:,}".translate(FULL_WIDTH)):
        assert READERS["tonnes"](written + unit) == number
        assert READERS["integer"](written) == number
        assert READERS["decimal"](written) == number


@given(st.integers(min_value=1, max_value=10**12))
@example(10**4)
@example(10**8)
def test_japanese_numerals_are_read_back(number: int) -> None:
    oku, below = divmod(number, 10**8)
    man, rest = divmod(below, 10**4)
    terms = [(oku, "億"), (man, "万"), (rest, "")]
    plain = "".join(f"{value}{name}" for value, name in terms if value)
    grouped = "".join(f"{value:,}{name}" for value, name in terms if value)
    assert READERS["tonnes"](plain) == READERS["tonnes"](f"{grouped}トン") == number
    assert READERS["tonnes"](f"{number / 10**4:.4f}万".translate(FULL_WIDTH)) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_kilotonnes_and_megatonnes_are_exact(number: int) -> None:
    assert READERS["tonnes"](f"{number // 1000}.{number % 1000:03} kt") == number
    assert READERS["tonnes"](f"{number // 10**6}.{number % 10**6:06} Mt") == number


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=3))
def test_a_fraction_is_read_back(number: object) -> None:
    assert READERS["decimal"](f"{number:,}") == float(str(number))


@pytest.mark.parametrize("text", ["0,5", "50%", "nan", "inf", "1e3", "35°N", "1/2", "9" * 400])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match=r"a number, such as 12\.5"):
        READERS["decimal"](text)


@pytest.mark.parametrize("text", ["1.5", "3.000", "2014年", "three"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="a whole number"):
        READERS["integer"](text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-18",
        "2025-2-18",
        "2025/2/18",
        "2025/02/18",
        "2025.2.18",
        "20250218",
        "2025年2月18日",
        "2025年 2月18日(火)",
        "２０２５年２月１８日（火曜日）",
        "令和7年2月18日",
        "令和７年２月１８日",
        "R7.2.18",
        "18 February 2025",
        "18 Feb. 2025",
        "18 Feb 25",
        "18-Feb-25",
        "18-Feb-2025",
        "2025年2月18日※1",
        "February 18, 2025",
        "Feb 18, 2025",
        "2025-02-18T00:00:00",
        "2025-02-18 00:00:00",
    ],
)
def test_a_date_in_the_styles_of_both_languages(text: str) -> None:
    assert READERS["date"](text) == date(2025, 2, 18)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2025",  # March or April
        "18/02/2025",
        "01/02/26",
        "18-02-25",
        "Feb-25",  # a month, or a day of this year
        "約2025-02-18",
        "25/2/18",
        "2025-02-30",
        "2025-13-01",
        "2025-00-10",
        "2025-02",
        "2025",
        "45706",  # a serial number of a spreadsheet
        "2025-02-18 13:00",
        "2025年2月18日(水)",  # it was a Tuesday
        "令和元年4月30日",  # the era began a day later
        "平成31年5月1日",
        "令和0年1月1日",
        "平成35年1月1日",
        "0025-02-18",
        "9999-01-01",
        "2025年2月",
        "18 Foo 2025",
        "yesterday",
    ],
)
def test_a_date_that_may_mean_another_day_is_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood) as refused:
        READERS["date"](text)
    assert "2025-02-18" in refused.value.expected_en
    assert "令和7年2月18日" in refused.value.expected_ja


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
@example(date(2019, 4, 30))
@example(date(2019, 5, 1))
@example(date(2024, 2, 29))
def test_a_date_is_read_back_from_every_style(day: date) -> None:
    era, letter, before = ERAS[0] if day >= date(2019, 5, 1) else ERAS[1]
    of_era = day.year - before
    for written in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})",
        f"{era}{'元' if of_era == 1 else of_era}年{day.month}月{day.day}日",
        f"{era}{of_era}年{day.month}月{day.day}日",
        f"{letter}{of_era}.{day.month}.{day.day}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
        f"{day.day:02}-{MONTHS[day.month - 1][:3]}-{day.year}",
    ):
        assert READERS["date"](written) == day
        assert READERS["date"](written.translate(FULL_WIDTH)) == day
        assert READERS["partial_date"](written) == day
        assert READERS["precision"](written) == "day"


@pytest.mark.parametrize(
    ("text", "earliest", "precision"),
    [
        ("2025-02", date(2025, 2, 1), "month"),
        ("2025/2", date(2025, 2, 1), "month"),
        ("2025年2月", date(2025, 2, 1), "month"),
        ("令和7年2月", date(2025, 2, 1), "month"),
        ("February 2025", date(2025, 2, 1), "month"),
        ("2025", date(2025, 1, 1), "year"),
        ("2025年", date(2025, 1, 1), "year"),
        ("令和7年", date(2025, 1, 1), "year"),
    ],
)
def test_a_month_or_a_year_keeps_its_earliest_day_and_its_precision(
    text: str, earliest: date, precision: str
) -> None:
    assert READERS["partial_date"](text) == earliest
    assert READERS["precision"](text) == precision


@pytest.mark.parametrize(
    "text", ["2025年度", "FY2025", "2025.2", "平成32年", "2025-13", "2025-0", "25", "2025-Q1"]
)
def test_a_fiscal_year_or_a_cut_off_month_is_no_date(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="a date, a month or a year"):
        READERS["partial_date"](text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2013-01-08", date(2013, 1, 8), date(2013, 1, 8)),
        ("2014-04", date(2014, 4, 1), date(2014, 4, 30)),
        ("2022-06-01/2022-08-26", date(2022, 6, 1), date(2022, 8, 26)),
        ("2022-06/2022-08", date(2022, 6, 1), date(2022, 8, 31)),
        ("2022/6/1〜2022/8/26", date(2022, 6, 1), date(2022, 8, 26)),
        ("令和4年6月1日～令和4年8月26日", date(2022, 6, 1), date(2022, 8, 26)),
    ],
)
def test_an_interval_has_two_ends(text: str, first: date, last: date) -> None:
    assert READERS["interval_from"](text) == first
    assert READERS["interval_to"](text) == last


@pytest.mark.parametrize(
    "text", ["2022", "2022-06-01/", "2022/6/1/2022/8/26", "2022-06-01/08-26", "2022/2023"]
)
def test_an_interval_without_two_clear_ends_is_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="two dates with /"):
        READERS["interval_from"](text)


@pytest.mark.parametrize(
    "text", ["2030", "FY2030", "FY 2030", "2030年度", "令和12年度", "R12年度", "２０３０年度"]
)
def test_a_fiscal_year_is_the_year_in_which_it_begins(text: str) -> None:
    assert READERS["year"](text) == 2030


@pytest.mark.parametrize("text", ["30", "FY30", "2030年", "2030-31", "2030.0", "平成42年度", "1億"])
def test_what_may_be_another_year_is_refused(text: str) -> None:
    with pytest.raises(ValueNotUnderstood, match="FY2025"):
        READERS["year"](text)


def test_true_and_false() -> None:
    assert [READERS["boolean"](t) for t in ("true", "TRUE", "Yes", "はい")] == [True] * 4
    assert [READERS["boolean"](t) for t in ("false", "No", "ｎｏ", "いいえ")] == [False] * 4
    for text in ("1", "0", "t", "○", "maybe"):
        with pytest.raises(ValueNotUnderstood, match="true or false"):
            READERS["boolean"](text)


@given(st.text(min_size=1))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in READERS.values():
        with suppress(ValueNotUnderstood):
            read(text)


def test_every_column_is_read_in_a_way_that_exists() -> None:
    ways = {(c.metadata or {})["reads"] for t in TABLES for c in t.schema.columns().values()}
    assert ways <= set(READERS)


@pytest.mark.parametrize(
    "text", ["－", "ー", "―", "—", "–", "-", "N/A", "n/a", "NA", "未定", "不明", "なし", "...", "…"]
)
def test_what_states_no_amount_is_known(text: str) -> None:
    assert states_no_amount(text)


@pytest.mark.parametrize("text", ["0", "-5", "NAM", "not yet", "未定稿", "1…", "N"])
def test_what_states_something_is_not_taken_for_nothing(text: str) -> None:
    assert not states_no_amount(text)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_in_plain_form_needs_no_remark(number: int) -> None:
    for written in (f"{number}", f"{number:,}"):
        assert is_plain(written, "tonnes")
        assert is_plain(written, "decimal")
    assert not is_plain(f"約{number}", "tonnes")


@pytest.mark.parametrize(
    ("text", "reads", "read"),
    [
        ("12万t", "tonnes", "120,000"),
        ("令和8年1月", "partial_date", "2026-01"),
        ("2022/6/1～2022/8/26", "interval_from", "2022-06-01/2022-08-26"),
        ("令和7年度", "year", "2025"),
    ],
)
def test_what_was_read_is_shown_as_exact_as_it_was(text: str, reads: Reads, read: str) -> None:
    assert not is_plain(text, reads)
    assert shown(text, reads, READERS[reads](text)) == read
