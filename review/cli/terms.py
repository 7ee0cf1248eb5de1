"""``python -m review terms``: its subcommands stand in ``_terms_*.py``, each file's as ``COMMANDS``, a list."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cached_property

import click

import review.cli

PREFIX = "_terms_"


class Terms(click.Group):
    """A group that finds its subcommands by looking."""

    @cached_property
    def found(self) -> dict[str, click.Command]:
        """Each subcommand by its name."""
        names = sorted(one.name for one in pkgutil.iter_modules(review.cli.__path__) if one.name.startswith(PREFIX))
        modules = [importlib.import_module(f"review.cli.{name}") for name in names]
        return {str(command.name): command for module in modules for command in module.COMMANDS}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.found)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.found.get(cmd_name)


@click.group("terms", cls=Terms)
def terms() -> None:
    """The project's terms, and those that corrections propose.

    \b
    python -m review terms list --search COSMOPlat
    python -m review terms import client.tbx
    python -m review terms propose
    python -m review terms accept 12
    python -m review terms decline 13 --reason "only in headlines"
    """


COMMAND = terms
