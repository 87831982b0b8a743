"""Answers made by hand, for what no table holds: very long ones, hostile ones, and a program that fails."""

from collections.abc import Callable

from bot.replies.answers import Answer, Choice
from bot.replies.pieces import Line, Piece
from bot.replies.wording import Wording
from kb.catalog import Catalog
from kb.compiling.language import load_replies
from kb.outline import Entry
from nlp.contexts import Context
from tests.helpers import DATA

WORDING = Wording(load_replies(DATA / "language/replies.toml"))


def lines(*texts: str) -> Answer:
    """An answer of plain lines."""
    return Answer("answer", tuple(Line("note", (Piece("words", text),)) for text in texts))


def choosing(*choices: Choice) -> Answer:
    """A question back."""
    return Answer("clarify", (Line("head", (Piece("words", "どれですか。"),)),), choices=choices)


class Scripted:
    """Answers every question with what it was given, or raises it."""

    wording = WORDING
    catalogs: tuple[Catalog, ...] = ()

    def __init__(self, *answers: Answer | Exception) -> None:
        self._answers = list(answers)

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """The next answer; the last one for ever."""
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer, context or Context()

    def run(self, compact: str) -> tuple[Answer, Context]:
        """The same."""
        return self.answer(compact)

    def outline(self, plan: str) -> tuple[Entry, ...]:
        """Nothing to look through."""
        return ()


class Echo(Scripted):
    """Answers a question with its own words."""

    def __init__(self, notice: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self._notice = notice

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """The question, as an echo."""
        self._notice(question)
        return Answer("answer", (Line("figure", (Piece("echo", f"『{question}』"),)),)), context or Context()
