"""Imports: kotae import, from an office's file to a draft and what was read of it."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands.folders import data_folder, home_folder

__all__ = ["import_"]


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plan", default="", help="計画の id。すでにある計画なら、その読み方を使って差しかえの案をつくる。")
@click.option("--era", type=click.Choice(["平成", "令和"]), help="表に元号がないときの元号。")
@click.option("--year", default="", help="値の年度がどこにも書かれていない表の年度(令和5、2023 など)。")
def import_(file: Path, plan: str, era: str | None, year: str) -> None:
    """Excel・CSV の表を読み、下書きと報告をつくる(公表はしない)。"""
    from bot.publishing.importing import import_table, summary

    gc.disable()  # the process ends before there is anything worth collecting
    with _progress(file) as told:
        draft = import_table(file, data_folder(), home_folder(), plan, era or "", told, year)
    for line in summary(draft):
        click.echo(line)


# Private functions


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that grows with the cells that were read; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(
        length=_expected(file), label=f"{file.name} を読んでいます", file=sys.stderr, show_eta=False
    ) as bar:

        def told(cells: int) -> None:
            bar.update(max(cells - bar.pos, 0))

        yield told


def _expected(file: Path) -> int:
    """About how many cells a file of this size holds; only the bar's length."""
    size = file.stat().st_size if file.is_file() else 0
    return max(size // (6 if file.suffix.lower().startswith(".xls") else 12), 1)
