"""Terms of the field, each with what it means here."""

from collections.abc import Sequence
from dataclasses import dataclass

from view.marks.markup import joined
from view.marks.table import Column, Markup, Table
from view.texts import Texts


@dataclass(frozen=True)
class Term:
    """A term in both languages and what it means."""

    code: str
    en: str
    ja: str
    meaning_en: str
    meaning_ja: str


TERMS: Sequence[Term] = (
    Term(
        "jcm",
        "Joint Crediting Mechanism (JCM)",
        "二国間クレジット制度（JCM）",
        "Japan and a partner country carry out projects together; verified reductions or removals become credits that the two share.",
        "日本とパートナー国が共同で事業を実施し、検証された排出削減・吸収量をクレジットとして両国で配分する制度。",
    ),
    Term(
        "partner",
        "Partner country",
        "パートナー国",
        "A country that signed a memorandum on the JCM with Japan. The number is that of the day looked at.",
        "日本とJCMに関する協力覚書等に署名した国。国数は表示している基準日のもの。",
    ),
    Term(
        "joint_committee",
        "Joint Committee",
        "合同委員会",
        "Representatives of both governments; it adopts rules and methodologies, registers projects and decides on issuance.",
        "両国政府の代表で構成し、規則・方法論の採択、案件の登録及び発行量の決定を行う。",
    ),
    Term(
        "methodology",
        "Methodology",
        "方法論",
        "How the reductions of a kind of project are calculated, approved by the Joint Committee.",
        "特定の種類の事業について削減量を算定する方法。合同委員会が承認する。",
    ),
    Term(
        "selection",
        "Selection",
        "採択",
        "A programme decides to support a project. It is not yet a registration and gives no credits by itself.",
        "支援事業による案件の採択。登録ではなく、それだけではクレジットは生じない。",
    ),
    Term(
        "validation",
        "Validation",
        "妥当性確認",
        "A third-party entity checks the design of a project against the methodology before its registration.",
        "登録前に、第三者機関がプロジェクト設計書を方法論に照らして確認すること。",
    ),
    Term(
        "registration",
        "Registration",
        "登録",
        "The Joint Committee accepts the project under the JCM.",
        "合同委員会がJCMプロジェクトとして登録すること。",
    ),
    Term(
        "lapse",
        "Selected long ago, never listed (lapse)",
        "選定後長期未掲載",
        "A project that was selected longer ago than any project has needed from selection to registration, and never appeared on the JCM list. It is kept and shown, and stands in no sum; it returns when it is listed.",
        "採択から登録までの最長実績を超えても、JCMプロジェクト一覧に掲載されていない案件。記録し表示するが、合計には含めない。掲載されれば元の段階に戻す。",
    ),
    Term(
        "estimate",
        "Expected reductions",
        "見込み",
        "Annual estimate × time in operation, up to the year named. Not verified and not a credit.",
        "年間削減見込量に稼働期間を乗じた、表示年度末までの量。検証前であり、クレジットではない。",
    ),
    Term(
        "monitoring_period",
        "Monitoring period",
        "モニタリング期間",
        "The days whose reductions were measured and verified. Its years are the vintage of the credits.",
        "削減量を計測し検証した期間。その年がクレジットの削減年（ビンテージ）となる。",
    ),
    Term(
        "vintage",
        "Year of the reductions (vintage)",
        "削減年（ビンテージ）",
        "The year in which the reductions took place, whatever the year of issuance. Only reductions from 2021 on may be used towards Japan's NDC: so the press on the METI subcommittee of 19 December 2025 and, reported only, the ministry's Q&A of 26 December 2025 as a wiki quotes it.",
        "発行の年ではなく、削減が行われた年。日本のNDCに用い得るのは2021年以降に実現した削減分のみ。根拠は経済産業省の小委員会（2025年12月19日）に関する報道、及び環境省の質疑応答（2025年12月26日。ウィキの引用によるもので未確認）。",
    ),
    Term(
        "verification",
        "Verification",
        "検証",
        "A third-party entity confirms the reductions of a monitoring period.",
        "第三者機関がモニタリング期間の削減量を確認すること。",
    ),
    Term(
        "decision",
        "Decision on issuance (notified)",
        "発行決定（通知）",
        "The Joint Committee decides how many credits each government is to issue.",
        "合同委員会が、各国政府が発行すべきクレジットの量を決定し通知すること。",
    ),
    Term(
        "issuance",
        "Issuance",
        "発行",
        "Each government issues its part into its registry, not on the same day.",
        "各国政府がそれぞれの登録簿・口座簿に発行すること。両国で日が異なることがある。",
    ),
    Term(
        "allocation",
        "Allocation",
        "配分",
        "How the credits are shared between Japan (government and companies) and the partner. There is no single ratio.",
        "日本側（政府及び企業）とパートナー国側への配分。割合は案件により異なる。",
    ),
    Term(
        "account_book",
        "Statutory account book",
        "国際協力排出削減量口座簿",
        "Since 1 April 2025 Japan's credits stand in an account book laid down by law, kept by the implementing agency (JCMA).",
        "2025年4月1日から、日本のJCMクレジットは法律に基づく口座簿で管理され、指定実施機関（JCMA）が運営する。",
    ),
    Term(
        "ndc",
        "Nationally determined contribution (NDC)",
        "国が決定する貢献（NDC）",
        "A Party's own target under the Paris Agreement. Only tonnes that Japan acquires and uses count towards Japan's.",
        "パリ協定に基づく各国の目標。日本のNDCに計上されるのは、日本が取得し使用した分に限られる。",
    ),
    Term(
        "cooperative_approach",
        "Cooperative approach",
        "協力的アプローチ",
        "A way of working together under Article 6.2; the JCM as a whole was authorised as one on 31 March 2025.",
        "6条2項に基づく協力。JCM全体が2025年3月31日に協力的アプローチとして承認された。",
    ),
    Term(
        "authorisation",
        "Authorisation",
        "承認",
        "The Parties allow credits, the approach and entities to be used towards an NDC or other purposes.",
        "締約国が、クレジット、協力的アプローチ及び事業者について、NDC等への使用を認めること。",
    ),
    Term(
        "itmo",
        "ITMO (internationally transferred mitigation outcome)",
        "国際的に移転される緩和の成果（ITMOs）",
        "A credit that was authorised and first transferred. The first JCM ones date from 11 November 2025.",
        "承認され初回移転された緩和の成果。JCMでは2025年11月11日が最初。",
    ),
    Term(
        "first_transfer",
        "First transfer",
        "初回移転",
        "The first international transfer of an authorised outcome; from it follows the partner's addition.",
        "承認された緩和の成果の最初の国際移転。これに伴いパートナー国が加算を行う。",
    ),
    Term(
        "corresponding_adjustment",
        "Corresponding adjustment",
        "相当調整",
        "The partner adds what it first transferred to its emissions balance, in the year of the reductions; Japan subtracts what"
        " it uses, in the year of use: no tonne counts twice.",
        "パートナー国は初回移転量を削減が行われた年の排出バランスに加算し、日本は使用量を使用した年に減算する。二重計上を防ぐ仕組み。",
    ),
    Term(
        "oimp",
        "Other international mitigation purposes (OIMP)",
        "その他の国際的な緩和目的（OIMP）",
        "Use outside an NDC, such as for international aviation.",
        "国際航空など、NDC以外の目的への使用。",
    ),
    Term(
        "range",
        "Range (low and high end)",
        "幅（下限・上限）",
        "Some amounts are known only to lie between two figures. Sums carry both ends; a bar is drawn to the low end and lighter to the high end.",
        "二つの値の間にあることのみ判明している量。合計にも両端を示し、図では下限まで塗り、上限までを薄く描く。",
    ),
    Term(
        "at_least",
        "At least",
        "少なくとも",
        "Only a part of the amount is known, such as the Japanese government's share. The part is the low end; how much more there is, is not known.",
        "日本政府分など、量の一部のみが判明している場合。判明分を下限とし、それを超える量は不明とする。",
    ),
    Term(
        "reported",
        "Reported, not confirmed",
        "報道等（未確認）",
        "Rests on sources alone that are never believed alone, such as a wiki written with a language model. It is counted, marked wherever it stands, and its part of each sum is told.",
        "言語モデルを用いて編集されるウィキなど、単独では根拠としない出典のみに基づくもの。計上するが、表示のたびに明示し、合計に占める量を示す。",
    ),
    Term(
        "coverage",
        "Coverage",
        "カバー率",
        "Our figure divided by what officials stated for the same date and the same stage: issued with issued, never decided with issued. What is missing is never scaled up.",
        "同じ時点・同じ段階の公表値に対する当方の値の割合（発行量は発行済みの量と比べ、発行決定量とは比べない）。不足分の拡大推計は行わない。",
    ),
    Term(
        "as_of",
        "As of",
        "基準日",
        "The page shows what was known on this day, and nothing that became known later.",
        "この日までに判明していた事実のみを示す。",
    ),
    Term(
        "fiscal_year",
        "Fiscal year (FY)",
        "年度",
        "FY2030 is 1 April 2030 to 31 March 2031.",
        "2030年度は2030年4月1日から2031年3月31日まで。",
    ),
    Term(
        "delivery_ratio",
        "Delivery ratio",
        "達成率",
        "Tonnes decided for issuance ÷ tonnes expected for the same monitoring period.",
        "発行決定量÷同じモニタリング期間の見込量。",
    ),
    Term(
        "tco2",
        "tCO2, Mt-CO2",
        "tCO2、万t-CO2",
        "Tonnes of CO2 equivalent. 1 Mt is a million tonnes, 100 万t.",
        "二酸化炭素換算トン。1 Mtは100万トン。",
    ),
)


def term_html(code: str, t: Texts) -> Markup:
    """One term with its meaning, as a link asked for it."""
    found = next(term for term in TERMS if term.code == code)
    return Markup('<p class="jcm-meaning" role="status"><b>{}</b><br>{}</p>').format(
        t.pick(found.en, found.ja), t.pick(found.meaning_en, found.meaning_ja)
    )


def glossary_html(t: Texts) -> Markup:
    """The terms as a list of definitions, each with an anchor."""
    item = Markup('<div id="term-{}"><dt>{} <small lang="{}">{}</small></dt><dd>{}</dd></div>')
    terms = joined(
        item.format(
            term.code,
            t.pick(term.en, term.ja),
            t.other,
            t.other_of(term.en, term.ja),
            t.pick(term.meaning_en, term.meaning_ja),
        )
        for term in TERMS
    )
    return Markup('<dl class="jcm-terms">{}</dl>').format(terms)


def glossary_table(t: Texts) -> Table[Term]:
    """The terms for files, both languages side by side."""
    return Table(
        (
            Column("en", t("Term, English"), value=lambda term: term.en, cell=None),
            Column("ja", t("Term, Japanese"), value=lambda term: term.ja, cell=None),
            Column(
                "meaning",
                t("What it means"),
                value=lambda term: t.pick(term.meaning_en, term.meaning_ja),
                cell=None,
            ),
        ),
        TERMS,
        t,
    )
