"""The desk itself: who may ask is let in; what is given for it is the visit's."""

from bot.desk.admission import admit
from bot.desk.attempts import Attempts
from bot.desk.turns import Answering, Caller, Opening, Reply, Rules, Turn
from bot.desk.visits import HELP, Tools, Visit, said
from bot.journal import Transaction
from bot.replies.pieces import Piece

__all__ = ["Desk"]


class Desk:
    """Takes turns one by one; everything that a turn changes is changed in the transaction that it is given."""

    def __init__(self, opening: Opening, rules: Rules, tools: Tools) -> None:
        self._opening, self._rules, self._tools = opening, rules, tools
        self._turns = Attempts(rules.each_minute)

    def take(self, turn: Turn, caller: Caller, transaction: Transaction, event: int | None = None) -> Reply:
        """What somebody is given for what they do."""
        if turn.verb == "join":
            return self._joined(turn, caller, transaction)
        asker = admit(caller, self._rules, transaction)
        if asker is None:
            return self.notice("stranger", caller)
        if not self._is_patient(caller, transaction.now):
            return self.notice("slowly", caller)
        kotae = self._opening.at(caller.channel, asker.member)
        return Visit(kotae, self._tools, caller, transaction, event).take(turn)

    def answering(self, caller: Caller, transaction: Transaction) -> Answering | None:
        """What answers somebody at a door, for what needs no conversation: type-ahead, pictures; None for a stranger."""
        asker = admit(caller, self._rules, transaction)
        return self._opening.at(caller.channel, asker.member) if asker else None

    def revision(self, channel: str) -> str:
        """What strangers are answered from; it is asked something, so that it raises where nothing can be answered."""
        return self._opening.at(channel, False).answer(HELP)[0].revision

    def notice(self, key: str, caller: Caller) -> Reply:
        """A sentence of the desk's own, which tells nothing of any plan."""
        return Reply(said(self._opening.at(caller.channel, False), key))

    def phrase(self, channel: str, section: str, key: str, **filling: Piece) -> str:
        """Words that a channel needs outside of replies: the names of its commands, the questions that they stand for."""
        return "".join(piece.text for piece in self._opening.at(channel, False).wording.pieces(section, key, **filling))

    def shown(self, channel: str, member: bool) -> Answering:
        """What answers whoever holds an address that was made for members, or for others, on a channel."""
        return self._opening.at(channel, member)

    # Private functions

    def _is_patient(self, caller: Caller, now: float) -> bool:
        """Whether somebody does no more than they may; at the machine itself that is as much as they like."""
        return caller.trusted or self._turns.take(f"{caller.channel}/{caller.person}", now)

    def _joined(self, turn: Turn, caller: Caller, transaction: Transaction) -> Reply:
        known, code = transaction.members.find(caller.channel, caller.person), turn.text.strip()
        member = known or transaction.members.join(code, caller.channel, caller.person)
        return self.notice("welcome" if member else "no_invite" if code else "stranger", caller)
