"""Channels: kotae serve."""

import click

from bot.commands.folders import open_editions, state_file

__all__ = ["serve"]


@click.command()
def serve() -> None:
    """ブラウザーの画面と、鍵のあるチャットで答える。"""
    from bot.serving import serve_all

    serve_all(open_editions(), state_file(), click.echo)
