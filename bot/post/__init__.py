"""The post: what came in is handled in order, what is to go out is delivered; nothing acknowledged is lost."""

from bot.post.courier import Courier, Later, Refused, Sending
from bot.post.errands import Errands
from bot.post.office import Channel, Office
from bot.post.worker import Handling, Worker

__all__ = ["Channel", "Courier", "Errands", "Handling", "Later", "Office", "Refused", "Sending", "Worker"]
