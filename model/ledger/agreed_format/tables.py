"""The catalogue of the format: five tables, their sheets, and what each field is.

One entry a field drives writing, reading, checking and the list in the documentation. Layout and wording follow the
workbook of the central platform (decision 4/CMA.6, annex II).
"""

from collections.abc import Mapping
from typing import Final

from model.ledger.agreed_format import nomenclature as terms
from model.ledger.agreed_format.fields import Field, Table, When

_GHG_ONLY = When("Metric", (terms.NON_GHG,))
_FOR_OIMP = When("PurposesForAuthorization", terms.PURPOSES_BEYOND_NDC)
_USED_OR_CANCELLED = When("Type", (terms.USE, *terms.CANCELLATIONS), (terms.FIRST_TRANSFER,))
_MAY_BE_USED = When("Type", (), (terms.USE, *terms.CANCELLATIONS, terms.FIRST_TRANSFER))


def _approach() -> Field:
    return Field(
        "CooperativeApproachId", "Cooperative approach ID", "協力的アプローチID", "approach", "required",
        ask_en="The number that the platform gave to the cooperative approach of the two Parties (initial report).",
        ask_ja="当該二国間の協力的アプローチにプラットフォームが付与した番号（初期報告を参照）。",
    )  # fmt: skip


def _authorization(code: str) -> Field:
    return Field(
        code, "Authorization ID", "承認ID", "authorization", "required",
        ask_en="The identifier that the reporting Party gave to the authorization.",
        ask_ja="報告締約国が承認に付した識別子。",
    )  # fmt: skip


def _remarks() -> Field:
    return Field("AdditionalInformation", "Additional explanatory information", "補足説明")


def _metric(*, after_gap: bool = False) -> tuple[Field, ...]:
    return (
        Field(
            "Metric", "Metric", "指標", "term", "required", terms.METRICS, gap_before=after_gap,
            ask_en="Whether the outcomes are measured in t CO2 eq or in another metric.",
            ask_ja="成果がt-CO2換算によるものか、その他の指標によるものか。",
        ),
        Field("GwpValue", "Applicable GWP value(s)", "適用するGWP値"),
        Field(
            "ApplicableNonGhgMetric", "Applicable non-GHG metric", "適用する非GHG指標", "text", "conditional",
            when=_GHG_ONLY, ask_en="The metric of the authorization.", ask_ja="承認に記載された指標。",
        ),
    )  # fmt: skip


def _held() -> tuple[Field, ...]:
    """What actions and holdings both state of the outcomes."""
    return (
        _approach(),
        _authorization("AuthorizationId"),
        Field(
            "FirstTransferringPartyId", "First transferring participating Party ID", "初回移転締約国ID", "party",
            "required", ask_en="The Party where the mitigation took place.", ask_ja="緩和の成果が生じた締約国。",
        ),
        Field(
            "PartyItmoRegistryId", "Party ITMO registry ID", "締約国ITMO登録簿ID", "itmo_registry", "required",
            ask_en="The identifier of the Party's ITMO registry: its code and two digits.",
            ask_ja="締約国のITMO登録簿の識別子（国コード及び2桁の数字）。",
        ),
        Field(
            "ItmoFirstId", "First ID", "先頭のITMO ID", "serial", "required",
            ask_en="The first number of the block in the Party's ITMO registry.",
            ask_ja="締約国のITMO登録簿における当該ブロックの先頭の番号。",
        ),
        Field(
            "ItmoLastId", "Last ID", "末尾のITMO ID", "serial", "required",
            ask_en="The last number of the block in the Party's ITMO registry.",
            ask_ja="締約国のITMO登録簿における当該ブロックの末尾の番号。",
        ),
        Field(
            "UnitRegistryId", "Underlying unit registry ID", "原登録簿ID", "term", terms=terms.UNIT_REGISTRIES,
            gap_before=True,
        ),
        Field("UnitFirstId", "First unit ID", "先頭のユニットID", "serial"),
        Field("UnitLastId", "Last unit ID", "末尾のユニットID", "serial"),
        *_metric(after_gap=True),
        Field(
            "QuantityTCo2", "Quantity (t CO2 eq)", "量（t-CO2換算）", "tonnes", "required",
            ask_en="The exact quantity; a range or a part alone cannot be reported.",
            ask_ja="正確な量（幅や一部のみの値は報告できない）。",
        ),
        Field(
            "QuantityNonGhg", "Quantity (in non-GHG metric)", "量（非GHG指標）", "number", "conditional",
            when=_GHG_ONLY, ask_en="The quantity in the metric of the authorization.", ask_ja="承認の指標による量。",
        ),
        Field(
            "MitigationType", "Mitigation type", "緩和の種類", "term", "required", terms.MITIGATION_TYPES,
            gap_before=True, ask_en="Whether emissions were reduced or removed.", ask_ja="排出削減か吸収・除去か。",
        ),
        Field(
            "VintageYear", "Vintage", "削減年", "vintage", "required",
            ask_en="The calendar year in which the reductions occurred: dates of the monitoring period.",
            ask_ja="削減が生じた暦年（モニタリング期間の日付）。",
        ),
    )  # fmt: skip


SUBMISSION = Table(
    "Submission", "Table 1 Submission", "Table 1: Submission", "表1 提出", 4,
    (
        Field(
            "Party", "Party", "締約国", "party", "required",
            ask_en="The reporting Party.", ask_ja="報告する締約国。",
        ),
        Field(
            "Version", "Version", "版", "version", "required",
            ask_en="The version of the report; the first is 1.0.", ask_ja="報告の版（初版は1.0）。",
        ),
        Field(
            "ReportYear", "Reported year", "対象年", "year", "required",
            ask_en="The calendar year of the report.", ask_ja="報告の対象となる暦年。",
        ),
        Field(
            "SubmissionDate", "Date of submission", "提出日", "day", "required",
            ask_en="The day on which the report is filed.", ask_ja="報告を提出する日。",
        ),
        Field(
            "ReviewStatus", "Review status of the initial report", "初期報告の審査状況", need="platform",
        ),
        Field(
            "ConsistencyCheck", "Result of the consistency check of this AEF submission", "整合性確認の結果",
            need="platform",
        ),
        Field(
            "NdcFirstYear", "First year of the NDC implementation period", "NDC実施期間の初年", "year", "required",
            ask_en="The first year of the period of the Party's NDC, as its initial report states it.",
            ask_ja="当該締約国のNDC実施期間の初年（初期報告の記載）。",
        ),
        Field(
            "NdcLastYear", "Last year of the NDC implementation period", "NDC実施期間の最終年", "year", "required",
            ask_en="The last year of the period of the Party's NDC, as its initial report states it.",
            ask_ja="当該締約国のNDC実施期間の最終年（初期報告の記載）。",
        ),
        Field(
            "TechnicalExpertReview",
            "Reference to the Article 6 technical expert review report of the initial report",
            "初期報告に関する技術専門家審査報告書", need="platform",
        ),
    ),
    is_vertical=True,
)  # fmt: skip
AUTHORIZATIONS = Table(
    "Authorizations", "Table 2 Authorizations", "Table 2: Authorizations", "表2 承認", 7,
    (
        _authorization("Id"),
        Field(
            "Date", "Date of authorization", "承認日", "day", "required",
            ask_en="The day of the letter of authorization.", ask_ja="承認書の日付。",
        ),
        _approach(),
        Field(
            "Version", "Version of the authorization", "承認の版", "whole", "required",
            ask_en="The version that the authorization states.", ask_ja="承認書に記載された版。",
        ),
        Field("Quantity", "Authorized quantity", "承認量", "tonnes", gap_before=True),
        *_metric(),
        Field(
            "Sector", "Sector(s)", "分野", "terms", "required", terms.SECTORS,
            ask_en="The sector that the authorization names; the scope of the projects does not settle it.",
            ask_ja="承認書に記載された分野（案件のスコープからは一意に定まらない）。",
        ),
        Field("ActivityType", "Activity type(s)", "活動の種類", "terms", terms=terms.ACTIVITY_TYPES),
        Field(
            "PurposesForAuthorization", "Purposes for authorization", "承認の目的", "term", "required",
            terms.PURPOSES,
            ask_en="What the authorization allows the outcomes to be used for: the NDC, other purposes, or both.",
            ask_ja="承認された使用目的（NDC、その他の目的又はその両方）。",
        ),
        Field("AuthorizedPartyId", "Authorized Party(ies) ID", "承認された締約国", "parties"),
        Field("AuthorizedEntityIds", "Authorized entity(ies) ID", "承認された事業者", "entities"),
        Field(
            "OimpAuthorizedParty", "OIMP authorized by the Party", "承認されたOIMP", "text", "conditional",
            when=_FOR_OIMP,
            ask_en="The other international mitigation purposes that are authorized, such as CORSIA.",
            ask_ja="承認されたその他の国際的な緩和目的（CORSIA等）。",
        ),
        Field("AuthorizedTimeframe", "Authorized timeframe", "承認期間", "timeframe"),
        Field("AuthorizationTerms", "Authorization terms and conditions", "承認の条件"),
        Field("AuthorizationDocumentation", "Authorization documentation", "承認文書", need="platform"),
        Field(
            "FirstTransferDefinitionOimp", "First transfer definition for OIMP", "OIMPに関する初回移転の定義",
            "term", "conditional", terms.FIRST_TRANSFER_DEFINITIONS, _FOR_OIMP,
            ask_en="Which event the Party takes as first transfer for these purposes.",
            ask_ja="これらの目的について、いずれの時点を初回移転とするか。",
        ),
        _remarks(),
    ),
)  # fmt: skip
ACTIONS = Table(
    "Actions", "Table 3 Actions", "Table 3: Actions", "表3 処理", 8,
    (
        Field(
            "Date", "Action date", "処理日時", "moment", "required",
            ask_en="The time at which the registry carried out the action, UTC.",
            ask_ja="登録簿において処理が行われた日時（協定世界時）。",
        ),
        Field(
            "Type", "Action type", "処理の種類", "term", "required", terms.ACTION_TYPES,
            ask_en="What was done.", ask_ja="行われた処理の種類。",
        ),
        Field("Subtype", "Action subtype", "処理の細分", "term", terms=terms.ACTION_SUBTYPES),
        *_held(),
        Field(
            "TransferringPartyId", "Transferring participating Party ID", "移転締約国", "party", "conditional",
            when=When("Type", (terms.ACQUISITION,)), gap_before=True,
            ask_en="The Party that the outcomes were acquired from.", ask_ja="取得元の締約国。",
        ),
        Field(
            "AcquiringPartyId", "Acquiring participating Party ID", "取得締約国", "party", "conditional",
            when=When("Type", (terms.FIRST_TRANSFER, terms.TRANSFER)),
            ask_en="The Party that the outcomes were transferred to.", ask_ja="移転先の締約国。",
        ),
        Field(
            "PurposeOfUseOimp", "Purpose for which the ITMO has been used towards or cancelled for OIMP",
            "OIMPへの使用又は取消しの目的", when=_MAY_BE_USED, gap_before=True,
        ),
        Field(
            "UsingParticipatingPartyId", "Using/cancelling participating Party ID", "使用・取消締約国", "party",
            "conditional", when=_USED_OR_CANCELLED,
            ask_en="The Party that used or cancelled the outcomes.", ask_ja="使用又は取消しを行った締約国。",
        ),
        Field(
            "UsingAuthorizedEntityId", "Using/cancelling authorized entity ID", "使用・取消事業者",
            when=_MAY_BE_USED,
        ),
        Field(
            "ItmoUsedYear", "Calendar year for which the ITMOs are used towards the Party's NDC",
            "NDCに使用する暦年", "year", "conditional", when=When("Type", (terms.USE,)),
            ask_en="The year of the NDC that the outcomes are counted for.", ask_ja="計上の対象となるNDCの暦年。",
        ),
        Field(
            "ConsistencyCheckResult", "Result of the consistency checks", "整合性確認の結果", need="platform",
            gap_before=True,
        ),
        _remarks(),
    ),
)  # fmt: skip
HOLDINGS = Table("Holdings", "Table 4 Holdings", "Table 4: Holdings", "表4 保有量", 7, _held())
ENTITIES = Table(
    "Authorized entities", "Table 5 Auth. entities", "Table 5: Authorized entities", "表5 承認された事業者", 10,
    (
        Field(
            "AuthorizationDate", "Date of the authorization", "承認日", "day", "required",
            ask_en="The day on which the entity was authorized.", ask_ja="事業者が承認された日。",
        ),
        Field(
            "Name", "Name", "名称", need="required",
            ask_en="The registered name.", ask_ja="登記上の名称。",
        ),
        Field(
            "IncorporationCountry", "Country of incorporation", "設立国", "party", "required",
            ask_en="The country where it is incorporated.", ask_ja="設立された国。",
        ),
        Field(
            "Id", "Identification number", "識別番号", need="required",
            ask_en="Its number in the country of incorporation.", ask_ja="設立国における識別番号。",
        ),
        _approach(),
        Field("Conditions", "Conditions", "条件"),
        Field("ChangeConditions", "Change and revocation conditions", "変更及び撤回の条件"),
        _remarks(),
    ),
)  # fmt: skip
TABLES: Final[Mapping[str, Table]] = {
    table.key: table for table in (SUBMISSION, AUTHORIZATIONS, ACTIONS, HOLDINGS, ENTITIES)
}
