"""Every limit of the workbench as data: what it bounds, its range, the variable that sets it, help in both languages."""

from dataclasses import dataclass
from typing import Final

PREFIX: Final = "JCM_SQL_"


@dataclass(frozen=True)
class Limit:
    """One limit: its range (both ends allowed), unit, and what it means to a reader.

    `heading` is the heading under which it is documented.
    """

    name: str
    default: int
    least: int
    most: int
    unit_en: str
    unit_ja: str
    heading: str
    heading_ja: str
    en: str
    ja: str

    @property
    def variable(self) -> str:
        """Environment variable that sets it."""
        return PREFIX + self.name.upper()


LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "statement_characters",
        20_000,
        100,
        200_000,
        "characters",
        "文字",
        "Statement length",
        "文の長さ",
        "Longest statement that is read. Put long lists of values into a WITH list or ask in two statements.",
        "受け付ける文の最大の長さ。長い値の一覧は分けて実行してください。",
    ),
    Limit(
        "nesting",
        60,
        5,
        200,
        "levels",
        "段",
        "Nesting",
        "入れ子",
        "Deepest nesting of brackets. Name the inner parts in a WITH clause to flatten it.",
        "括弧の入れ子の最大の深さ。内側を WITH 句に分けると浅くなります。",
    ),
    Limit(
        "seconds",
        10,
        1,
        300,
        "seconds",
        "秒",
        "Time",
        "実行時間",
        "Time a query may run. Filter earlier, aggregate before joining, or download the file and run it at home.",
        "実行時間の上限。早い段階で絞り込む、結合の前に集計する、又はファイルを入手して手元で実行してください。",
    ),
    Limit(
        "seconds_when_others_wait",
        1,
        1,
        300,
        "seconds",
        "秒",
        "Time while others wait",
        "他の利用者が待つ間の実行時間",
        "When every place is taken and others wait, the query that has run longest gives way after this time.",
        "同時実行数が埋まり他の利用者が待っている間は、この時間を超えた最も長い実行が打ち切られます。",
    ),
    Limit(
        "memory_megabytes",
        512,
        64,
        16_384,
        "MB",
        "MB",
        "Memory",
        "メモリ",
        "Memory a query may use for its data. Select fewer columns or rows, or aggregate earlier.",
        "データに使えるメモリの上限。列や行を減らすか、早い段階で集計してください。",
    ),
    Limit(
        "process_megabytes",
        1_400,
        600,
        65_536,
        "MB",
        "MB",
        "Memory of the process",
        "プロセスのメモリ",
        "Address space of the process that runs a query, with the engine itself. Beyond it the process ends.",
        "実行プロセスのアドレス空間の上限(エンジンを含む)。超えるとプロセスは終了します。",
    ),
    Limit(
        "rows_shown",
        5_000,
        10,
        100_000,
        "rows",
        "行",
        "Rows shown",
        "表示行数",
        "Rows shown on the page. The heading says when there are more; the full result can be downloaded.",
        "画面に表示する行数の上限。超える場合は見出しに示し、全件はダウンロードできます。",
    ),
    Limit(
        "rows_downloaded",
        1_000_000,
        10,
        10_000_000,
        "rows",
        "行",
        "Rows of a full download",
        "全件ダウンロードの行数",
        "Rows of a full download. Beyond it, download the data file and run the query at home.",
        "全件ダウンロードの行数の上限。超える場合はデータファイルを入手して手元で実行してください。",
    ),
    Limit(
        "cell_kilobytes",
        1_024,
        1,
        65_536,
        "kB",
        "kB",
        "Cell size",
        "値の大きさ",
        "Size of one value. Shorten it, for example with left(column, 1000), or unnest a long list into rows.",
        "一つの値の大きさの上限。left(列, 1000) などで短くするか、長いリストは unnest で行に展開してください。",
    ),
    Limit(
        "result_megabytes",
        64,
        1,
        1_024,
        "MB",
        "MB",
        "Result size",
        "結果の大きさ",
        "Size of a whole result. Rows beyond it are left out and the heading says so.",
        "結果全体の大きさの上限。超える行は省き、見出しに示します。",
    ),
    Limit(
        "shown_megabytes",
        8,
        1,
        256,
        "MB",
        "MB",
        "Size shown",
        "表示する大きさ",
        "Size of the rows shown on the page. The heading says when there are more; the full result can be downloaded.",
        "画面に表示する行の大きさの上限。超える場合は見出しに示し、全件はダウンロードできます。",
    ),
    Limit(
        "kept_megabytes",
        128,
        0,
        16_384,
        "MB",
        "MB",
        "Results kept",
        "保持する結果",
        "Results kept for all visitors together, the latest used first. One that is gone is run again when it is asked for.",
        "全利用者分として保持する結果の大きさの上限(最近使われたものを優先)。保持されていない結果は再実行します。",
    ),
    Limit(
        "simultaneous",
        4,
        1,
        64,
        "queries",
        "件",
        "Simultaneous queries",
        "同時実行数",
        "Queries that run at the same time, one of each visitor.",
        "同時に実行する件数の上限(利用者1人につき1件)。",
    ),
    Limit(
        "queue",
        40,
        1,
        1_000,
        "queries",
        "件",
        "Queue",
        "待機件数",
        "Queries that may wait for a place. Beyond it a query is turned away at once.",
        "待機できる件数の上限。超えると直ちに受付を断ります。",
    ),
    Limit(
        "queue_of_one_visitor",
        4,
        1,
        100,
        "queries",
        "件",
        "Queue of one visitor",
        "利用者1人の待機件数",
        "Queries of one visitor that may wait for a place.",
        "利用者1人が待機させられる件数の上限。",
    ),
    Limit(
        "queue_seconds",
        20,
        1,
        300,
        "seconds",
        "秒",
        "Time in the queue",
        "待機時間",
        "Time a query may wait for a place before it is turned away.",
        "順番を待つ時間の上限。超えると受付を断ります。",
    ),
)


@dataclass(frozen=True)
class Limits:
    """Values of all limits, in the units of `LIMITS`."""

    statement_characters: int
    nesting: int
    seconds: int
    seconds_when_others_wait: int
    memory_megabytes: int
    process_megabytes: int
    rows_shown: int
    rows_downloaded: int
    cell_kilobytes: int
    result_megabytes: int
    shown_megabytes: int
    kept_megabytes: int
    simultaneous: int
    queue: int
    queue_of_one_visitor: int
    queue_seconds: int
