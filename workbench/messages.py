"""What the workbench says, by code, in both languages: what was found, what is allowed, what to do."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Message:
    """One message in both languages."""

    en: str
    ja: str


_SELECT_EN: Final = (
    "One SELECT statement is run here: SELECT, WITH … SELECT, FROM, VALUES, PIVOT, DESCRIBE, SUMMARIZE."
)
_SELECT_JA: Final = (
    "実行できるのは SELECT 文1つ(SELECT、WITH … SELECT、FROM、VALUES、PIVOT、DESCRIBE、SUMMARIZE)です。"
)

MESSAGES: Final[dict[str, Message]] = {
    # Refused before anything runs.
    "empty": Message("There is no statement. " + _SELECT_EN, "文がありません。" + _SELECT_JA),
    "statement_too_long": Message(
        "The statement has {found} characters; up to {limit} are read. Put long lists of values into fewer, "
        "shorter conditions, or ask in two statements.",
        "文が{found}文字あります(上限{limit}文字)。値の一覧を短くするか、2つの文に分けてください。",
    ),
    "characters": Message(
        "The statement holds a character that is not text (NUL or half of a pair) at position {found}. "
        "Type that part again.",
        "{found}文字目に文字でない値(NUL など)が含まれています。その部分を入力し直してください。",
    ),
    "nesting": Message(
        "The statement is nested too deeply; up to {limit} levels are read. "
        "Name the inner parts in a WITH clause.",
        "入れ子が深すぎます({limit}段まで)。内側を WITH 句に分けてください。",
    ),
    "several": Message(
        "{found} statements were found. Run them one at a time. " + _SELECT_EN,
        "文が{found}つあります。1つずつ実行してください。" + _SELECT_JA,
    ),
    "kind": Message(
        "This is a statement of kind {found}. " + _SELECT_EN + " The data cannot be changed here.",
        "{found} の文です。" + _SELECT_JA + "データは変更できません。",
    ),
    "pivot": Message(
        "The columns of this PIVOT could not be made out. List them: PIVOT … ON column IN (value, …).",
        "この PIVOT の列を判別できません。ON 列 IN (値, …) と列挙してください。",
    ),
    "explain": Message(
        "Leave out EXPLAIN and ask for the plan with the button instead.",
        "EXPLAIN を外し、実行計画のボタンを使ってください。",
    ),
    "changes_data": Message(
        "A part of the statement changes data or writes a file ({found}). Only reading is possible here.",
        "データの変更又はファイルへの書込み({found})が含まれています。読取りのみ可能です。",
    ),
    "part": Message(
        "The statement holds a part that is not run here ({found}). " + _SELECT_EN,
        "ここでは実行できない部分({found})が含まれています。" + _SELECT_JA,
    ),
    "file": Message(
        "“{found}” names a file or an address, and none can be read here. Name a table of this data: {allowed}.",
        "「{found}」はファイル又はアドレスで、読み取れません。このデータの表を指定してください: {allowed}。",
    ),
    "system_table": Message(
        "“{found}” belongs to the system catalogue. Use SHOW TABLES, DESCRIBE table or the list of tables beside "
        "the editor.",
        "「{found}」はシステムカタログです。SHOW TABLES、DESCRIBE 表名、又は画面の表一覧を使ってください。",
    ),
    "table_function": Message(
        "The table function “{found}” is not available here. Available: {allowed}.",
        "表関数「{found}」は使えません。使えるもの: {allowed}。",
    ),
    "function": Message(
        "The function “{found}” is not available here: {reason}.",
        "関数「{found}」は使えません({reason})。",
    ),
    "parameter_unnamed": Message(
        "Parameters are named: write $name instead of ? or $1.",
        "パラメータは名前で指定します。? や $1 ではなく $name と書いてください。",
    ),
    "parameter_missing": Message(
        "No value was given for {found}. Fill in the parameter, or write the value into the statement.",
        "{found} の値がありません。パラメータに値を入れるか、文に直接書いてください。",
    ),
    "parameter_value": Message(
        "The value of {found} is not one that can be passed: give text, a number, a date, true or false, "
        "or a list of them.",
        "{found} の値を渡せません。文字列、数値、日付、真偽値、又はそれらのリストにしてください。",
    ),
    # Failed: a statement that may be run but cannot.
    "syntax": Message(
        "The statement cannot be read at the place marked. A comma, a bracket or a keyword before it is "
        "often missing.",
        "印の位置で文を解釈できません。その前のコンマ、括弧又はキーワードの抜けが多い原因です。",
    ),
    "unknown_table": Message(
        "There is no table “{found}”. {near}The tables are listed beside the editor and by SHOW TABLES.",
        "表「{found}」はありません。{near}表の一覧は画面又は SHOW TABLES で確認できます。",
    ),
    "unknown_column": Message(
        "There is no column “{found}” in the tables named after FROM. {near}DESCRIBE table lists its columns.",
        "FROM の表に列「{found}」はありません。{near}列の一覧は DESCRIBE 表名 で確認できます。",
    ),
    "unknown_function": Message(
        "There is no function “{found}”. {near}", "関数「{found}」はありません。{near}"
    ),
    "unknown_alias": Message(
        "A column is asked of a table that FROM does not name. Use the name or alias that stands after FROM.",
        "FROM にない表の列を参照しています。FROM に書いた表名又は別名を使ってください。",
    ),
    "ambiguous": Message(
        "Several tables after FROM have this column. Write table.column.",
        "この列は FROM の複数の表にあります。表名.列名 と書いてください。",
    ),
    "not_grouped": Message(
        "This column is neither in GROUP BY nor inside an aggregate such as sum or max. Add it to GROUP BY, "
        "or write GROUP BY ALL.",
        "この列は GROUP BY にも集計関数(sum、max など)にも入っていません。GROUP BY に加えるか、GROUP BY ALL と"
        "書いてください。",
    ),
    "argument_types": Message(
        "This function does not take values of these types. Check the order of the arguments, or cast them, "
        "for example column::BIGINT.",
        "この関数はこの型の値を受け取りません。引数の順を確かめるか、列::BIGINT のように型を変換してください。",
    ),
    "where_aggregate": Message(
        "WHERE looks at single rows, before grouping. Use HAVING for aggregates and QUALIFY for window functions.",
        "WHERE は集計前の行に対する条件です。集計には HAVING、ウィンドウ関数には QUALIFY を使ってください。",
    ),
    "binder": Message(
        "The parts of the statement do not fit together; the engine’s own words say why.",
        "文の各部分が合いません。理由はエンジンのメッセージを参照してください。",
    ),
    "conversion": Message(
        "A value cannot be turned into the type asked for. TRY_CAST gives null instead of an error.",
        "値を指定の型に変換できません。TRY_CAST を使うとエラーの代わりに null になります。",
    ),
    "out_of_range": Message(
        "A number went beyond the range of its type. Cast to HUGEINT or DOUBLE before calculating.",
        "数値が型の範囲を超えました。計算の前に HUGEINT 又は DOUBLE に変換してください。",
    ),
    "pivot_parameters": Message(
        "PIVOT finds its columns in the data only without parameters. List them: PIVOT … ON column IN (value, …).",
        "パラメータがあると PIVOT は列をデータから決められません。ON 列 IN (値, …) と列挙してください。",
    ),
    "number_too_large": Message(
        "A number in column “{found}” has more than 38 digits. Cast it to DOUBLE, or to VARCHAR to see every digit.",
        "列「{found}」に38桁を超える数値があります。DOUBLE に変換するか、全桁を見るには VARCHAR に変換してください。",
    ),
    "cell_too_large": Message(
        "A value in column “{found}” is larger than {limit} kB. Shorten it, for example with left(column, 1000), "
        "or unnest a long list into rows.",
        "列「{found}」に{limit} kB を超える値があります。left(列, 1000) などで短くするか、長いリストは unnest で行に"
        "展開してください。",
    ),
    "engine": Message(
        "The engine could not run the statement; its own words say why.",
        "エンジンが文を実行できませんでした。理由はエンジンのメッセージを参照してください。",
    ),
    "crashed": Message(
        "The process that ran the statement ended unexpectedly. Nothing else is affected. Simplify the statement; "
        "if it is a plain one, please report it.",
        "文を実行していたプロセスが異常終了しました(他への影響はありません)。文を簡単にしてください。通常の文で"
        "起きた場合はご報告ください。",
    ),
    "unavailable": Message(
        "The data cannot be read at the moment. Try again in a minute.",
        "現在データを読み取れません。しばらくしてから再度お試しください。",
    ),
    # Ended by a limit, by the reader, or never begun.
    "time": Message(
        "The query ran for {limit} s and was ended. Filter earlier, aggregate before joining, or download "
        "the data file and run it at home.",
        "実行が{limit}秒に達したため打ち切りました。早い段階で絞り込む、結合の前に集計する、又はデータファイルを"
        "入手して手元で実行してください。",
    ),
    "gave_way": Message(
        "Others were waiting and every place was taken, so the query was ended after {found} s. Run it again "
        "later, or download the data file and run it at home.",
        "他の利用者が待っていたため{found}秒で打ち切りました。時間をおいて再度実行するか、データファイルを入手して"
        "手元で実行してください。",
    ),
    "memory": Message(
        "The query needed more memory than the {limit} MB it may use. Select fewer columns or rows, or aggregate "
        "earlier.",
        "使用できるメモリ({limit} MB)を超えました。列や行を減らすか、早い段階で集計してください。",
    ),
    "stopped": Message("The query was stopped.", "実行を中止しました。"),
    "queue_full": Message(
        "Queries waiting already: {found}. Try again in a minute.",
        "すでに{found}件が待機しています。しばらくしてから再度お試しください。",
    ),
    "own_queue_full": Message(
        "Queries of yours waiting already: {found}. Wait for them, or stop them.",
        "あなたの実行がすでに{found}件待機しています。終了を待つか、中止してください。",
    ),
    "waited_too_long": Message(
        "No place became free within {limit} s (queries before yours: {found}). Try again in a minute.",
        "{limit}秒以内に順番が来ませんでした(先に{found}件)。しばらくしてから再度お試しください。",
    ),
    "closing": Message(
        "The app is shutting down. Try again in a minute.",
        "アプリを終了しています。しばらくしてから再度お試しください。",
    ),
}

REASONS: Final[dict[str, Message]] = {
    "settings": Message("it tells about the machine or its settings", "設定や環境の情報を返すため"),
    "state": Message(
        "it changes or reads what other queries could see", "他の実行に影響し得る状態を扱うため"
    ),
    "waiting": Message("it only waits", "待つだけの関数のため"),
    "internal": Message("it is meant for the engine itself", "エンジン内部用のため"),
}


def say(code: str, **values: object) -> Message:
    """The message of a code with its values filled in; a value may be a Message itself.

    Raises KeyError for an unknown code or a value that is missing.
    """
    template = MESSAGES[code]
    return Message(
        template.en.format_map({k: v.en if isinstance(v, Message) else v for k, v in values.items()}).strip(),
        template.ja.format_map({k: v.ja if isinstance(v, Message) else v for k, v in values.items()}).strip(),
    )


def near_names(names: list[str]) -> Message:
    """Near names as the part of a sentence; empty when there are none."""
    if not names:
        return Message("", "")
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return Message(f"Did you mean {listed}? ", f"近い名前: {'、'.join(names)}。")
