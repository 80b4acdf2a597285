"""Contracts of refreshing: what is read from where, what came of it, what is proposed, and how the record came to change."""

import dataframely as dy

from etl.contracts.columns import (
    NOT_KNOWN,
    boolean,
    country_code,
    day,
    decimal,
    in_both,
    integer,
    not_before,
    remarks,
    source_key,
    text,
)
from etl.contracts.over_time import project_key
from etl.contracts.projects import LISTED
from etl.contracts.table import BY_PROJECT, BY_SOURCE, Reference, contract, rule

FORMS = ("html", "csv", "xlsx")
OUTCOMES = ("read", "unchanged", "partly", "failed")
ACTIONS = ("added", "changed", "same", "gone", "contradicting")
DECISIONS = ("accept", "claim", "new", "reject")

_BY_REFRESH_SOURCE = Reference("source_code", "refresh_source", "source_code")
_NOT_YET = ("not yet", "未実施")


@contract(
    "refresh_source",
    "Sources that a refresh reads, with their addresses and how often they change",
    "更新時に読み込む出典（所在と更新頻度）",
    "vocabulary",
    files=("vocabulary/refresh_sources.csv",),
    place="record",
)
class RefreshSourceSchema(dy.Schema):
    source_code = text("code of the source", "出典のコード", key=True)
    title_en, title_ja = in_both("what it is", "名称")
    publisher = text("who publishes it", "公表者")
    kind = text(
        "official or research, as kind of source",
        "official（公的機関）又はresearch（研究機関）",
        terms=("official", "research"),
    )
    form = text("html, csv or xlsx", "html、csv又はxlsx", terms=FORMS)
    url = text(
        "address, with a place for the letters of each partner where it has a page for each",
        "所在（国別のページの場合はパートナー国の文字を入れる位置を含む）",
        regex="^https?://",
    )
    linked_as = text(
        "end of the link to follow from that page",
        "当該ページからたどるリンクの末尾",
        null=("the address is the document itself", "所在が資料そのもの"),
    )
    is_fetched = boolean(
        "whether a refresh fetches it; else a person saves it",
        "自動で取得するか。取得しない場合は利用者が保存する",
    )
    cadence_days = integer("days until it is due again", "更新間隔の日数", unit="days", least=1)
    cadence_en, cadence_ja = in_both("why that often", "更新間隔の理由")


@contract(
    "refresh_attempt",
    "The last attempt to read each source",
    "各出典の直近の読み込み結果",
    "refresh",
    files=("refresh/attempts.csv",),
    references=(_BY_REFRESH_SOURCE,),
    place="record",
)
class RefreshAttemptSchema(dy.Schema):
    source_code = text("code of the source, key of refresh_source", "出典のコード", key=True)
    tried_on = day("day of the attempt", "実施日")
    outcome = text(
        "read, unchanged, partly (some documents were not read) or failed",
        "read（読込済み）、unchanged（変更なし）、partly（一部のみ）又はfailed（失敗）",
        terms=OUTCOMES,
    )
    read_on = day(
        "day on which it was last read or found unchanged",
        "最後に読み込み又は変更なしを確認した日",
        null=_NOT_YET,
    )
    stated_on = day(
        "day of the data as the source states it", "出典に記載された時点", null=("it states none", "記載なし")
    )
    documents = integer("documents read", "読み込んだ資料数", least=0)
    observed = integer("rows read from them", "読み込んだ行数", least=0)
    set_aside = integer("rows not understood", "解釈できなかった行数", least=0)
    proposed = integer("changes proposed", "提案した変更数", least=0)
    message_en, message_ja = in_both("what happened", "結果")


@contract(
    "proposal",
    "Changes that a refresh proposes, and what was decided on them",
    "更新で提案された変更と採否",
    "refresh",
    files=("proposals/*/proposals.csv",),
    place="record",
)
class ProposalSchema(dy.Schema):
    proposed_on = day("day of the refresh", "更新日", key=True)
    proposal_id = text("key of the proposal on that day", "提案の識別子", key=True)
    action = text(
        "added (a new row), changed (a new value), same (a row that is probably one of ours), gone (no longer listed) or"
        " contradicting (another source says otherwise)",
        "added（新規）、changed（変更）、same（既存の行と同一の可能性）、gone（掲載なし）又はcontradicting（他の出典と相違）",
        terms=ACTIONS,
    )
    table_name = text("table of facts", "対象の表")
    row_key = text("key of the row", "行の識別子")
    column = text("column", "列", null=("the whole row is meant", "行全体"))
    value_before = text("value on record", "記録の値", null=("none on record", "記録なし"))
    value_after = text("value proposed", "提案する値", null=("none stated", "記載なし"))
    source_code = text("source that states it", "根拠となる出典のコード")
    source_id = text("key that the copy of the source has once accepted", "採用後の出典の識別子")
    evidence = text("where it was read", "根拠の記載箇所")
    match_key = text(
        "row of ours that it may be", "同一の可能性がある行", null=("no row is like it", "該当なし")
    )
    match_score = decimal(
        "likeness, 0 to 1",
        "類似度（0～1）",
        unit="share",
        null=("no row is like it", "該当なし"),
        least=0,
        most=1,
    )
    needs_decision = boolean("whether a person has to decide", "人による判断を要するか")
    finding_codes = text(
        "plausibility rules that doubt it, separated by ;",
        "疑義のある妥当性規則（「;」区切り）",
        null=("none", "なし"),
    )
    decision = text(
        "accept, claim (kept as a statement, not taken), new (not one of ours) or reject",
        "accept（採用）、claim（公表値として保持し採用しない）、new（別の案件として追加）又はreject（不採用）",
        null=("open", "未決"),
        terms=DECISIONS,
    )
    decided_on = day("day of the decision", "判断日", null=("open", "未決"))
    reason = text("why", "理由", null=("none given", "記載なし"))


@contract(
    "list_sighting",
    "Projects on lists, by status: the first and the last copy of the list that had them",
    "一覧への掲載（状況別に、最初と最後に確認した一覧の写し）",
    "refresh",
    files=("refresh/list_sightings.csv",),
    references=(
        BY_PROJECT,
        Reference("first_source_id", "source", "source_id"),
        Reference("last_source_id", "source", "source_id"),
        Reference("gone_source_id", "source", "source_id"),
    ),
    place="history",
)
class ListSightingSchema(dy.Schema):
    project_id = project_key(key=True)
    source_code = text("the list, code of refresh_source", "一覧のコード", key=True)
    status = text("status on the list", "一覧における状況", key=True, terms=LISTED)
    first_source_id = text(
        "first copy with this status, key of source", "この状況を最初に確認した写し", key=True
    )
    last_source_id = text("last copy with this status, key of source", "この状況を最後に確認した写し")
    gone_source_id = text(
        "first copy without the project, key of source",
        "掲載がなくなった最初の写し",
        null=("still listed, or listed with another status", "掲載中又は状況が変わった"),
    )


@contract(
    "revision",
    "Values of the record that were replaced, with the sources of both",
    "記録の値の変更履歴（変更前後の値と出典）",
    "refresh",
    files=("refresh/revisions.csv",),
    row_key=("proposed_on", "proposal_id", "table_name", "row_key", "column"),
    place="record",
)
class RevisionSchema(dy.Schema):
    accepted_on = day("day on which it was accepted", "採用日")
    proposed_on = day("day of the refresh", "更新日")
    proposal_id = text("key of the proposal", "提案の識別子")
    table_name = text("table", "表")
    row_key = text("key of the row", "行の識別子")
    column = text("column", "列", null=("the whole row was added", "行全体の追加"))
    value_before = text("value before", "変更前の値", null=("none", "なし"))
    source_before = text("source of the value before", "変更前の値の出典", null=NOT_KNOWN)
    value_after = text("value after", "変更後の値", null=("emptied", "空欄"))
    source_after = text("source of the value after", "変更後の値の出典")
    reason = text("why", "理由", null=("none given", "記載なし"))


@contract(
    "methodology",
    "Methodologies of the JCM, approved and proposed",
    "JCMの方法論（承認済み及び提案中）",
    "refresh",
    files=("refresh/methodologies.csv",),
    references=(BY_SOURCE,),
    place="history",
)
class MethodologySchema(dy.Schema):
    methodology_code = text(
        "code: the approved one, else the proposed one", "方法論番号（承認前は提案番号）", key=True
    )
    title_en = text("title, English", "名称（英語）")
    iso3 = country_code()
    status = text("status as the site words it", "状況（サイトの表記）", null=NOT_KNOWN)
    version = text("version", "版", null=NOT_KNOWN)
    approved_on = day("day of approval", "承認日", null=("not approved", "未承認"))
    proposed_code = text("code as proposed", "提案番号", null=NOT_KNOWN)
    proponent = text("who proposed it", "提案者", null=NOT_KNOWN)
    sector_numbers = text(
        "sectoral scopes, separated by ;", "セクトラルスコープ番号（「;」区切り）", null=NOT_KNOWN
    )
    public_input_start_on = day(
        "start of public input", "意見募集の開始", header="public_input_start", null=NOT_KNOWN
    )
    public_input_end_on = day(
        "end of public input", "意見募集の終了", header="public_input_end", null=NOT_KNOWN
    )
    source_id = source_key()
    note = remarks()

    is_dated_in_order = rule(
        not_before("public_input_end_on", "public_input_start_on"),
        "Public input must not end before it starts.",
        "意見募集の終了は開始より前であってはなりません。",
    )
