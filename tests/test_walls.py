"""The walls between the rooms: who may import whom, where SQL, arithmetic and the clock may stand."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (
    "app",
    "pages",
    "view",
    "model",
    "queries",
    "outlook",
    "etl",
    "serve",
    "workbench",
    "article6",
    "loading",
    "briefing",
    "package",
    "changes",
)
OUR_ROOMS = set(ROOMS)

FORBIDDEN = {
    "model": {
        "briefing",
        "package",
        "loading",
        "article6",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "queries",
        "outlook",
        "view",
        "pages",
        "serve",
        "app",
    },
    "etl": {
        "briefing",
        "package",
        "loading",
        "article6",
        "workbench",
        "streamlit",
        "plotly",
        "queries",
        "outlook",
        "view",
        "pages",
        "serve",
        "app",
    },
    "queries": {
        "briefing",
        "package",
        "loading",
        "article6",
        "workbench",
        "streamlit",
        "plotly",
        "etl",
        "model",
        "outlook",
        "view",
        "pages",
        "serve",
        "app",
    },
    "workbench": {
        "briefing",
        "package",
        "loading",
        "article6",
        "streamlit",
        "plotly",
        "polars",
        "etl",
        "outlook",
        "view",
        "pages",
        "serve",
        "app",
    },
    "article6": {
        "briefing",
        "package",
        "loading",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "outlook",
        "view",
        "pages",
        "serve",
        "app",
    },
    "outlook": {
        "briefing",
        "package",
        "loading",
        "article6",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "view",
        "pages",
        "serve",
        "app",
    },
    "loading": {
        "briefing",
        "package",
        "article6",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "outlook",
        "pages",
        "serve",
        "app",
    },
    "view": {"briefing", "package", "loading", "duckdb", "etl", "queries", "pages", "serve", "app"},
    "briefing": {
        "article6",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "package",
        "pages",
        "serve",
        "app",
    },
    "changes": {
        "article6",
        "briefing",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "outlook",
        "package",
        "pages",
        "serve",
        "app",
    },
    "package": {
        "article6",
        "briefing",
        "workbench",
        "streamlit",
        "duckdb",
        "plotly",
        "etl",
        "outlook",
        "pages",
        "serve",
        "app",
    },
    "pages": {"duckdb", "plotly", "etl", "serve", "app"},
    "app": {"duckdb", "plotly", "etl", "serve"},
}


def modules(room: str) -> list[Path]:
    if room == "app":
        return [ROOT / "app.py"]
    return sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("room", sorted(FORBIDDEN))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    paths = modules(room)
    assert paths, f"no module in {room}"
    broken = {str(p.relative_to(ROOT)): imported(p) & FORBIDDEN[room] for p in paths}
    assert not {k: v for k, v in broken.items() if v}


DOORS = {
    "view": {"workbench.answers"},
    "pages": {"workbench.answers", "workbench.door", "workbench.limits", "workbench.parameters"},
    "app": set(),
}


@pytest.mark.parametrize("room", sorted(DOORS))
def test_statements_of_readers_go_through_the_door(room: str) -> None:
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [
                    f"{node.module}.{a.name}" if node.module == "workbench" else str(node.module)
                    for a in node.names
                ]
            ours = {name for name in names if name.partition(".")[0] == "workbench"}
            assert ours <= DOORS[room], f"{path}: {ours}"


def test_the_reader_of_imports_sees_a_broken_wall(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text("def f():\n    import duckdb.typing\n    from streamlit import write\n")
    assert imported(path) == {"duckdb", "streamlit"}


@pytest.mark.parametrize(
    "room", ["app", "pages", "view", "model", "loading", "outlook", "article6", "briefing", "package"]
)
def test_sql_stands_in_queries_and_etl_only(room: str) -> None:
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.upper()
                assert not ("SELECT " in text and " FROM " in text), f"SQL in {path}: {node.value[:60]}"


def test_a_page_holds_no_arithmetic() -> None:
    for path in modules("pages"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr)), (
                f"{path.name}:{node.lineno} computes"
            )
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"sum", "round", "min", "max"}, (
                    f"{path.name}:{node.lineno} computes"
                )


@pytest.mark.parametrize("room", ["app", "pages"])
def test_a_remark_on_a_page_is_a_comment(room: str) -> None:
    # The framework can print an expression that stands alone to the reader.
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            alone = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.Expr)]
            if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
                alone = alone[1:]
            for part in alone:
                assert isinstance(part.value, ast.Call), f"{path}:{part.lineno} stands alone"


def test_the_framework_prints_no_expression_by_itself() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["magicEnabled"] is False


@pytest.mark.parametrize("room", ["view", "pages"])
def test_a_download_never_runs_the_page_again(room: str) -> None:
    # A run beside the request may end first, and the end of a run forgets the file that was asked for.
    for path in modules(room):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "download_button":
                given = {word.arg: word.value for word in node.keywords}
                assert getattr(given.get("on_click"), "value", None) == "ignore", f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    "room", ["model", "view", "etl", "queries", "loading", "outlook", "article6", "briefing", "package"]
)
def test_the_present_day_is_an_argument(room: str) -> None:
    # A command, like a page, is where the day comes in.
    for path in (path for path in modules(room) if path.name != "__main__.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"today", "now", "utcnow"}, f"{path}:{node.lineno} reads the clock"


def test_names_say_what_a_file_is_for() -> None:
    for room in ROOMS:
        for path in modules(room):
            assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}, path


def test_modules_stay_readable() -> None:
    for room in ROOMS:
        for path in modules(room):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            assert lines <= (180 if room == "pages" else 450), f"{path} has {lines} lines"
