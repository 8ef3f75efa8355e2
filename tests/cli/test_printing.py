"""Where nobody takes what is printed: a closed pipe is quiet, a full device is one message, a bug stays a bug."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import evsynth
from evsynth.cli.main import VERBS, cli, main
from evsynth.cli.printing import CLOSED

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="only some systems have a device that is always full")
needs_pipes = pytest.mark.skipif(os.name != "posix", reason="a closed pipe looks otherwise elsewhere")


def running(arguments, *, unbuffered="", **streams):
    """Run the program itself; what holds text back until the end, and what does not, fail in different places."""
    variables = {**os.environ, "PYTHONPATH": str(Path(evsynth.__file__).parents[1]), "PYTHONUNBUFFERED": unbuffered}
    return subprocess.run(
        [sys.executable, "-m", "evsynth", *arguments], env=variables, timeout=60, check=False, text=True, **streams
    )


@needs_pipes
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["search", "--help"]])
def test_a_reader_that_went_away_is_no_error(arguments, unbuffered):
    """As with every other program in a pipe before `head`."""
    read, write = os.pipe()
    os.close(read)
    try:
        ended = running(arguments, unbuffered=unbuffered, stdout=write, stderr=subprocess.PIPE)
    finally:
        os.close(write)
    assert (ended.returncode, ended.stderr) == (CLOSED, "")


@needs_pipes
def test_one_pipe_for_both_is_no_error_either():
    read, write = os.pipe()
    os.close(read)
    try:
        assert running(["show", "nothing"], stdout=write, stderr=write).returncode == CLOSED
    finally:
        os.close(write)


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["pool", "--help"]])
def test_a_full_device_is_one_message(arguments, unbuffered):
    with FULL.open("w") as full:
        ended = running(arguments, unbuffered=unbuffered, stdout=full, stderr=subprocess.PIPE)
    said = f"Error: the output cannot be written: {os.strerror(errno.ENOSPC)}; look for room on the disk\n"
    assert (ended.returncode, ended.stderr) == (1, said)


def closing(redirected, arguments, tmp_path):
    """Run the program below a shell that closes streams, in a folder with one record."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - Otters\nER  - \n")
    shell = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "evsynth", *arguments]
    variables = {**os.environ, "PYTHONPATH": str(Path(evsynth.__file__).parents[1])}
    return subprocess.run(
        shell, cwd=tmp_path, env=variables, timeout=60, check=False, text=True, capture_output=True, stdin=None
    )


@needs_pipes
@pytest.mark.parametrize("arguments", [["read", "a.ris"], ["read", "a.ris", "--json"], ["--help"], ["--version"]])
def test_no_output_at_all_is_one_message(tmp_path, arguments):
    ended = closing(">&-", arguments, tmp_path)
    assert (ended.returncode, ended.stderr) == (1, "Error: nothing can be printed: the standard output is closed\n")


@needs_pipes
def test_what_prints_nothing_needs_no_output(tmp_path):
    ended = closing(">&-", ["read", "a.ris", "--to", "csl", "-o", "b.json"], tmp_path)
    assert (ended.returncode, "b.json: written" in ended.stderr) == (0, True)
    assert "Otters" in (tmp_path / "b.json").read_text()


@needs_pipes
@pytest.mark.parametrize("redirected", ["2>&-", "<&-", "<&- 2>&-"])
def test_other_streams_may_be_closed(tmp_path, redirected):
    ended = closing(redirected, ["read", "a.ris"], tmp_path)
    assert (ended.returncode, "Otters" in ended.stdout) == (0, True)


@needs_full
def test_a_device_that_is_full_for_messages_too_gives_the_code():
    with FULL.open("w") as full:
        assert running(["--help"], stdout=full, stderr=full).returncode == 1


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("failure", "code"),
    [(BrokenPipeError(errno.EPIPE, "Broken pipe"), CLOSED), (OSError(errno.ENOSPC, "No space left on device"), 1)],
)
def test_it_holds_for_every_command(verb, failure, code, monkeypatch, capsys):
    """Whatever a command prints goes through one place."""

    def printing(*_, **__):
        raise failure

    command = cli.get_command(None, verb)
    monkeypatch.setattr(command, "invoke", printing)
    monkeypatch.setattr(command, "parse_args", lambda ctx, args: [])
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    with pytest.raises(SystemExit) as ended:
        main([verb])
    assert ended.value.code == code
    assert capsys.readouterr().err.count("\n") == (code == 1)


@pytest.mark.parametrize("bug", [RuntimeError("otter"), OSError(errno.ENOENT, "otter"), ConnectionResetError("otter")])
def test_a_bug_keeps_its_traceback(bug, monkeypatch):
    def failing(*_, **__):
        raise bug

    monkeypatch.setattr(cli, "invoke", failing)
    with pytest.raises(type(bug), match="otter"):
        main(["show"])


@pytest.mark.parametrize(("stream", "code"), [("stdout", 1), ("stderr", 0), ("stdin", 0)])
def test_only_the_output_has_to_be_there(stream, code, monkeypatch):
    """`>&-` leaves a program without one; it printed nothing, and says so."""
    monkeypatch.setattr(sys, stream, None)
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, getattr(sys, stream)) == (code, None)
