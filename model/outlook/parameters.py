"""The levers of a scenario: each with its unit, allowed range, default and meaning in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Parameter:
    """One lever: its allowed range and unit, its default, and what it means in both languages.

    `default` None is “as observed”, which only parameters with `may_be_observed` take. `step` is that of a slider.
    """

    name: str
    unit: str
    least: float
    most: float
    default: float | None
    step: float
    title_en: str
    title_ja: str
    text_en: str
    text_ja: str
    is_whole: bool = False
    may_be_observed: bool = False

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.unit == "switch"


# The four numbers of each are least, most, default and step.
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "realisation_pipeline",
        "share",
        *(0, 1, 0.8, 0.05),
        "Realisation of selected projects",
        "採択・計画案件の実現率",
        "Share of selected or planned projects that go into operation. Stated: public lists drop cancelled projects"
        " in silence, so it cannot be measured; withdrawals known to us are few.",
        "採択・計画段階の案件のうち稼働に至る割合。中止案件は一覧から公表なく除かれるため実測できず、仮定値とする。",
    ),
    Parameter(
        "realisation_validation",
        "share",
        *(0, 1, 0.95, 0.05),
        "Realisation of projects under validation",
        "妥当性確認中案件の実現率",
        "Share of projects under validation that go into operation. Stated; most of them run already.",
        "妥当性確認中の案件のうち稼働に至る割合。多くは既に稼働しているため高い値を仮定する。",
    ),
    Parameter(
        "delivery_mean",
        "ratio",
        *(0.1, 2, None, 0.05),
        "Delivery ratio, middle",
        "達成率(中央値)",
        "Verified tonnes divided by the annual estimate for the same days. As observed: measured on issuances of single"
        " projects, drawn towards 0.85 while observations are few.",
        "検証済みの量÷同期間の見込量。実測値は単独案件の発行から求め、標本が少ない間は0.85に寄せる。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_spread",
        "log standard deviation",
        *(0, 1, None, 0.05),
        "Delivery ratio, differences between projects",
        "達成率(案件間のばらつき)",
        "How much projects differ from each other: about the relative standard deviation.",
        "案件間の達成率のばらつき(おおむね相対標準偏差)。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_common_spread",
        "log standard deviation",
        *(0, 1, None, 0.05),
        "Delivery ratio, uncertainty of the middle",
        "達成率(中央値の不確かさ)",
        "How unsure the middle itself is, the same for all projects of a draw; it does not average out.",
        "中央値そのものの不確かさ。全案件に共通に作用し、平均しても消えない。",
        may_be_observed=True,
    ),
    Parameter(
        "start_spread",
        "times the observed spread",
        *(0, 3, 1, 0.25),
        "Spread of assumed starts",
        "稼働開始日のばらつき",
        "Assumed starts of operation vary as those observed did; 1 is as observed, 0 none.",
        "仮定した稼働開始日のばらつき。1は実測どおり、0はばらつきなし。",
    ),
    Parameter(
        "start_shift_years",
        "years",
        *(-2, 5, 0, 0.25),
        "Delay of all assumed starts",
        "稼働開始の一律の遅れ",
        "Shifts every assumed start that lies after the as-of date, and those of new projects.",
        "基準日より後の仮定の稼働開始日と新規案件の稼働開始を一律に遅らせる年数。",
    ),
    Parameter(
        "lifetime_spread",
        "log standard deviation",
        *(0, 0.5, 0.1, 0.05),
        "Spread of lifetimes",
        "稼働年数のばらつき",
        "Lifetimes vary around the assumed life of the technology. Stated.",
        "技術別の想定稼働年数の前後のばらつき。仮定値。",
    ),
    Parameter(
        "impute",
        "switch",
        *(0, 1, 1, 1),
        "Projects without an estimate",
        "見込量のない案件",
        "1: a project without an annual estimate gets one drawn from projects of like technology, by the MW of its title"
        " where it names them. 0: such projects count as nothing.",
        "1:年間見込量の記載がない案件に、同種技術(題名にMWの記載があればその規模)から推計した値を与える。0:含めない。",
        is_whole=True,
    ),
    Parameter(
        "new_per_year",
        "projects a year",
        *(0, 500, None, 1),
        "New projects a year, government-supported",
        "新規案件数(政府支援、年間)",
        "Mean number selected in a fiscal year. As observed: the mean of the last five completed fiscal years.",
        "年度当たりの平均採択件数。実測は直近5年度の平均。",
        may_be_observed=True,
    ),
    Parameter(
        "private_per_year",
        "projects a year",
        *(0, 500, None, 1),
        "New projects a year, private",
        "新規案件数(民間資金、年間)",
        "Mean number a fiscal year. As observed: the mean of the last five completed fiscal years.",
        "年度当たりの平均件数。実測は直近5年度の平均。",
        may_be_observed=True,
    ),
    Parameter(
        "growth",
        "a year",
        *(-0.5, 0.5, 0, 0.01),
        "Growth of the number",
        "件数の伸び率",
        "Yearly growth of both numbers, compound, from the first fiscal year of intake.",
        "新規案件数の年率の伸び(複利)。",
    ),
    Parameter(
        "size_factor",
        "times",
        *(0, 50, 1, 0.25),
        "Size of new government-supported projects",
        "新規案件の規模(政府支援)",
        "Multiplies the annual reductions of new projects; 1 is the sizes known so far.",
        "新規案件の年間削減量に乗じる倍率。1はこれまでの規模。",
    ),
    Parameter(
        "private_size_factor",
        "times",
        *(0, 50, 1, 0.25),
        "Size of new private projects",
        "新規案件の規模(民間資金)",
        "The same for private projects.",
        "民間資金の新規案件に乗じる倍率。",
    ),
    Parameter(
        "large_per_year",
        "projects a year",
        *(0, 20, 0, 0.5),
        "Very large new projects a year",
        "超大型の新規案件数(年間)",
        "Projects of a kind hardly seen so far, such as large capture and storage or forests; mean number a year.",
        "CCSや大規模森林など、これまでほとんど例のない規模の案件の年間平均件数。",
    ),
    Parameter(
        "large_size_tco2",
        "tCO2 a year",
        *(100_000, 20_000_000, 1_000_000, 100_000),
        "Annual reductions of a very large project",
        "超大型案件1件の年間削減量",
        "The middle; single projects vary by half.",
        "中央値。個々の案件は5割程度ばらつく。",
    ),
    Parameter(
        "realisation_new",
        "share",
        *(0, 1, 0.8, 0.05),
        "Realisation of new projects",
        "新規案件の実現率",
        "Share of new projects that go into operation. Stated.",
        "新規案件のうち稼働に至る割合。仮定値。",
    ),
    Parameter(
        "last_intake_year",
        "fiscal year",
        *(2020, 2050, 2040, 1),
        "Last fiscal year of intake",
        "新規採択の最終年度",
        "No project is selected after it.",
        "この年度より後の採択は見込まない。",
        is_whole=True,
    ),
)

PARAMETER: Mapping[str, Parameter] = {p.name: p for p in PARAMETERS}
