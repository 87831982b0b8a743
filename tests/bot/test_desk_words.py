import re
import tomllib
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.desk import Answering, Desk, Rules, Tools
from bot.desk.presses import place
from bot.replies.answers import Answer
from bot.replies.pieces import Piece


class Everywhere:
    """The same is seen at every door."""

    def __init__(self, kotae: Kotae) -> None:
        self._kotae = kotae

    def at(self, platform: str, member: bool) -> Answering:
        """What answers there."""
        return self._kotae


def uncharted(answer: Answer) -> bool:
    """No chart of anything."""
    return False


def test_words_of_a_channel(kotae: Kotae) -> None:
    """What a channel says outside of replies stands with all other words, filled like them."""
    desk = Desk(Everywhere(kotae), Rules(), Tools(min, uncharted))
    assert desk.phrase("telegram", "command", "help") == "使い方"
    assert desk.phrase("telegram", "command", "grade_question", name=Piece("echo", "甲")) == "甲の達成度は？"


def test_a_move_is_not_a_place() -> None:
    """A channel can tell where the list goes on from what is in it."""
    assert place("◀ 前へ", "p/0:1", "move").kind == "move"
    assert place("甲", "p/0").kind == "place"


REPLIES = tomllib.loads(Path("data/language/replies.toml").read_text(encoding="utf-8"))
CODE = "".join(
    path.read_text(encoding="utf-8") for folder in ("bot/desk", "bot/channels") for path in Path(folder).rglob("*.py")
)


@pytest.mark.parametrize("key", [key for section in ("notice", "button", "command") for key in REPLIES[section]])
def test_no_word_of_the_desk_is_dead(key: str) -> None:
    """Each is called by its name, or by the name before its ending."""
    name = re.sub("^reason_|_question$|_follow_up$", "", key)
    assert f'"{name}"' in CODE


def test_a_dead_word_is_noticed() -> None:
    """A name that nothing calls isn't in the code."""
    assert '"nobody_says_this"' not in CODE
