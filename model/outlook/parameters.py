"""The levers of a scenario: each with its unit, allowed range, default and meaning in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Parameter:
    """One lever: its allowed range and unit, its default, and what it means in both languages.

    `default` None is “as observed”, which only parameters with `may_be_observed` take. `step` is that of a slider.
    `moves` says what it acts on: the draws of reductions, or only what of them counts by a deadline.
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
    moves: Literal["draws", "counting"] = "draws"

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off."""
        return self.unit == "switch"


# The four numbers of each are least, most, default and step.
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "realisation_pipeline",
        "share",
        *(0, 1, None, 0.05),
        "Realisation of selected projects",
        "採択・計画案件の実現率",
        "Share of selected projects not yet on the JCM list that are registered in the end. As observed: learnt from what"
        " became of the projects selected in each fiscal year, for each project by how long it has waited; where too"
        " little was observed 0.8, a judgement.",
        "JCMの一覧に未掲載の採択案件のうち、最終的に登録に至る割合。実測値は年度別の採択案件のその後の経過から、案件ごとの待機年数に応じて推計する。標本が少ない場合は0.8と仮定する。",
        may_be_observed=True,
    ),
    Parameter(
        "realisation_validation",
        "share",
        *(0, 1, None, 0.05),
        "Realisation of projects under validation",
        "妥当性確認中案件の実現率",
        "Share of listed projects that are registered in the end. As observed: learnt in the same way from listed"
        " projects; where too little was observed 0.95, a judgement.",
        "一覧に掲載された案件のうち、最終的に登録に至る割合。実測値は掲載案件の経過から同様に推計する。標本が少ない場合は0.95と仮定する。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_mean",
        "ratio",
        *(0.1, 2, None, 0.05),
        "Delivery ratio",
        "達成率",
        "Verified tonnes divided by the annual estimate for the same days, on average over projects. As observed: the"
        " robust centre of the ratios of single projects, drawn towards 0.85 while they are few.",
        "検証済みの量÷同期間の見込量（案件平均）。実測値は単独案件の発行から外れ値に頑健な方法で求め、標本が少ない間は0.85に寄せる。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_spread",
        "log standard deviation",
        *(0, 1, None, 0.05),
        "Delivery ratio, differences between projects",
        "達成率（案件間のばらつき）",
        "How much projects differ from each other: about the relative standard deviation. It leaves the average as it is.",
        "案件間の達成率のばらつき（おおむね相対標準偏差）。平均は変わらない。",
        may_be_observed=True,
    ),
    Parameter(
        "delivery_common_spread",
        "log standard deviation",
        *(0, 1, None, 0.05),
        "Delivery ratio, uncertainty of the average",
        "達成率（平均の不確かさ）",
        "How unsure the average itself is, the same for all projects of a draw; it does not cancel out.",
        "平均そのものの不確かさ。全案件に共通に作用し、打ち消し合わない。",
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
        *(0, 1, 0, 1),
        "Projects without an estimate",
        "見込量のない案件",
        "0: such projects count as nothing. 1: each gets a size drawn from projects of its technology, programme and stage,"
        " by the MW of its title where it names them; no document states it.",
        "0：含めない。1：技術・支援事業・段階（題名にMWの記載があればその規模）が近い案件から推計した値を与える（公表値ではない）。",
        is_whole=True,
    ),
    Parameter(
        "new_per_year",
        "projects a year",
        *(0, 500, None, 1),
        "New projects a year, government-supported",
        "新規案件数（政府支援、年間）",
        "Mean number selected in a fiscal year. As observed: the mean of the last five completed fiscal years; projects"
        " whose fiscal year of selection is not known are in no year.",
        "年度当たりの平均採択件数。実測は終了した直近5年度の平均。採択年度が不明な案件は含まない。",
        may_be_observed=True,
    ),
    Parameter(
        "private_per_year",
        "projects a year",
        *(0, 500, None, 1),
        "New projects a year, private",
        "新規案件数（民間資金、年間）",
        "Mean number a fiscal year. As observed: the mean of the last five completed fiscal years; projects whose fiscal"
        " year is not known are in no year.",
        "年度当たりの平均件数。実測は終了した直近5年度の平均。年度が不明な案件は含まない。",
        may_be_observed=True,
    ),
    Parameter(
        "growth",
        "a year",
        *(-0.5, 0.5, 0, 0.01),
        "Growth of the number",
        "件数の伸び率",
        "Yearly growth of both numbers, compound, from the first fiscal year of intake.",
        "新規案件数の年率の伸び（複利）。",
    ),
    Parameter(
        "size_factor",
        "times",
        *(0, 50, 1, 0.25),
        "Size of new government-supported projects",
        "新規案件の規模（政府支援）",
        "Multiplies the annual reductions of new projects; 1 is the sizes stated so far.",
        "新規案件の年間削減量に乗じる倍率。1はこれまでの公表値の規模。",
    ),
    Parameter(
        "private_size_factor",
        "times",
        *(0, 50, 1, 0.25),
        "Size of new private projects",
        "新規案件の規模（民間資金）",
        "The same for private projects.",
        "民間資金の新規案件に乗じる倍率。",
    ),
    Parameter(
        "large_per_year",
        "projects a year",
        *(0, 20, 0, 0.5),
        "Very large new projects a year",
        "超大型の新規案件数（年間）",
        "Projects of a kind hardly seen so far, such as large capture and storage or forests; mean number a year.",
        "CCSや大規模森林など、これまでほとんど例のない規模の案件の年間平均件数。",
    ),
    Parameter(
        "large_size_tco2",
        "tCO2 a year",
        *(100_000, 20_000_000, 1_000_000, 100_000),
        "Annual reductions of a very large project",
        "超大型案件1件の年間削減量",
        "The average; single projects vary by half.",
        "平均値。個々の案件は5割程度ばらつく。",
    ),
    Parameter(
        "realisation_new",
        "share",
        *(0, 1, None, 0.05),
        "Realisation of new projects",
        "新規案件の実現率",
        "Share of new projects that are registered in the end. As observed: from the same curve, from selection on.",
        "新規案件のうち最終的に登録に至る割合。実測値は採択時からの同じ推計による。",
        may_be_observed=True,
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
    Parameter(
        "monitoring_years",
        "years",
        *(0.25, 10, None, 0.25),
        "Length of a monitoring period",
        "モニタリング期間の長さ",
        "Every so many years the tonnes of a project are monitored and verified. As observed: the lengths of the periods on"
        " record, drawn towards 1.5 years while they are few (STEP-MONITORING).",
        "案件の削減量をモニタリング・検証する間隔。実測値は記録上の期間の長さによる（少ない間は1.5年に寄せる。STEP-MONITORING）。",
        may_be_observed=True,
        moves="counting",
    ),
    Parameter(
        "weeks_saved",
        "weeks",
        *(0, 260, 0, 1),
        "Weeks saved at each step",
        "各段階で短縮する週数",
        "Taken off each wait: end of period to decision, decision to issue, issue to first transfer, transfer to cancellation;"
        " none falls below 0.",
        "期間終了から発行決定、発行、初回移転、無効化までの各段階の待ち時間から差し引く週数。0を下回らない。",
        moves="counting",
    ),
    Parameter(
        "monitored_share",
        "share",
        *(0, 1, None, 0.05),
        "Projects that ask for issuance",
        "発行を申請する案件の割合",
        "Part of the projects in operation that ask for issuance at all. As observed: of those registered more than five"
        " years ago (STEP-MONITORED).",
        "稼働中の案件のうち、発行を申請するものの割合。実測値は登録後5年を超えた案件による（STEP-MONITORED）。",
        may_be_observed=True,
        moves="counting",
    ),
    Parameter(
        "japan_share",
        "share",
        *(0, 1, None, 0.05),
        "Japanese side of what is issued",
        "発行量に占める日本側の割合",
        "As observed: by country where three issuances or more state it, else of all (STEP-JAPAN).",
        "実測値は、割合が判明する発行が3件以上ある国では国別、それ以外は全体による（STEP-JAPAN）。",
        may_be_observed=True,
        moves="counting",
    ),
    Parameter(
        "transferred_share",
        "share",
        *(0, 1, None, 0.05),
        "Japanese side that is first transferred",
        "日本側のうち初回移転される割合",
        "Part that is authorised and first transferred. As observed: of what was issued since first transfers take place"
        " (STEP-TRANSFERRED).",
        "承認され、初回移転される割合。実測値は初回移転の開始後の発行による（STEP-TRANSFERRED）。",
        may_be_observed=True,
        moves="counting",
    ),
    Parameter(
        "cancelled_share",
        "share",
        *(0, 1, None, 0.05),
        "Holders who cancel in time",
        "期限内に無効化する保有者の割合",
        "Part of what is first transferred that its holders cancel towards the NDC. No cancellation is on record: as observed is"
        " an assumption (STEP-CANCEL-SHARE).",
        "初回移転された量のうち、保有者がNDCのために無効化する割合。無効化の実績はなく、「実測値」は仮定による（STEP-CANCEL-SHARE）。",
        may_be_observed=True,
        moves="counting",
    ),
)

PARAMETER: Mapping[str, Parameter] = {p.name: p for p in PARAMETERS}
