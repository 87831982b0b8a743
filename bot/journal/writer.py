"""Writer: the journal as a process uses it: one thread writes, many writes at once cost one commit, anybody reads."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from bot.errors import JournalError
from bot.journal.engine import WRITES, described, open_engine
from bot.journal.migrations import migrate
from bot.journal.transaction import Transaction

__all__ = ["Journal"]

T = TypeVar("T")
MOST = 64
"""Writes that share a commit."""


class _Job(NamedTuple):
    work: Callable[[Transaction], Any]
    future: "Future[Any]"


class Journal:
    """An open journal. A write counts, and its future has a result, once the disk holds it."""

    def __init__(self, path: Path, clock: Callable[[], float], *, serving: bool = False) -> None:
        """Open or make the file; JournalError where it can't be. The one process that serves also checkpoints."""
        self.path = path
        self._clock = clock
        with described(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = open_engine(path, checkpoints=serving)
            with self._writing() as connection:
                migrate(connection, clock())
        path.chmod(0o600)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Transaction], T]) -> "Future[T]":
        """Have something done in a transaction; where it raises, nothing of it is done, and the future raises it."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # what is written is written, whoever still waits for it
        self._jobs.put(_Job(work, future))
        return future

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What somebody reads of the journal, all at one moment."""
        with described(self.path), self._engine.connect() as connection, connection.begin():
            return work(Transaction(connection, self._clock()))

    def close(self) -> None:
        """Finish what is begun, and close the file."""
        self._jobs.put(None)
        self._thread.join()
        self._engine.dispose()

    # Private functions

    def _run(self) -> None:
        while (jobs := self._next()) is not None:
            try:
                outcomes = self._committed(jobs)
            except JournalError as error:
                for job in jobs:
                    job.future.set_exception(error)
            else:
                for job, (result, raised) in zip(jobs, outcomes, strict=True):
                    if raised is None:
                        job.future.set_result(result)
                    else:
                        job.future.set_exception(raised)

    def _next(self) -> list[_Job] | None:
        """Whatever waits, up to MOST; None once the journal is to close."""
        jobs = [self._jobs.get()]
        while jobs[-1] is not None and len(jobs) < MOST and not self._jobs.empty():
            jobs.append(self._jobs.get())
        if jobs[-1] is None and jobs[1:]:
            self._jobs.put(None)
        return [job for job in jobs if job is not None] or None

    def _committed(self, jobs: list[_Job]) -> list[tuple[Any, Exception | None]]:
        """Each job's result or what it raised; JournalError where nothing of it all was kept."""
        with described(self.path), self._writing() as connection:
            return [self._done(connection, job) for job in jobs]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def _done(self, connection: Connection, job: _Job) -> tuple[Any, Exception | None]:
        savepoint = connection.begin_nested()
        try:
            result = job.work(Transaction(connection, self._clock()))
        except Exception as error:  # noqa: BLE001  whose work it is gets to see it
            savepoint.rollback()
            return None, error
        savepoint.commit()
        return result, None
