"""Writing the site: whole or not at all, whatever happens on the way; one build at a time."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.site import place
from exports.site.place import MARK, SiteNotWritten, only_build, write_site

OLD = [("index.html", b"old"), ("en/index.html", b"old too")]
NEW = [("index.html", b"new"), ("ja/index.html", b"new too")]


def write(out: Path, files: list[tuple[str, bytes]]) -> None:
    with only_build(out):
        write_site(out, files)


def found(out: Path) -> dict[str, bytes]:
    files = (p for p in out.rglob("*") if p.is_file() and p.name != MARK)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in files}


def test_a_site_replaces_the_old_one_and_leaves_nothing_beside(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, OLD)
    write(out, NEW)
    assert found(out) == dict(NEW)
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".site.lock"}


def test_without_an_exchange_in_one_step_the_old_one_is_moved_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_exchanged", lambda _new, _out: False)
    out = tmp_path / "site"
    write(out, OLD)
    write(out, NEW)
    assert found(out) == dict(NEW)


def test_a_full_disk_leaves_the_old_site(tmp_path: Path) -> None:
    def filling() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "site"
    write(out, OLD)
    with only_build(out), pytest.raises(SiteNotWritten, match="No space left"):
        write_site(out, filling())
    assert found(out) == dict(OLD)
    assert not (tmp_path / ".site.new").exists()


def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, OLD)
    program = f"""
from pathlib import Path
from exports.site.place import only_build, write_site
def slow():
    yield "index.html", b"half"
    print("half", flush=True)
    input()
out = Path({str(out)!r})
with only_build(out):
    write_site(out, slow())
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "half\n"
        with pytest.raises(SiteNotWritten, match="Another build"), only_build(out):
            pass
        process.send_signal(signal.SIGKILL)
    assert found(out) == dict(OLD)
    assert (tmp_path / ".site.new").exists()
    write(out, NEW)
    assert found(out) == dict(NEW)
    assert not (tmp_path / ".site.new").exists()


def test_a_build_killed_between_two_moves_is_taken_up(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, OLD)
    out.rename(tmp_path / ".site.old")
    with only_build(out):
        assert found(out) == dict(OLD)


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    out = tmp_path / "home"
    out.mkdir()
    (out / "letter.txt").write_text("mine")
    with pytest.raises(SiteNotWritten, match="no site of this command"), only_build(out):
        pass
    assert found(out) == {"letter.txt": b"mine"}
