"""Current: the bot over whatever is in force; a swapped pointer is noticed between two questions, never within one."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.answering import Kotae
from bot.answers import Answer
from bot.wording import Wording
from kb.catalog import Catalog
from kb.errors import KnowledgeBaseError
from kb.outline import Entry
from kb.pointer import NAME
from kb.storing import KnowledgeBase
from nlp.names import Name
from nlp.parsing import Context

__all__ = ["Current"]

LOG = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class _Held:
    """An open bot with the number of those who are just asking it."""

    def __init__(self, kotae: Kotae) -> None:
        self.kotae = kotae
        self.asking = 0


class Current:
    """Answers like Kotae, each answer from exactly one revision; may be shared by threads.

    A pointer or file that can't be used leaves the revision that is open in its place: it was whole when it was opened.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._stamp = _stamp(home)
        self._held = _Held(_open(home))
        self._told = ""

    def answer(self, question: str, context: Context | None = None) -> tuple[Answer, Context]:
        """Answer a message; a conversation about names that are no more begins anew."""
        with self._asked() as kotae:
            known = context if context and kotae.knows(context) else None
            return kotae.answer(question, known)

    def run(self, compact: str) -> tuple[Answer, Context]:
        """Answer a compact query; ValueError or KeyError where it is none of what is in force."""
        with self._asked() as kotae:
            return kotae.run(compact)

    @property
    def catalogs(self) -> tuple[Catalog, ...]:
        """The names of every plan."""
        with self._asked() as kotae:
            return kotae.catalogs

    @property
    def wording(self) -> Wording:
        """The phrases of replies."""
        with self._asked() as kotae:
            return kotae.wording

    def outline(self, plan: str) -> tuple[Entry, ...]:
        """The projects of a plan, to be looked through."""
        with self._asked() as kotae:
            return kotae.outline(plan)

    def names(self, plan: str) -> tuple[Name, ...]:
        """Every way to call the projects and activities of a plan."""
        with self._asked() as kotae:
            return kotae.names(plan)

    def close(self) -> None:
        """Close what is open; nobody may be asking."""
        self._held.kotae.knowledge.close()

    # Private functions

    @contextmanager
    def _asked(self) -> Iterator[Kotae]:
        with self._lock:
            self._look()
            held = self._held
            held.asking += 1
        try:
            yield held.kotae
        finally:
            with self._lock:
                held.asking -= 1
                if held is not self._held and not held.asking:
                    held.kotae.knowledge.close()

    def _look(self) -> None:
        stamp = _stamp(self._home)
        if stamp == self._stamp:
            return
        try:
            kotae = _open(self._home)
        except KnowledgeBaseError as error:
            self._tell(f"前の版で答え続けます: {error}")
            return
        before, self._held, self._stamp = self._held, _Held(kotae), stamp
        self._told = ""
        if not before.asking:
            before.kotae.knowledge.close()
        LOG.info("版 %s で答えます。", kotae.knowledge.revision[:12])

    def _tell(self, line: str) -> None:
        """Say a line once, however often it is met."""
        if line != self._told:
            self._told = line
            LOG.warning("%s", line)


# Private functions


def _open(home: Path) -> Kotae:
    return Kotae(KnowledgeBase.open(home))


def _stamp(home: Path) -> _Stamp | None:
    """What changes with every swap: a rename puts another file in the pointer's place."""
    try:
        status = (home / NAME).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
