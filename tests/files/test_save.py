"""A file is put whole or not at all, whatever becomes of the run that writes it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import pytest

from unitledger.errors import WorkbookError
from unitledger.files.save import check_place, save

KILLS = int(os.environ.get("KILLS", "20"))
_WRITES_ON_AND_ON = """
import sys
from pathlib import Path
from unitledger.files.save import save
print("ready", flush=True)
while True:
    for letter in b"ab":
        save(bytes([letter]) * 3_000_000, Path(sys.argv[1]))
"""


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_run_that_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    path = tmp_path / "sweep.csv"
    moments = random.Random(7)  # noqa: S311 - moments, no secrets
    for _ in range(KILLS):
        save(b"old", path)
        with subprocess.Popen([sys.executable, "-c", _WRITES_ON_AND_ON, path], stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            run.kill()
        held = path.read_bytes()
        assert held == b"old" or held in {letter * 3_000_000 for letter in (b"a", b"b")}
    save(b"new", path)
    assert names(tmp_path) == ["sweep.csv"]


def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sweep.csv"
    with subprocess.Popen([sys.executable, "-c", _WRITES_ON_AND_ON, path], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        for number in range(30):
            save(b"%d" % number, tmp_path / "other.csv")
            assert run.poll() is None
        run.kill()


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link, dangling = tmp_path / "real" / "costs.csv", tmp_path / "costs.csv", tmp_path / "new.csv"
    real.write_text("old")
    link.symlink_to(real)
    dangling.symlink_to(tmp_path / "real" / "new.csv")

    for path in (link, dangling):
        save(b"new", path)
        assert path.is_symlink()
        assert path.read_bytes() == b"new"
    assert names(tmp_path / "real") == ["costs.csv", "new.csv"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the administrator gives files away")
def test_owner_group_and_mode_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text("old")
    os.chown(path, 1234, 2345)
    path.chmod(0o2751)

    save(b"new", path)

    held = path.stat()
    assert (held.st_uid, held.st_gid, held.st_mode & 0o7777) == (1234, 2345, 0o2751)


def test_a_new_file_has_the_mode_that_the_system_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0o027)
    monkeypatch.setattr(os, "umask", pytest.fail)
    save(b"new", tmp_path / "costs.csv")
    monkeypatch.undo()
    os.umask(before)

    assert (tmp_path / "costs.csv").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("links", [True, False])
def test_of_many_that_may_not_replace_one_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "costs.csv"

    def attempt(number: int, path: Path) -> bytes | str:
        content = b"%d" % number
        try:
            save(content, path, overwrite=False)
        except WorkbookError as refused:
            return str(refused)
        return content

    with ThreadPoolExecutor(8) as runs:
        told = list(runs.map(attempt, range(8), repeat(path)))
    refused = f"{path} exists already. Choose another name, or write with overwrite=True."
    assert told.count(refused) == 7
    assert path.read_bytes() in told
    assert names(tmp_path) == ["costs.csv"]


def test_a_device_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    with pytest.raises(WorkbookError) as refused:
        check_place(pipe)
    assert str(refused.value) == f"{pipe} is a device or a pipe, not a file. Name a file."
