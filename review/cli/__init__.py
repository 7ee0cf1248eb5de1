"""The user's steps, typed: each file of this room offers one command as ``COMMAND``.

Exit codes: 0 success; 1 a check fails; 2 wrong use or bad input; 70 a bug in the program; 130 stopped by
the keyboard; 141 the reader of the output went away.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, NoReturn

import click

import review.cli
from review import registry
from review.errors import ReviewError
from review.log import log, set_up
from review.settings import settings

BUG, INTERRUPTED, BROKEN_PIPE = 70, 130, 141
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What writing to a full or broken device raises."""


class Commands(click.Group):
    """A group that finds its commands by looking, and turns what goes wrong into one sentence."""

    @cached_property
    def found(self) -> dict[str, click.Command]:
        """Each command under the name it is typed by: the file's, less the underscore that Python needs."""
        return {name.rstrip("_"): command for name, command in registry.find(review.cli, "COMMAND").items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.found.get(cmd_name)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; what it returns is not an exit code (``ctx.exit`` gives one)."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except click.UsageError as error:
            # An option without its value is found before click says of which command.
            command = self.found.get(ctx.invoked_subcommand or "")
            if error.ctx is None and command:
                error.ctx = click.Context(command, ctx, ctx.invoked_subcommand)
            raise
        except BrokenPipeError:
            _forget_output()
            ctx.exit(BROKEN_PIPE)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run, and exit with the code that says how it went. ``standalone_mode=False`` returns or raises."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **extra)
        return _exit_as_it_went(lambda: run(*args, standalone_mode=False, **extra))


def _exit_as_it_went(run: Callable[[], Any]) -> NoReturn:
    try:
        code = run()
    except ReviewError as error:
        code = _say(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = 2
    except click.UsageError as error:
        place = error.ctx.command_path if error.ctx else "python -m review"
        code = _say(f"{error.format_message().rstrip('.')}. See: {place} --help", 2)
    except click.ClickException as error:
        code = _say(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
        _leave_threads(code)
    except Exception as error:  # noqa: BLE001  the last line of defence: a user never sees a traceback
        if isinstance(error, OSError) and error.errno in _NO_ROOM and error.filename is None:
            _forget_output()
            sys.exit(_say(f"the output cannot be written ({error.strerror}); make room, or write elsewhere.", 2))
        if isinstance(error, UnicodeEncodeError) and any(_broken(word) for word in sys.argv[1:]):
            sys.exit(_say("an argument holds bytes that are not UTF-8; write it in UTF-8.", 2))
        log("error", "command failed", error=error)
        code = _say(
            f"this is a bug in the program ({type(error).__name__}); please report it with the command as typed "
            "and the log line above.",
            BUG,
        )
    sys.exit(code or 0)


def _broken(word: str) -> bool:
    """Whether an argument's bytes were no UTF-8: Python keeps each as half of a surrogate pair."""
    return any("\ud800" <= letter <= "\udfff" for letter in word)


def _say(sentence: str, code: int) -> int:
    click.echo(f"review: {' '.join(sentence.split())}", err=True)
    return code


def _forget_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not complain about it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave_threads(code: int) -> None:
    """Exit now where threads still compute: the interpreter would wait for them, half a minute where they compile."""
    if any(thread.name.startswith("map") for thread in threading.enumerate()):
        sys.stderr.flush()
        os._exit(code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(review.__version__, prog_name="review", message="%(prog)s %(version)s")
def main() -> None:
    """Review machine-translated articles: import, flag, score, export.

    Every command explains itself with --help. Exit codes: 0 success, 1 a check fails, 2 wrong use or bad input.
    """
    set_up(settings().log_level)
