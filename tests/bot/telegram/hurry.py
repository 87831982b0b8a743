"""An event loop in which time passes faster: pauses and timeouts are waited for in full, and cost little."""

import asyncio
import functools
import selectors
from collections.abc import Awaitable, Callable
from typing import Any

SPEED = 50.0


class _Selector(selectors.DefaultSelector):
    def select(self, timeout: float | None = None) -> Any:
        """Wait a fraction of what is asked for."""
        return super().select(timeout / SPEED if timeout and timeout > 0 else timeout)


class HurriedLoop(asyncio.SelectorEventLoop):
    """A loop whose clock runs ahead."""

    def __init__(self) -> None:
        super().__init__(_Selector())

    def time(self) -> float:
        """Seconds that pass in the loop."""
        return super().time() * SPEED


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a test in an event loop of its own, in a hurry."""

    @functools.wraps(test)
    def run(*arguments: Any, **fixtures: Any) -> None:
        with asyncio.Runner(loop_factory=HurriedLoop) as runner:
            runner.run(test(*arguments, **fixtures))

    return run
