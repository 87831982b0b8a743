"""Visits: what somebody who may ask does at the desk, and what they are given for it."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from bot.desk.browsing import Page, Shelf, page_at
from bot.desk.presses import PROVED, REASONS, buttons_of, place, reasons
from bot.desk.receipts import cells_of, new_receipt, read_receipt, references_of, show_receipt
from bot.desk.turns import Answering, Button, Caller, Manner, Reply, Turn
from bot.editions.bots import pressed
from bot.journal import Answered, Conversation, Transaction
from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece

__all__ = ["HELP", "Tools", "Visit", "said"]

HELP = "ヘルプ"
"""The question that is always answered."""
JAPAN = timezone(timedelta(hours=9))


class Tools(NamedTuple):
    """What the desk is given from outside."""

    choose: Callable[[str], str]
    """Takes a letter of many by chance; receipts are made of them."""
    charted: Callable[[Answer], bool]
    """Whether a chart of an answer would say something."""


class Visit:
    """One turn of somebody who may ask."""

    def __init__(
        self, kotae: Answering, tools: Tools, caller: Caller, transaction: Transaction, event: int | None
    ) -> None:
        self._kotae, self._tools, self._caller = kotae, tools, caller
        self._transaction, self._event = transaction, event

    def take(self, turn: Turn) -> Reply:
        """What they are given."""
        code = read_receipt(turn.text) if turn.verb == "ask" else ""
        if code:
            return self._receipt(code)
        return {
            "ask": self._ask,
            "run": lambda turn: self._run(turn, "change"),
            "rest": lambda turn: self._run(turn, "new"),
            "formal": self._formal,
            "chart": self._chart,
            "receipt": lambda turn: self._receipt(turn.text),
            "vote": self._vote,
            "browse": self._browse,
            "help": self._help,
        }[turn.verb](turn)

    # Private functions

    def _ask(self, turn: Turn) -> Reply:
        """A question; one that was edited is read where it stood."""
        conversations, key = self._transaction.conversations, (self._caller.channel, self._caller.lane)
        current = conversations.recall(*key)
        known = conversations.turn(self._caller.channel, turn.message) if turn.message else None
        before = known.before if known else current.context
        answer, after = self._kotae.answer(turn.text, before)
        if turn.message and known is None:
            conversations.begin_turn(*key, turn.message, before)
        if known is None or current.message == turn.message:
            conversations.keep(*key, Conversation(after, turn.message))
        return self._replied(answer, turn, "new")

    def _run(self, turn: Turn, manner: Manner) -> Reply:
        """What a button stands for; the rest of a list comes after its beginning, anything else in its place."""
        found = pressed(self._kotae, turn.text)
        if found is None:
            return self._passing("outdated")
        answer, context = found
        self._transaction.conversations.keep(self._caller.channel, self._caller.lane, Conversation(context))
        return self._replied(answer, turn, manner)

    def _formal(self, turn: Turn) -> Reply:
        found = pressed(self._kotae, turn.text)
        if found is None or not found[0].formal:
            return self._passing("outdated")
        answer = found[0]
        return Reply(answer._replace(lines=(Line("formal", answer.formal),), choices=()))

    def _chart(self, turn: Turn) -> Reply:
        found = pressed(self._kotae, turn.text)
        if found is None or not self._tools.charted(found[0]):
            return self._passing("outdated")
        return Reply(found[0], "picture")

    def _help(self, _: Turn) -> Reply:
        """The same whatever was talked about; it changes nothing of that."""
        answer, _context = self._kotae.answer(HELP)
        return Reply(answer, "new", buttons_of(answer, "", False, self._kotae.wording))

    def _vote(self, turn: Turn) -> Reply:
        """+RECEIPT, -RECEIPT, or -RECEIPT.reason."""
        receipt, _, reason = turn.text[1:].partition(".")
        answered = self._transaction.audit.by_receipt(receipt)
        if answered is None or not self._sees(answered) or reason not in ("", *REASONS):
            return self._passing("outdated")
        vote = "up" if turn.text.startswith("+") else "down"
        self._transaction.feedback.vote(answered.number, self._caller.channel, self._caller.person, vote, reason)
        if vote == "down" and not reason:
            return self._passing("why", reasons(receipt, self._kotae.wording))
        return self._passing("thanks")

    def _browse(self, turn: Turn) -> Reply:
        shelves = [Shelf(catalog, self._kotae.outline(catalog.plan)) for catalog in self._kotae.catalogs]
        if not shelves:
            return Reply(self._kotae.answer(HELP)[0], "passing")
        page = page_at(shelves, turn.text)
        if page is None:
            return self._passing("outdated")
        return Reply(self._listed(page), "change", self._places(page))

    def _receipt(self, code: str) -> Reply:
        """The answer again, held against what the table says now."""
        answered = self._transaction.audit.by_receipt(code)
        now = self._again(answered) if answered else None
        if answered is None or now is None or not self._sees(answered):
            return Reply(said(self._kotae, "no_receipt", receipt=show_receipt(code)))
        filling = {"receipt": show_receipt(code), "date": _date(answered.at)}
        if cells_of(now) == answered.cells:
            lines = (*now.lines, *said(self._kotae, "unchanged", **filling).lines)
        else:
            before = tuple(Line("note", (Piece("echo", line),)) for line in answered.answer.splitlines())
            then, since = (said(self._kotae, key, **filling).lines for key in ("changed", "now"))
            lines = (*then, *before, *since, *now.lines)
        return Reply(now._replace(lines=lines), "new")

    def _again(self, answered: Answered) -> Answer | None:
        """What the same question gives now; None where it can't be asked any more."""
        found = pressed(self._kotae, answered.query) if answered.query else None
        if found:
            return found[0]
        return self._kotae.answer(answered.understood)[0] if answered.understood else None

    def _sees(self, answered: Answered) -> bool:
        """Whether everything that was quoted may be seen here, by whoever asks now."""
        names = {reference for catalog in self._kotae.catalogs for reference in catalog.names}
        return references_of(answered.cells) <= names

    def _replied(self, answer: Answer, turn: Turn, manner: Manner) -> Reply:
        receipt = new_receipt(self._tools.choose)
        self._transaction.audit.record(self._event, self._answered(answer, turn, receipt))
        charted = bool(answer.query) and self._tools.charted(answer)
        buttons = buttons_of(answer, receipt, charted, self._kotae.wording)
        return Reply(answer, manner, buttons, receipt if answer.status in PROVED else "")

    def _answered(self, answer: Answer, turn: Turn, receipt: str) -> Answered:
        return Answered(
            channel=self._caller.channel,
            lane=self._caller.lane,
            person=self._caller.person,
            kind=turn.verb,
            question=turn.text,
            status=answer.status,
            reason=answer.reason or "",
            query=answer.query,
            understood=answer.understood,
            answer=answer.text,
            cells=cells_of(answer),
            revision=answer.revision,
            receipt=receipt,
        )

    def _passing(self, key: str, buttons: tuple[Button, ...] = ()) -> Reply:
        return Reply(said(self._kotae, key), "passing", buttons)

    def _listed(self, page: Page) -> Answer:
        key = "choose_project" if page.projects else "choose"
        return said(self._kotae, key if page.title else "choose_plan", title=page.title)

    def _places(self, page: Page) -> tuple[Button, ...]:
        wording = self._kotae.wording
        moves = [
            (key, at)
            for key, at in (("before", page.before), ("after", page.after), ("up_level", page.up))
            if at is not None
        ]
        return (
            *(place(label, path) for label, path in page.places),
            *(Button("choice", label, compact) for label, compact in page.projects if compact),
            *(place(wording.line("button", key).text, path, "move") for key, path in moves),
        )


def said(kotae: Answering, key: str, **filling: str) -> Answer:
    """A sentence of the desk's own."""
    pieces = {name: Piece("echo", text) for name, text in filling.items()}
    return Answer("help", (kotae.wording.line("notice", key, "note", **pieces),))


# Private functions


def _date(at: float) -> str:
    moment = datetime.fromtimestamp(at, JAPAN)
    return f"{moment.year}年{moment.month}月{moment.day}日"
