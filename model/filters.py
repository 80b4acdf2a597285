"""The one list of shared filters: what a reader can narrow every figure down to.

A new filter is one entry here. Conditions and values in SQL (`queries/filter_sql.py`), keys of the address, controls,
the sentence that states the choice, and the facets of the list of projects all follow from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Of = Literal["row", "stage", "project"]


@dataclass(frozen=True)
class Filter:
    """One filter.

    `key` names it in addresses and in the query `filter_options`, `parameter` in queries. `column` is that of the rows
    filtered; where `of` is "stage" it is the stage of the project in force on the day, where it is "project" it is a
    column of `table`, whose rows are of projects (`project_id`). `missing` is the value for rows that state none.
    """

    key: str
    parameter: str
    column: str
    label_en: str
    label_ja: str
    all_en: str
    all_ja: str
    takes_en: str
    takes_ja: str
    of: Of = "row"
    table: str = ""
    missing: str | int | None = None
    is_number: bool = False


FILTERS: Final = (
    Filter(
        "country", "countries", "iso3",
        "Partner country", "パートナー国", "All partner countries", "全パートナー国",
        "ISO 3166-1 alpha-3 codes", "ISO 3166-1 alpha-3 コード",
    ),
    Filter(
        "sector", "sectors", "sector_number",
        "Sector (JCM sectoral scope)", "分野（JCMセクトラルスコープ）", "All sectors", "全分野",
        "sectoral scopes, 0 for none stated", "セクトラルスコープ番号。0 は記載なし",
        missing=0, is_number=True,
    ),
    Filter(
        "technology", "technologies", "technology",
        "Technology", "技術", "All technologies", "全技術",
        "technologies, unstated for several", "技術。unstated は複数",
        missing="unstated",
    ),
    Filter(
        "programme", "programmes", "programme",
        "Programme", "支援事業", "All programmes", "全支援事業",
        "programmes, unstated for none", "支援事業。unstated は記載なし",
        missing="unstated",
    ),
    Filter(
        "funding", "fundings", "funding",
        "Funding", "資金", "Government and private", "官民すべて",
        "government, private, unknown", "government（政府）、private（民間）、unknown（不明）",
        missing="unknown",
    ),
    Filter(
        "status", "statuses", "stage",
        "Stage of the project", "案件の段階", "All stages", "全段階",
        "stages of the project as of the day (dormant, pipeline, validation, registered, withdrawn, study)",
        "基準日における案件の段階（dormant、pipeline、validation、registered、withdrawn、study）",
        of="stage",
    ),
    Filter(
        "participant", "participants", "participant_id",
        "Participant", "参加者", "All participants", "全参加者",
        "participants of either side, keys of participant",
        "日本側又はパートナー国側の参加者（participant の識別子）",
        of="project", table="project_participant",
    ),
)  # fmt: skip

FILTER: Final[Mapping[str, Filter]] = {one.key: one for one in FILTERS}
