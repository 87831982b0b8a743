"""Charts: kotae chart."""

from pathlib import Path
from typing import Literal

import click

from bot.commands.folders import open_kotae

__all__ = ["chart"]

_FORMS: dict[str, Literal["png", "svg"]] = {".png": "png", ".svg": "svg"}


@click.command()
@click.argument("question")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="図のファイル(.png か .svg)。")
def chart(question: str, output: Path) -> None:
    """答えの数字を図にする。"""
    from bot.charts import draw, to_chart

    form = _FORMS.get(output.suffix.lower())
    if form is None:
        raise click.UsageError("図のファイルは .png か .svg にしてください")
    shown = to_chart(open_kotae().answer(question)[0])
    if shown is None:
        click.echo("図にできる答えではありません(同じ単位の数字が二つ以上あるときに図になります)。", err=True)
        raise click.exceptions.Exit(1)
    output.write_bytes(draw(shown, form))
    click.echo(shown.caption)
