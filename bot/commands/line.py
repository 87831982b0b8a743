"""LINE: kotae line setup."""

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

    from bot.serving import line_settings
    from bot.settings import read_settings

    asyncio.run(_set_up(line_settings(read_settings())))


# Private functions


async def _set_up(settings: "LineSettings") -> None:
    from bot.channels.line import set_up

    async for step in set_up(settings):
        click.echo(step)
