"""Contracts of the record that the build keeps of itself."""

import dataframely as dy

from etl.contracts.columns import NOT_KNOWN, boolean, day, decimal, in_both, integer, text, tonnes
from etl.contracts.table import contract

_OWN_TABLE = ("a table of the project itself", "本サイトで作成した表")
_NEVER_NULL = ("the column is never null", "空欄になることはない")
_NO_LIMIT = ("no limit", "限度なし")


@contract(
    "build",
    "This build: version, date, hashes",
    "今回の構築（版、基準日、ハッシュ値）",
    "record",
    place="record",
)
class BuildSchema(dy.Schema):
    data_version = text("hash of the inputs and of the code", "入力とコードから求めた版番号", key=True)
    data_as_of_on = day(
        "day of the data: the latest day on which a source was read", "データの基準日（最も新しい取得日）"
    )
    first_on = day(
        "day on which the first partner country signed: no view is taken of a day before it",
        "最初のパートナー国が署名した日。これより前の日の状況は示さない",
    )
    first_vintage = integer(
        "calendar year of the first reductions that may be used towards the NDC (assumption VINTAGE-2021)",
        "NDCに用い得る最初の削減年（暦年、仮定 VINTAGE-2021）",
    )
    inputs_sha256 = text("hash of all input files", "全入力ファイルのハッシュ値")
    code_sha256 = text("hash of the code of etl and model", "etl及びmodelのコードのハッシュ値")
    duckdb_version = text("version of DuckDB that wrote the file", "作成に用いたDuckDBの版")
    polars_version = text("version of polars", "polarsの版")


@contract(
    "check_result",
    "Identities checked on this build",
    "今回の構築で行った整合性検査",
    "record",
    place="record",
)
class CheckResultSchema(dy.Schema):
    check_code = text("code of the identity", "検査のコード", key=True)
    title_en, title_ja = in_both("what must hold", "検査項目")
    is_passed = boolean("whether it holds", "合格したか")
    detail = text("figures compared", "比較した値")


@contract(
    "quarantine",
    "Rows and cells that failed a contract, kept apart with their reason",
    "契約に適合せず除外した行及びセルとその理由",
    "record",
    row_key=("file", "line", "column", "rule"),
    place="record",
)
class QuarantineSchema(dy.Schema):
    table_name = text("table that the row was meant for", "対象の表")
    file = text("file below data/", "ファイル（data/以下）")
    line = integer("line in the file where the row begins", "ファイル中の行番号", least=1)
    level = text(
        "row (the row is in no table) or cell (the row is kept, the cell counts as empty)",
        "row（行全体を除外）又はcell（行は保持し、当該セルを空欄として扱う）",
        terms=("row", "cell"),
    )
    subject = text(
        "key of the row, parts separated by ;", "行の識別子（複数の場合は「;」区切り）", null=NOT_KNOWN
    )
    column = text("column", "列", null=("the whole row is meant", "行全体"))
    value = text(
        "text of the cell, shortened if long",
        "セルの値（長い場合は省略）",
        null=("the whole row is meant, or an empty cell", "行全体又は空欄"),
    )
    rule = text("rule that failed", "適合しなかった規則")
    tco2 = tonnes(
        "tonnes of the row or cell that count nowhere",
        "当該行又はセルのうち、どこにも算入されない量",
        null=("it holds none, or none that can be read", "量の記載がない、又は読み取れない"),
    )
    tco2_column = text("column of the tonnes", "量の列", null=("it holds none", "量の記載がない"))
    message_en, message_ja = in_both("what was expected", "説明")
    row_json = text("the whole row as read, JSON", "読み込んだ行全体（JSON）")


@contract(
    "source_file",
    "Files read, with rows, hash and terms",
    "読み込んだファイル（行数、ハッシュ値、利用条件）",
    "record",
    place="record",
)
class SourceFileSchema(dy.Schema):
    file = text("file below data/", "ファイル（data/以下）", key=True)
    table_name = text("table it fills", "格納先の表")
    rows_read = integer("rows read", "読込行数", least=0)
    rows_kept = integer("rows kept", "採用行数", least=0)
    rows_rejected = integer("rows rejected, in quarantine", "除外行数（quarantineに保持）", least=0)
    sha256 = text("hash of the file", "ファイルのハッシュ値")
    retrieved_on = day("day of retrieval", "取得日", null=_OWN_TABLE)
    facts_of_on = day("latest day that the sources state", "出典に記載された最新の日付", null=_OWN_TABLE)
    cadence_days = integer(
        "days until the source is due again, 0 for one that does not change",
        "更新間隔の日数（更新されないものは0）",
        unit="days",
        least=0,
        null=_OWN_TABLE,
    )
    cadence_en, cadence_ja = in_both("why that often", "更新間隔の理由", null=_OWN_TABLE)
    terms = text("licence or terms", "利用条件", null=_OWN_TABLE)


@contract(
    "column_meaning",
    "What every column of every table means: type, unit, key, what null means",
    "全ての表の列の意味（型、単位、キー、空欄の意味）",
    "record",
    place="record",
)
class ColumnMeaningSchema(dy.Schema):
    table_name = text("table", "表の名称", key=True)
    position = integer(
        "position of the column in its table, from 1", "表の中の列の順番（1から）", key=True, least=1
    )
    column_name = text("column", "列の名称")
    sql_type = text("type in SQL", "SQLの型")
    is_key = boolean("whether the column is part of the key", "キーの一部か")
    unit = text("unit", "単位", null=("the value has none", "単位なし"))
    meaning_en, meaning_ja = in_both("what the column is", "列の内容")
    null_en, null_ja = in_both("what null means", "空欄の意味", null=_NEVER_NULL)
    refers_to = text(
        "column of another table whose keys its values are, as table.column",
        "参照先の列（表.列）",
        null=("its values are no keys of another table", "他の表を参照しない"),
    )
    is_list = boolean(
        "whether a cell holds several values, separated by semicolons", "セミコロン区切りの複数値か"
    )
    terms = text(
        "the values it can have, separated by semicolons",
        "取り得る値（セミコロン区切り）",
        null=("the vocabulary is not closed", "限定なし"),
    )
    least = decimal("smallest value allowed", "許容される最小値", unit=None, null=_NO_LIMIT)
    most = decimal("largest value allowed", "許容される最大値", unit=None, null=_NO_LIMIT)
    table_en, table_ja = in_both("what the table holds", "表の内容")
    table_rows = integer(
        "rows in the table",
        "表の行数",
        null=("a view, whose rows follow from other tables", "ビュー（行は他の表から導出）"),
        least=0,
    )
