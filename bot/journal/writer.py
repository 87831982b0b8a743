"""Writer: the journal as a process uses it: one thread writes, many writes at once cost one commit, anybody reads."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from queue import PriorityQueue
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from bot.errors import JournalError
from bot.journal.engine import PATIENCE_MS, WRITES, described, is_fault, make_file, open_engine
from bot.journal.migrations import migrate
from bot.journal.transaction import Transaction

__all__ = ["Journal"]

T = TypeVar("T")
MOST = 64
"""Writes that share a commit."""
BRIEF = 0.02
"""Seconds after which a commit isn't put off for one more write."""
_LIGHT, _HEAVY, _LOG, _LAST = range(4)


class _Job(NamedTuple):
    rank: int
    number: int
    work: Callable[[Transaction], Any]
    future: "Future[Any]"

    @property
    def apart(self) -> bool:
        """Whether it is nothing that is written."""
        return self.rank > _HEAVY


_Outcome = tuple[Any, Exception | None]


class Journal:
    """An open journal. A write counts, and its future has a result, once the disk holds it."""

    def __init__(self, path: Path, clock: Callable[[], float], *, serving: bool = False) -> None:
        """Open or make the file; JournalError where it can't be. The one process that serves also checkpoints."""
        self.path = path
        self._clock = clock
        with described(path):
            make_file(path)
            self._engine = open_engine(path, checkpoints=serving)
            with self._writing() as connection:
                migrate(connection, clock())
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = count()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Transaction], T], *, heavy: bool = False) -> "Future[T]":
        """Have something done in a transaction; where it raises, nothing of it is done, and the future raises it.

        What is heavy waits for all that isn't: a platform that waits for its receipt is served before an answer is made.
        """
        return self._put(_HEAVY if heavy else _LIGHT, work)

    def empty_log(self) -> "Future[bool]":
        """Take the log into the database and empty it, so that it holds nothing that was deleted; whether it could be."""
        return self._put(_LOG, lambda _: None)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What somebody reads of the journal, all at one moment."""
        with described(self.path), self._engine.connect() as connection, connection.begin():
            return work(Transaction(connection, self._clock()))

    def close(self) -> None:
        """Finish what is begun, and close the file."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(_Job(_LAST, next(self._numbers), lambda _: None, Future()))
        self._thread.join()
        self._engine.dispose()

    # Private functions

    def _put(self, rank: int, work: Callable[[Transaction], Any]) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()  # what is written is written, whoever still waits for it
        with self._gate:
            if self._closed:
                raise JournalError(f"記録はもう閉じています({self.path})。")
            self._jobs.put(_Job(rank, next(self._numbers), work, future))
        return future

    def _run(self) -> None:
        while (job := self._jobs.get()).rank != _LAST:
            jobs = [job]
            outcomes: list[_Outcome]
            try:
                outcomes = [(self._emptied(), None)] if job.apart else self._committed(jobs)
            except Exception as error:  # noqa: BLE001  whoever waits learns of it; the next write is another one
                outcomes = [(None, error)] * len(jobs)
            for done, (result, raised) in zip(jobs, outcomes, strict=True):
                if raised is None:
                    done.future.set_result(result)
                else:
                    done.future.set_exception(raised)

    def _committed(self, jobs: list[_Job]) -> list[_Outcome]:
        """What becomes of a job, and of those that are taken in behind it; it raises where nothing of it all was kept."""
        until = time.monotonic() + BRIEF
        with described(self.path), self._writing() as connection:
            outcomes = [self._done(connection, jobs[0])]
            while len(jobs) < MOST and time.monotonic() < until and not self._jobs.empty():
                job = self._jobs.get()
                if job.apart:
                    self._jobs.put(job)
                    break
                jobs.append(job)
                outcomes.append(self._done(connection, job))
        return outcomes

    def _emptied(self) -> bool:
        """Whoever reads at this moment is not waited for: nobody could write meanwhile."""
        with described(self.path), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101  it is open
            raw.execute("PRAGMA busy_timeout=100")
            try:
                return not raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                raw.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def _done(self, connection: Connection, job: _Job) -> _Outcome:
        savepoint = connection.begin_nested()
        try:
            result = job.work(Transaction(connection, self._clock()))
        except Exception as error:
            if is_fault(error):
                raise
            savepoint.rollback()
            return None, error
        savepoint.commit()
        return result, None
