"""Backups: kotae backup and kotae restore."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.folders import state_file
from bot.commands.revisions import confirmed

if TYPE_CHECKING:
    from bot.journal.backups import Copied

__all__ = ["backup", "restore"]


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def backup(file: Path | None) -> None:
    """記録の控えをとる(答えながらでもよい)。"""
    from bot.errors import JournalError
    from bot.journal.backups import back_up

    journal = state_file()
    name = datetime.now().astimezone().strftime("journal-%Y%m%d-%H%M%S.db")
    if file and not file.absolute().parent.is_dir():  # a mistyped name, or a disk that isn't there
        raise JournalError(f"フォルダーがありません({file.parent})。名前を確かめるか、つくってから行ってください。")
    place = file or journal.parent / "backups" / name
    copied = back_up(journal, place)
    click.echo(f"記録の控えをとり、読めることを確かめました: {place}({_held(copied)})")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="たずねずに戻す。")
def restore(file: Path, yes: bool) -> None:
    """記録を控えに戻す(kotae serve を止めてから)。"""
    from bot.journal.backups import look_into
    from bot.journal.backups import restore as restored

    journal = state_file()
    look_into(file, journal)
    if journal.exists() and not confirmed(
        "控えより後の質問と登録は、今の記録とともに脇に置かれます。", "戻しませんでした。", yes
    ):
        raise click.exceptions.Exit(1)
    copied, before = restored(file, journal)
    aside = f" 前の記録は {before} にあります。" if before else ""
    click.echo(f"記録を {file} に戻しました({_held(copied)})。{aside}")


# Private functions


def _held(copied: "Copied") -> str:
    return f"質問{copied.rows['audit']}件 登録{copied.rows['members']}人"
