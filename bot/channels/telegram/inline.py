"""Inline: answers offered in some other chat while a question is typed there: what is public, to whom may ask."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

from telegram import (
    Bot,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.channels.telegram.calls import CHANNEL
from bot.channels.telegram.questions import HELP
from bot.channels.telegram.texts import clean, to_texts
from bot.desk import Answering, Caller, Desk
from bot.journal import Journal
from bot.replies.answers import Answer

__all__ = ["Inline", "Offer", "offers"]

MOST = 10
"""Answers that are offered; a phone shows five of them."""
LONGEST_TITLE = 128
LONGEST_ID = 64
"""Bytes."""


class Offer(NamedTuple):
    """An answer to be sent into some other chat."""

    id: str
    """Its compact query, or its number where it has none."""
    title: str
    """The figure."""
    description: str
    """What it is a figure of."""
    text: str
    """The message, HTML."""


class Inline:
    """Answers inline queries; none is kept, for another comes with every key."""

    def __init__(self, bot: Bot, journal: Journal, desk: Desk) -> None:
        self._bot, self._journal, self._desk = bot, journal, desk

    async def answer(self, query: InlineQuery) -> None:
        """Offer what answers the question; whoever may not ask is shown the way, and nothing else."""
        found = await asyncio.to_thread(self._found, query)
        key = "inline_stranger" if found is None else "inline_help"
        button = InlineQueryResultsButton(self._desk.phrase(CHANNEL, "command", key), start_parameter=HELP)
        await self._bot.answer_inline_query(
            query.id,
            [_article(offer) for offer in found or ()],
            cache_time=0,
            is_personal=True,
            button=None if found else button,
        )

    # Private functions

    def _found(self, query: InlineQuery) -> tuple[Offer, ...] | None:
        """None for a stranger."""
        caller = Caller(CHANNEL, "inline", str(query.from_user.id), alone=False)
        kotae = self._journal.read(lambda transaction: self._desk.answering(caller, transaction))
        return offers(kotae, query.query) if kotae else None


def offers(kotae: Answering, question: str) -> tuple[Offer, ...]:
    """The answer, or where it asks back what each of its choices gives."""
    if not question.strip():
        return ()
    found = [offer for at, answer in enumerate(_answers(kotae, question)) if (offer := _offer(answer, at))]
    return tuple({offer.id: offer for offer in found}.values())


# Private functions


def _answers(kotae: Answering, question: str) -> Iterator[Answer]:
    answer, _ = kotae.answer(question)
    if answer.status in ("answer", "no_data"):
        yield answer
    elif answer.status == "clarify":
        yield from (kotae.run(choice.query)[0] for choice in answer.choices[:MOST] if choice.query)


def _offer(answer: Answer, at: int) -> Offer | None:
    """None where it takes more than one message: a part would look like the whole."""
    texts = to_texts(answer)
    lines = [line for line in answer.lines if clean(line.text).strip()]
    if len(texts) != 1 or not lines:
        return None
    first = next((line for line in lines if line.role == "figure"), lines[0])
    rest = " ".join(line.text for line in lines if line is not first and line.role != "choice")
    known = answer.query and len(answer.query.encode()) <= LONGEST_ID
    return Offer(answer.query if known else str(at), _fitting(first.text), _fitting(rest), texts[0])


def _fitting(text: str) -> str:
    """A text that the list shows; a long one isn't cut inside a figure but between its parts."""
    text = " ".join(clean(text).split())
    end = max(text.rfind(mark, 0, LONGEST_TITLE) for mark in " 、。・")
    return text if len(text) <= LONGEST_TITLE else f"{text[: max(end, 0)]}…"


def _article(offer: Offer) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        offer.text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(offer.id, offer.title, content, description=offer.description or None)
