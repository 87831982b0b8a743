"""Storing: the knowledge base as it is served: opened read-only, checked whole, one connection a thread."""

import hashlib
import json
import sqlite3
import threading
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from kb.doors import Door
from kb.errors import BUILD, KnowledgeBaseError
from kb.pointer import Edition, Pointer, checksum, in_force
from kb.schema import VERSION
from nlp.years.fiscal import era_year

__all__ = ["WITHHELD", "KnowledgeBase", "SourceDocument", "lexicon_name"]

IN_MEMORY = 32 << 20
"""Bytes up to which a file is read once: what was checked is what answers, whatever becomes of the disk by then."""

WITHHELD = "doors"
"""Artifact of a knowledge base that some door isn't given whole: door → revision of its edition, projects withheld."""


class SourceDocument(NamedTuple):
    """資料: the published table that a plan's answers come from."""

    id: str
    """Id of the plan: midori-sangyo."""
    title: str
    """As printed."""
    scope: str
    """What the title adds, as printed; may be empty."""
    publisher: str
    """Who published it."""
    contact: str
    """Whom to ask about what the table doesn't say."""
    era: str
    """The era of its years: 平成."""
    years: tuple[int, ...]
    """Western fiscal years of its columns."""
    keys: tuple[str, ...]
    """How the table writes each of them: 25."""
    address: str
    """Where it was published, "" while unknown."""
    as_of: str
    """The date its figures stand for, "" while unknown."""
    retrieved: str
    """When it was fetched, "" while unknown."""
    grades: tuple[str, ...]
    """The grades that it uses."""
    sha256: str
    """Of the source."""
    grade_name: str
    """What it calls its grades: 達成度, 評価, 進捗."""
    kinds: tuple[str, ...]
    """What its cells hold, of KINDS."""
    attributes: tuple[str, ...]
    """What else it says of a project: grade, description, period, goal, policy."""
    details: tuple[str, ...]
    """Headings of its further columns."""
    bases: tuple[tuple[int, str], ...] = ()
    """Years of which only a further column says anything, with its heading: 策定時 / 平成30年度."""
    names: tuple[str, ...] = ()
    """What it can be called by; by the first one replies tell it from the other plans."""
    continues: tuple[tuple[str, str], ...] = ()
    """Its projects that an earlier plan began: number here, reference there."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Attributes that projects can be counted apart by (goal, policy, narrow columns), with what they say."""
    ordered: bool = False
    """Whether its grades stand best first for sure, so that one of them is above or below another."""

    def year_label(self, year: int) -> str:
        """A fiscal year as it is shown: 平成25年度."""
        return era_year(year, self.era)


def lexicon_name(position: int, plan: str) -> str:
    """Under which name a plan's lexicon is kept; the first one's is the one that there always was."""
    return f"lexicon/{plan}" if position else "lexicon"


class KnowledgeBase:
    """One revision of the knowledge base; it never changes while it is open."""

    def __init__(self, path: Path, revision: str, content: bytes | None = None) -> None:
        """Use `KnowledgeBase.open`; without its content the file itself is read, as it is by then."""
        self.path = path
        self.revision = revision
        self._content = content
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @classmethod
    def open(cls, home: Path, pointer: Pointer | None = None, door: Door | None = None) -> "KnowledgeBase":
        """Open what is in force, or what another pointer says: what a door is given of it, everything without one.

        Raises KnowledgeBaseError with one line that says what to do.
        """
        pointer = pointer or in_force(home)
        edition = pointer.edition(door)
        knowledge = cls(home / edition.file, edition.revision, _read_whole(home, edition, pointer.schema))
        try:
            stored = dict(knowledge.connection.execute("SELECT key, value FROM meta"))
            right = stored == {"revision": edition.revision, "schema": str(VERSION)} and knowledge.may_answer(door)
        except sqlite3.Error:
            right = False
        if not right:
            knowledge.close()
            raise KnowledgeBaseError(f"知識ベースが壊れています({edition.file})。{BUILD}")
        return knowledge

    def may_answer(self, door: Door | None) -> bool:
        """Whether nothing of it is withheld from a door, whatever the pointer says."""
        return door is None or not self.withheld().get(door.name, ())

    def withheld(self) -> dict[str, tuple[str, ...]]:
        """Door → the projects that it isn't given, of the knowledge base that holds everything."""
        found = self.connection.execute("SELECT content FROM artifact WHERE name = ?", (WITHHELD,)).fetchone()
        doors = json.loads(found[0]) if found else {}
        return {door: tuple(fields["withheld"]) for door, fields in doors.items()}

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection; read-only in every way that SQLite knows."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self.path, self._content)
            self._local.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection

    def artifact(self, name: str) -> str:
        """Compiled words by name; KeyError where nothing was built under it."""
        found = self.connection.execute("SELECT content FROM artifact WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        return str(found[0])

    def plans(self) -> tuple[SourceDocument, ...]:
        """The documents that are answered from, in order."""
        rows = self.connection.execute("SELECT id, document FROM plan ORDER BY position")
        return tuple(_source_document(name, json.loads(document)) for name, document in rows)

    def lexicon(self, document: SourceDocument) -> str:
        """The compiled names and words of one plan."""
        return self.artifact(lexicon_name(self.plans().index(document), document.id))

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            while self._opened:
                self._opened.pop().close()
        self._local = threading.local()


# Private functions


def _read_whole(home: Path, edition: Edition, schema: int) -> bytes | None:
    """The bytes of a small file, checked; a large one is checked and left where it is."""
    if schema < VERSION:
        raise KnowledgeBaseError(f"知識ベースがこのプログラムより古い形式です({schema}→{VERSION})。{BUILD}")
    if schema > VERSION:
        raise KnowledgeBaseError("知識ベースがこのプログラムより新しい形式です。プログラムを更新してください。")
    path = home / edition.file
    try:
        content = path.read_bytes() if path.stat().st_size <= IN_MEMORY else None
        sha256 = checksum(path) if content is None else hashlib.sha256(content).hexdigest()
    except FileNotFoundError:
        raise KnowledgeBaseError(f"知識ベースのファイルがありません({edition.file})。{BUILD}") from None
    except OSError as error:
        raise KnowledgeBaseError(f"知識ベースを読めません({error.strerror}: {edition.file})。{BUILD}") from None
    if sha256 != edition.sha256:
        raise KnowledgeBaseError(f"知識ベースが壊れています({edition.file})。{BUILD}")
    return content


def _connect(path: Path, content: bytes | None) -> sqlite3.Connection:
    # immutable: the file is never written again, so no lock is taken; threads: close() runs in one of them only
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1" if content is None else "file::memory:"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        if content is not None:
            connection.deserialize(content)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error:
        raise KnowledgeBaseError(f"知識ベースを開けません({path.name})。{BUILD}") from None
    return connection


def _source_document(name: str, fields: dict[str, object]) -> SourceDocument:
    values = {key: _frozen(value) for key, value in fields.items()}
    return SourceDocument(id=name, **values)  # type: ignore[arg-type]


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
