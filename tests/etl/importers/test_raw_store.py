"""Raw files: one for each content, told apart by day and hash; a kill, a second process or a damaged disk loses none."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.importers.raw_store import Kept, RawStore, misfit
from etl.importers.source import SourceNotRead

ROOT = Path(__file__).parents[3]
FIRST = datetime(2026, 1, 24, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAGE = "<html><table><tr><td>モンゴル</td></tr></table></html>".encode()
OTHER = PAGE.replace(b"table", b"tbody")
ADDRESS = "https://www.jcm.go.jp/jc/mn-projects/"


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw")


def keep(store: RawStore, content: bytes = PAGE, at: datetime = FIRST, **known: str) -> Kept:
    return store.keep("jcm-issuances", "MN", "html", content, address=ADDRESS, fetched_at=at, **known)


def files(store: RawStore) -> list[str]:
    found = (path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.endswith(".lock"))


def refusal(raised: pytest.ExceptionInfo[SourceNotRead]) -> str:
    assert re.search("[ぁ-ん]", raised.value.message_ja)
    return raised.value.message_en


def test_a_file_is_found_by_source_part_day_and_hash_with_all_that_the_server_said(store: RawStore) -> None:
    kept = keep(store, etag='W/"1"', last_modified="Sat, 24 Jan 2026 09:00:00 GMT", media_type="text/html")
    name = f"jcm-issuances/MN/2026-01-24-{kept.sha256[:12]}"
    assert files(store) == [f"{name}.html", f"{name}.json"]
    assert store.latest("jcm-issuances", "MN") == kept
    assert store.read(kept) == PAGE
    told = json.loads((store.folder / f"{name}.json").read_text(encoding="utf-8"))
    assert told["address"] == told["final_address"] == ADDRESS
    assert (told["etag"], told["media_type"], told["sha256"]) == ('W/"1"', "text/html", kept.sha256)
    assert datetime.fromisoformat(told["fetched_at"]) == FIRST


def test_a_source_without_parts_has_the_folder_all(store: RawStore) -> None:
    kept = store.keep("unep-pipeline", "", "xlsx", b"PK", address="a.xlsx", fetched_at=FIRST)
    assert kept.path.parent == store.folder / "unep-pipeline" / "all"
    assert store.latest("unep-pipeline") == kept
    assert store.latest("unep-pipeline", "MN") is None


def test_the_day_is_that_of_utc(store: RawStore) -> None:
    assert keep(store, at=datetime.fromisoformat("2026-01-25T08:59:00+09:00")).path.name.startswith(
        "2026-01-24-"
    )


def test_the_same_content_on_another_day_is_one_file_that_knows_both_days(store: RawStore) -> None:
    first = keep(store, etag='"1"')
    later = keep(store, at=LATER, etag='"2"')
    assert len(files(store)) == 2
    assert later.path == first.path
    assert (later.first_seen_on, later.last_seen_on) == (FIRST.date(), LATER.date())
    latest = store.latest("jcm-issuances", "MN")
    assert latest == later
    assert latest.etag == '"2"'


def test_what_was_seen_last_is_the_latest_even_if_it_was_kept_first(store: RawStore) -> None:
    first = keep(store)
    other = keep(store, OTHER, LATER)
    assert store.latest("jcm-issuances", "MN") == other
    again = store.seen_again(first, LATER.replace(month=5))
    assert store.latest("jcm-issuances", "MN") == again
    assert again.first_seen_on == FIRST.date()
    assert len(files(store)) == 4


def test_an_earlier_sighting_that_comes_late_changes_the_first_day_alone(store: RawStore) -> None:
    keep(store, at=LATER, etag='"new"')
    kept = keep(store, at=FIRST, etag='"old"')
    assert (kept.first_seen_on, kept.last_seen_on, kept.etag) == (FIRST.date(), LATER.date(), '"new"')


@pytest.mark.parametrize(
    "name",
    ["..", "../x", "a/b", "a\\b", "/etc", ".hidden", "-x", "MN\n", "ＭＮ", "a b", "x" * 65, "C:", "\0"],
)
def test_a_name_with_anything_but_letters_digits_and_hyphens_is_refused(name: str, store: RawStore) -> None:
    with pytest.raises(SourceNotRead) as by_part:
        store.keep("jcm-issuances", name, "html", PAGE, address=ADDRESS, fetched_at=FIRST)
    assert "Expected letters, digits and hyphens" in refusal(by_part)
    with pytest.raises(SourceNotRead):
        store.latest(name)
    assert not store.folder.exists()


def test_a_changed_file_is_told_with_both_hashes_and_mended_by_the_next_fetch(store: RawStore) -> None:
    kept = keep(store)
    kept.path.write_bytes(OTHER)
    with pytest.raises(SourceNotRead) as damaged:
        store.read(kept)
    assert str(kept.path) in refusal(damaged)
    assert f"expected {kept.sha256[:12]}" in refusal(damaged)
    assert "refresh jcm-issuances again" in refusal(damaged)
    with pytest.raises(SourceNotRead):
        store.seen_again(kept, LATER)
    assert store.read(keep(store)) == PAGE


def test_a_deleted_file_is_no_entry_so_that_it_is_fetched_whole_again(store: RawStore) -> None:
    kept = keep(store)
    kept.path.unlink()
    assert store.latest("jcm-issuances", "MN") is None
    with pytest.raises(SourceNotRead, match="cannot be read"):
        store.read(kept)
    assert store.latest("jcm-issuances", "MN") is None
    assert store.read(keep(store)) == PAGE


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"form": "exe"}', '{"form": "html"}', "\udcff"])
def test_a_damaged_sidecar_is_named(text: str, store: RawStore) -> None:
    sidecar = keep(store).path.with_suffix(".json")
    sidecar.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SourceNotRead) as damaged:
        store.latest("jcm-issuances", "MN")
    assert str(sidecar) in refusal(damaged)
    assert "Delete it and refresh again" in refusal(damaged)


def test_a_folder_that_cannot_be_written_is_told(store: RawStore) -> None:
    store.folder.parent.mkdir(exist_ok=True)
    store.folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(SourceNotRead, match="cannot be kept") as raised:
        keep(store)
    assert refusal(raised)


def test_a_full_disk_leaves_no_entry(store: RawStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceNotRead, match="No space left on device"):
        keep(store)
    assert files(store) == []


KEEPING = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from etl.importers.raw_store import RawStore
store, number = RawStore(Path(sys.argv[1])), int(sys.argv[2])
"""
KILLED_AT_STEP = """
real, steps = os.fsync, [0]
def sync(handle):
    steps[0] += 1
    if steps[0] == number:
        os.kill(os.getpid(), 9)
    real(handle)
os.fsync = sync
store.keep("jcm-issuances", "MN", "html", b"<html>" * 9999, address="a", fetched_at=datetime(2026, 1, 24, tzinfo=UTC))
"""
KEPT_OFTEN = """
for i in range(15):
    content = b"<html>%d" % (i % 5 + 100 * number * (i % 2))
    store.keep("jcm-issuances", "MN", "html", content, address="a", fetched_at=datetime(2026, 1, 1 + i, tzinfo=UTC))
"""


def process(store: RawStore, script: str, number: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", KEEPING + script, str(store.folder), str(number)], cwd=ROOT
    )


def test_a_kill_at_any_step_leaves_a_whole_entry_or_none_and_the_next_run_clears_up(tmp_path: Path) -> None:
    stores = [RawStore(tmp_path / f"raw{step}") for step in range(1, 5)]
    killed = [process(store, KILLED_AT_STEP, step) for step, store in enumerate(stores, 1)]
    assert [one.wait(timeout=60) for one in killed] == [-signal.SIGKILL] * 4
    for store in stores:
        kept = store.latest("jcm-issuances", "MN")
        before = files(store)
        assert before
        assert kept is None or store.read(kept) == b"<html>" * 9999
        new = keep(store)
        assert len(files(store)) == (2 if kept is None else 4)
        assert store.latest("jcm-issuances", "MN") in {new, kept}


def test_two_processes_keep_at_once(store: RawStore) -> None:
    working = [process(store, KEPT_OFTEN, number) for number in (1, 2)]
    assert [one.wait(timeout=60) for one in working] == [0, 0]
    sidecars = [name for name in files(store) if name.endswith(".json")]
    assert len(files(store)) == 2 * len(sidecars)
    contents = {i % 5 + 100 * number * (i % 2) for i in range(15) for number in (1, 2)}
    assert len(sidecars) == len(contents)
    shared = next(path for path in store.folder.rglob("*.html") if path.read_bytes() == b"<html>0")
    told = json.loads(shared.with_suffix(".json").read_text(encoding="utf-8"))
    assert (told["first_seen_on"], told["last_seen_on"]) == ("2026-01-01", "2026-01-11")


def test_a_page_with_a_sign_in_field_above_a_list_is_a_list() -> None:
    field = b"<html><title>JCM projects</title><form><input type='password'></form>"
    assert misfit(field + b"<table>" + b"<tr><td>MN001" * 20, "html") is None
    assert misfit(field, "html") == ("a page that asks to sign in", "ログインを求めるページ")
