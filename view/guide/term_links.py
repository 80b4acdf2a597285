"""Terms of the field in running text lead to their meaning."""

import re
from collections.abc import Mapping
from functools import lru_cache

from view.guide.glossary import TERMS
from view.marks.markup import Markup, joined
from view.texts import Language

SAID: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "jcm": (("Joint Crediting Mechanism",), ("二国間クレジット制度",)),
    "partner": (("partner countries", "partner country"), ("パートナー国",)),
    "joint_committee": (("Joint Committees", "Joint Committee"), ("合同委員会",)),
    "methodology": (("methodologies", "methodology"), ("方法論",)),
    "selection": (("selections", "selection"), ("採択",)),
    "validation": (("under validation", "validation"), ("妥当性確認",)),
    "registration": (("registration", "registered"), ("登録済み", "登録")),
    "estimate": (("annual estimates", "annual estimate", "expected reductions"), ("年間見込量", "見込量")),
    "monitoring_period": (("monitoring periods", "monitoring period"), ("モニタリング期間",)),
    "vintage": (("vintages", "vintage"), ("削減年",)),
    "lapse": (("selected long ago, never listed", "dormant"), ("選定後長期未掲載",)),
    "range": ((), ()),
    "at_least": ((), ()),
    "reported": (("reported, not confirmed",), ("報道等",)),
    "verification": (("verification", "verified"), ("検証済み", "検証")),
    "decision": (
        ("decided for issuance", "issuance decided", "decisions on issuance", "decision on issuance"),
        ("発行決定",),
    ),
    "issuance": (("issuances", "issuance", "issued"), ("発行済み", "発行量")),
    "allocation": (("allocation",), ("配分",)),
    "account_book": (("statutory account book", "account book"), ("口座簿",)),
    "ndc": (("NDCs", "NDC"), ("NDC",)),
    "cooperative_approach": (("cooperative approaches", "cooperative approach"), ("協力的アプローチ",)),
    "authorisation": (("authorisation", "authorised"), ("承認",)),
    "itmo": (("ITMOs", "ITMO"), ("ITMO",)),
    "first_transfer": (("first transfers", "first transferred", "first transfer"), ("初回移転",)),
    "corresponding_adjustment": (("corresponding adjustments", "corresponding adjustment"), ("相当調整",)),
    "oimp": (("other international mitigation purposes", "OIMP"), ("OIMP",)),
    "coverage": (("coverage",), ("カバー率",)),
    "as_of": ((), ("基準日",)),
    "fiscal_year": (("fiscal years", "fiscal year"), ()),
    "delivery_ratio": (("delivery ratios", "delivery ratio"), ("達成率",)),
    "tco2": (("tCO2",), ("tCO2",)),
}
"""How texts say each term of the glossary, English and Japanese."""

TERM_OF_RUNG: Mapping[str, str] = {
    "dormant": "lapse",
    "pipeline": "selection",
    "validation": "validation",
    "registered": "registration",
    "notified": "decision",
    "issued": "issuance",
    "japan": "allocation",
    "itmo": "itmo",
    "ndc": "ndc",
}
"""The term that explains each rung."""


@lru_cache(maxsize=3)
def _said(lang: Language) -> tuple[re.Pattern[str], Mapping[str, str]]:
    codes = {form.lower(): code for code, forms in SAID.items() for form in forms[1 if lang == "ja" else 0]}
    forms = "|".join(re.escape(form) for form in sorted(codes, key=len, reverse=True))
    pattern = f"(?:{forms})" if lang == "ja" else rf"\b(?:{forms})\b"
    return re.compile(pattern, re.IGNORECASE), codes


@lru_cache(maxsize=3)
def _meanings(lang: Language) -> Mapping[str, str]:
    return {term.code: term.meaning_ja if lang == "ja" else term.meaning_en for term in TERMS}


@lru_cache(maxsize=4096)
def with_terms(text: str, lang: Language) -> Markup:
    """HTML of a text: each term links to its meaning at its first occurrence, and tells it on hover and on focus."""
    pattern, codes = _said(lang)
    linked: set[str] = set()
    parts: list[str] = []
    end = 0
    for found in pattern.finditer(text):
        code = codes[found.group().lower()]
        if code in linked:
            continue
        linked.add(code)
        link = Markup('<a class="jcm-term" href="{}" data-meaning="{}" target="_blank" rel="noopener">{}</a>')
        parts += [
            text[end : found.start()],
            link.format(f"guide?lang={lang}&term={code}", _meanings(lang)[code], found.group()),
        ]
        end = found.end()
    return joined([*parts, text[end:]])
