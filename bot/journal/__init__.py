"""The journal: what was asked and answered, by whom, and what is still to be sent; one file, apart from the knowledge base."""

from bot.journal.audit import Answered
from bot.journal.conversations import Conversation, Turn
from bot.journal.feedback import Vote
from bot.journal.inbox import Event, Received
from bot.journal.lock import alone, is_served
from bot.journal.looking import look
from bot.journal.members import Invite, Member
from bot.journal.migrations import VERSION
from bot.journal.outbox import Delivery, Message
from bot.journal.retention import Keeping
from bot.journal.transaction import Transaction
from bot.journal.writer import Journal

__all__ = [
    "Answered", "Conversation", "Delivery", "Event", "Invite", "Journal", "Keeping", "Member", "Message",
    "Received", "Transaction", "Turn", "VERSION", "Vote", "alone", "is_served", "look",
]  # fmt: skip
