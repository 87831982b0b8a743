"""The desk: who may ask, what is asked and what is given, the same at every door; channels bring and carry away."""

from bot.desk.attempts import Attempts
from bot.desk.desk import Desk
from bot.desk.presses import read_press
from bot.desk.receipts import show_receipt
from bot.desk.suggesting import Suggestion, suggestions
from bot.desk.turns import Answering, Button, Caller, Opening, Reply, Rules, Turn, Verb
from bot.desk.visits import Tools
from bot.editions.bots import pressed

__all__ = [
    "Answering", "Attempts", "Button", "Desk", "Caller", "Opening", "Reply", "Rules", "Suggestion", "Tools", "Turn", "Verb",
    "pressed", "read_press", "show_receipt", "suggestions",
]  # fmt: skip
