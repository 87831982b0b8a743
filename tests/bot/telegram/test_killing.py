import asyncio
import random
import sys
from pathlib import Path

import pytest

from tests.bot.telegram.killing import KOTAE, killed


def test_killed_while_questions_flow(home: Path, tmp_path: Path) -> None:
    """Five times kill -9: nothing that was taken is lost, each question is recorded once, at most an answer a kill repeated."""
    toll = asyncio.run(killed(5, home, tmp_path, KOTAE, random.Random(5)))
    assert toll.asked >= 20
    assert toll.lost == 0
    assert toll.recorded == {1}
    assert toll.doubled <= 5


def test_a_careless_order_is_caught(home: Path, tmp_path: Path) -> None:
    """Negative control: where Telegram is told before the disk holds it, two kills lose questions."""
    careless = (sys.executable, "-m", "tests.bot.telegram.careless")
    toll = asyncio.run(killed(2, home, tmp_path, careless, random.Random(5)))
    assert toll.lost > 0


@pytest.mark.slow
def test_killed_a_hundred_times(home: Path, tmp_path: Path) -> None:
    """A hundred times kill -9, the same."""
    toll = asyncio.run(killed(100, home, tmp_path, KOTAE, random.Random(100)))
    print(f"{toll.asked} questions, {toll.lost} lost, {toll.doubled} answers repeated")
    assert toll.asked >= 1000
    assert toll.lost == 0
    assert toll.recorded == {1}
    assert toll.doubled <= 100
