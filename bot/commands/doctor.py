"""Doctor: kotae doctor."""

import click

from bot.commands.folders import data_folder, home_folder, state_file

__all__ = ["doctor"]

_MARKS = {"good": "○", "note": "・", "bad": "×"}


@click.command()
def doctor() -> None:
    """設定、知識ベース、記録、つながりを調べる(何も変えない)。"""
    from bot.upkeep.doctoring import examine
    from bot.upkeep.reaching import checks_of

    state, ill = state_file(), False
    for finding in examine(data_folder(), home_folder(), state, checks_of(state)):
        click.echo(f"{_MARKS[finding.level]} {finding.line}")
        ill |= finding.level == "bad"
    if ill:
        raise click.exceptions.Exit(1)
