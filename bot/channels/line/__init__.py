"""The LINE channel: asked by message, button or mention, answered with bubbles that fit a phone."""

from bot.channels.line.channel import Line
from bot.channels.line.pictures import Charting
from bot.channels.line.settings import LineSettings
from bot.channels.line.setup import check, set_up

__all__ = ["Charting", "Line", "LineSettings", "check", "set_up"]
