"""Every command explains itself, and every way to go wrong ends in one sentence and its exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import click
import pytest
from click.testing import CliRunner, Result

from review import __version__
from review.cli import main
from review.errors import FormatError, InputError
from tests.conftest import ROOT


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield (*path, name), command
            if isinstance(command, click.Group):
                yield from commands(command, (*path, name))


ALL = [((), main), *commands(main)]
each_command = pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "review" for path, _ in ALL])


@each_command
def test_every_command_has_help(path: tuple[str, ...], command: click.Command) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Usage: ")
    assert (command.help or "").strip(), "the command's docstring is its help"


@each_command
def test_every_option_has_help_text(path: tuple[str, ...], command: click.Command) -> None:
    silent = [p.opts[0] for p in command.params if isinstance(p, click.Option) and not p.hidden and not p.help]
    assert silent == []


@each_command
def test_every_command_stands_in_the_list_with_a_short_help(path: tuple[str, ...], command: click.Command) -> None:
    listed = CliRunner().invoke(main, [*path[:-1], "--help"]).stdout
    assert not path or f"  {path[-1]} " in listed
    assert command.get_short_help_str(200)


def run_with(function: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setitem(main.found, "trial", click.Command("trial", callback=function))
    return CliRunner().invoke(main, ["trial"])


def raising(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


def test_a_user_error_is_one_line_and_exit_code_2(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_with(raising(FormatError("a.tsv", 3, "the quote is\nnot closed", "Close it.")), monkeypatch)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "review: a.tsv, line 3: the quote is not closed. Close it.\n"


def test_bad_input_found_by_click_is_exit_code_2_too(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_with(raising(click.FileError("a.txt", "no such file")), monkeypatch)
    assert result.exit_code == 2
    assert result.stderr == "review: Could not open file 'a.txt': no such file\n"


def test_a_bug_is_one_sentence_and_never_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_with(raising(KeyError("secret text of a segment")), monkeypatch)
    assert result.exit_code == 70
    assert "review: this is a bug in the program (KeyError); please report it" in result.stderr
    assert "Traceback" not in result.output
    assert "secret text" not in result.output


def test_an_argument_that_is_not_utf_8_is_wrong_use_and_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["review", "replace", "Ka\udcff"])
    result = run_with(raising(UnicodeEncodeError("utf-8", "Ka\udcff", 2, 3, "surrogates not allowed")), monkeypatch)
    assert result.exit_code == 2
    assert result.stderr == "review: an argument holds bytes that are not UTF-8; write it in UTF-8.\n"


def test_wrong_use_is_exit_code_2_and_says_how_to_get_help() -> None:
    result = CliRunner().invoke(main, ["no-such-command"])
    assert result.exit_code == 2
    assert result.stderr == "review: No such command 'no-such-command'. See: main --help\n"


def test_an_option_without_its_value_says_of_which_command_the_help_is() -> None:
    result = CliRunner().invoke(main, ["score", "mt.txt", "-r"])
    assert result.exit_code == 2
    assert result.stderr == "review: Option '-r' requires an argument. See: main score --help\n"


def test_a_device_without_room_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_with(raising(OSError(errno.ENOSPC, "No space left on device")), monkeypatch)
    assert result.exit_code == 2
    assert result.stderr == (
        "review: the output cannot be written (No space left on device); make room, or write elsewhere.\n"
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is Linux's")
def test_a_full_standard_output_leaves_no_traceback() -> None:
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "review", "metrics"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1


def test_no_command_shows_the_help_with_exit_code_2() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "Every command explains itself" in result.stderr


def test_the_keyboard_stops_it_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run_with(raising(KeyboardInterrupt()), monkeypatch)
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_the_keyboard_stops_it_while_a_thread_still_computes() -> None:
    """A function that is compiled cannot be broken off; nobody waits for it."""
    program = (
        "import signal, threading\n"
        # A shell that runs the tests in the background has told its children to ignore the key.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import click\n"
        "from review.cli import main\n"
        "from review.workers.here import Threads\n"
        "main_thread = threading.main_thread().ident\n"
        "def function(item):\n"
        "    if item == 0: signal.pthread_kill(main_thread, signal.SIGINT)\n"
        "    threading.Event().wait()\n"
        "main.found['trial'] = click.Command('trial', callback=lambda: list(Threads(2)(function, [0, 1])))\n"
        "main(['trial'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=False, text=True, timeout=60
    )
    assert result.returncode == 130
    assert "Traceback" not in result.stderr


def test_a_check_that_fails_keeps_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_with(lambda: click.get_current_context().exit(1), monkeypatch).exit_code == 1


def test_what_a_command_returns_is_not_an_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_with(lambda: 3, monkeypatch).exit_code == 0


def test_without_standalone_mode_errors_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.found, "trial", click.Command("trial", callback=raising(InputError("so"))))
    with pytest.raises(InputError, match="so"):
        main.main(["trial"], standalone_mode=False)


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from review.settings import settings

    monkeypatch.setenv("REVIEW_LINE_MEGABYTES", "many")
    settings.cache_clear()
    try:
        result = run_with(lambda: None, monkeypatch)
    finally:
        settings.cache_clear()
    assert result.exit_code == 2
    assert result.stderr == "review: REVIEW_LINE_MEGABYTES is 'many'; set it to a whole number above 0.\n"


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"review {__version__}\n"


def test_a_reader_that_goes_away_is_not_an_error() -> None:
    """The pipe is closed before the program writes, as ``| head`` does."""
    program = (
        "import sys, click\n"
        "from review.cli import main\n"
        "main.found['trial'] = click.Command('trial', callback=lambda: print('x' * 1_000_000))\n"
        "main(['trial'])\n"
    )
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [sys.executable, "-c", program], stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (141, "")


def test_python_m_review_runs_it() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "review", "--help"], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert result.stdout.startswith("Usage: python -m review ")
