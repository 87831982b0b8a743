"""LINE: kotae line setup."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.channels.line import LineSettings

__all__ = ["line"]


@click.group()
def line() -> None:
    """LINE公式アカウントを準備する。"""


@line.command()
def setup() -> None:
    """鍵を確かめ、Webhookのアドレスとメニューを設定する(kotae serve を動かしてから)。"""
    import asyncio

    from bot.commands.folders import open_at
    from bot.serving import line_settings
    from bot.settings import read_settings

    settings = line_settings(read_settings())
    wording = open_at("line/public").wording
    asyncio.run(_set_up(settings, lambda key: wording.line("command", key).text))


# Private functions


async def _set_up(settings: "LineSettings", say: Callable[[str], str]) -> None:
    from bot.channels.line import set_up

    async for step in set_up(settings, say):
        click.echo(step)
