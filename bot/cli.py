"""The command kotae: its commands side by side, and a mistake in one clear line."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from bot.commands.misuse import misuse

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "ask": "questions", "chat": "questions", "explain": "questions", "chart": "charts",
    "build": "tables", "check": "tables", "export": "tables", "import": "imports",
    "diff": "revisions", "publish": "revisions", "rollback": "revisions", "revisions": "revisions", "alias": "aliases",
    "serve": "channels", "invite": "members", "members": "members", "revoke": "members", "feedback": "members",
    "backup": "backups", "restore": "backups", "doctor": "doctor", "line": "line",
}  # fmt: skip
"""Command → its module in bot/commands, read when it is called: a question waits for no other one."""


class _Commands(click.Group):
    """Commands whose mistakes end in one clear line instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"bot.commands.{COMMANDS[cmd_name]}")
        return next(one for one in vars(module).values() if isinstance(one, click.Command) and one.name == cmd_name)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Say a mistake in the call in one Japanese line, too."""
        standalone = extra.pop("standalone_mode", True)
        if not standalone:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            sys.exit(super().main(args, prog_name, standalone_mode=False, **extra) or 0)
        except click.UsageError as error:
            click.echo(f"使い方が違います({misuse(error)})。kotae --help を見てください。", err=True)
            sys.exit(error.exit_code)
        except (click.Abort, BrokenPipeError):
            sys.exit(1)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Which command is called."""
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"{args[0]} という命令はありません")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say a known mistake and leave with status 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:  # noqa: BLE001  whoever runs a command is helped by a line, not by a traceback
            click.echo(_said(error), err=True)
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kotae", message="%(version)s")
def main() -> None:
    """公表された表の数字を、そのまま答えます。"""


# Private functions


def _said(error: Exception) -> str:
    """A mistake in one clear line; of what only a programmer can mend, where it is."""
    from bot.errors import KNOWN, place_of

    if isinstance(error, KNOWN):
        return str(error)
    if isinstance(error, OSError):
        return f"ファイルを扱えません({error.strerror}: {error.filename})。"
    return f"プログラムの誤りです({type(error).__name__}: {error} {place_of(error)})。"
