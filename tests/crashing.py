"""Dying: an action in a child process that is killed at one of its steps on the disk, as a power cut would."""

import io
import os
import sqlite3
import traceback
from collections.abc import Callable
from typing import Any

KILLED = 9
"""Exit status of a child that died at its step."""
_STEPS = ("fsync", "rename", "replace", "unlink", "remove", "rmdir", "mkdir")
_STATEMENTS = ("BEGIN", "CREATE TABLE", "COMMIT", "CREATE UNIQUE", "CREATE INDEX")


def killed_at(step: int, action: Callable[[], object]) -> bool:
    """Run an action in a child that dies before its step-th write, fsync, rename or removal; whether it came to that.

    A write dies when half of it is on the disk.
    """
    status, _ = _in_a_child(step, action)
    assert status in (0, KILLED), f"the action failed at step {step}"
    return status == KILLED


def steps_of(action: Callable[[], object]) -> int:
    """How many such steps an action has."""
    status, count = _in_a_child(0, action)
    assert status == 0, "the action failed"
    return count


# Private functions


def _in_a_child(last: int, action: Callable[[], object]) -> tuple[int, int]:
    """The status of a child that does something, and how many steps it came."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = _Steps(last)
        try:
            _watch(steps)
            action()
        except BaseException:  # noqa: BLE001  pytest must not go on in the child
            traceback.print_exc()
            os._exit(1)
        os.write(writer, str(steps.seen).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        count = int(told.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), count


class _Steps:
    """Counts, and dies at the last one."""

    def __init__(self, last: int) -> None:
        self.seen = 0
        self._last = last

    def __call__(self, half: Callable[[], object] | None = None) -> None:
        """One step more."""
        self.seen += 1
        if self.seen == self._last:
            if half:
                half()
            os._exit(KILLED)


def _watch(step: _Steps) -> None:
    for name in _STEPS:
        setattr(os, name, _counted(getattr(os, name), step))
    io.open = _opening(io.open, step)  # type: ignore[assignment]
    sqlite3.connect = sqlite3.dbapi2.connect = _connecting(sqlite3.connect, step)


def _counted(call: Callable[..., Any], step: _Steps) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        step()
        return call(*arguments, **named)

    return counted


def _opening(call: Callable[..., Any], step: _Steps) -> Callable[..., Any]:
    def opened(path: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            return call(path, mode, *arguments, **named)
        step()
        return _Writing(call(path, mode, *arguments, **named), step)

    return opened


def _connecting(call: Callable[..., Any], step: _Steps) -> Callable[..., Any]:
    def connected(*arguments: Any, **named: Any) -> Any:
        connection = call(*arguments, **named)
        connection.set_trace_callback(lambda sql: step() if sql.lstrip().startswith(_STATEMENTS) else None)
        return connection

    return connected


class _Writing:
    """A file that is being written."""

    def __init__(self, file: Any, step: _Steps) -> None:
        self._file = file
        self._step = step

    def write(self, content: Any) -> Any:
        """Write, or die with half of it written."""

        def half() -> None:
            self._file.write(
                bytes(content[: len(content) // 2]) if not isinstance(content, str) else content[: len(content) // 2]
            )
            self._file.flush()

        self._step(half)
        return self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_Writing":
        self._file.__enter__()
        return self

    def __exit__(self, *arguments: Any) -> Any:
        return self._file.__exit__(*arguments)
