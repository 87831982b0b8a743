"""Aliases: kotae alias add, list and remove."""

from collections.abc import Iterator

import click

from bot.commands.folders import data_folder, home_folder, now
from bot.commands.revisions import confirmed

__all__ = ["alias"]


@click.group()
def alias() -> None:
    """別の呼び名を足す、並べる、消す。"""


@alias.command()
@click.argument("text", metavar="ALIAS")
@click.argument("said", metavar="NAME_OR_NO")
@click.option("--plan", default="", help="計画の id(いくつもあるとき)。")
@click.option("--yes", is_flag=True, help="気になる点があっても足す。")
def add(text: str, said: str, plan: str, yes: bool) -> None:
    """別名を足す(すぐに使える)。"""
    from bot.publishing.aliases import add_alias

    added = add_alias(data_folder(), home_folder(), text, said, plan, now(), lambda doubts: _accepted(doubts, yes))
    if added is None:
        raise click.exceptions.Exit(1)
    click.echo(f"「{added.text}」を {added.label} の別名にしました。版 {added.revision[:12]}")


@alias.command("list")
def list_() -> None:
    """別名を並べる。"""
    from bot.publishing.aliases import list_aliases

    for named in list_aliases(data_folder()):
        click.echo(f"{named.text}  {named.label}  {named.plan}")


@alias.command()
@click.argument("text", metavar="ALIAS")
@click.option("--plan", default="", help="計画の id(いくつもあるとき)。")
def remove(text: str, plan: str) -> None:
    """別名を消す。"""
    from bot.publishing.aliases import remove_alias

    removed = remove_alias(data_folder(), home_folder(), text, plan, now())
    click.echo(f"別名「{removed.text}」を {removed.label} から外しました。版 {removed.revision[:12]}")


# Private functions


def _accepted(doubts: Iterator[str], yes: bool) -> bool:
    told = list(doubts)
    for doubt in told:
        click.echo(f"注意: {doubt}", err=True)
    return not told or confirmed(f"気になる点が{len(told)}件あります。", "別名を足しませんでした。", yes)
