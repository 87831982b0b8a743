"""A channel is made ready step by step, and what is wrong with it is said in one line."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answering import Kotae
from bot.channels.line import LineSettings, check, set_up
from bot.channels.line.menu import make_menu
from bot.cli import main
from bot.errors import ChannelError
from tests.bot.line.platform import SECRET, TOKEN, Platform
from tests.bot.line.world import PUBLIC, in_loop

HOOK = f"{PUBLIC}/line/webhook"


WORDS = tomllib.loads(Path("data/language/replies.toml").read_text(encoding="utf-8"))["command"]


def say(key: str) -> str:
    """A word of the menu."""
    return str(WORDS[key])


def settings(line: Platform, token: str = TOKEN, public: str = PUBLIC) -> LineSettings:
    """What the channel is started with."""
    return LineSettings(SECRET, token, line.url, public)


@in_loop
async def test_a_channel_is_made_ready() -> None:
    """Token, address, test, menu; then what only a person can do."""
    async with Platform() as line:
        steps = [step async for step in set_up(settings(line), say)]
        assert [step.split(":")[0].split("、")[0] for step in steps] == [
            "チャネルアクセストークン", "Webhook のアドレス", "Webhook の確認", "メニュー(今年の実績・一覧から探す・使い方)", "最後に",
        ]  # fmt: skip
        assert (line.endpoint, list(line.menus), line.problems) == (HOOK, [line.default_menu], [])
        assert [area["action"]["label"] for area in line.menus[line.default_menu]["areas"]] == [
            "今年の実績",
            "一覧から探す",
            "使い方",
        ]


def test_what_the_menu_asks_is_answered(kotae: Kotae) -> None:
    """Whoever presses a button before they have asked anything is not asked back."""
    actions = [area["action"] for area in make_menu(say)["areas"]]
    asked = [action["text"] for action in actions if action["type"] == "message"]
    assert asked == ["最新の年度に実績がある事業は？", "ヘルプ"]
    latest, manual = (kotae.answer(text)[0] for text in asked)
    assert (latest.status, latest.text.partition("\n")[0]) == ("answer", "19事業あります(平成26年度に実績がある)。")
    assert manual.status == "help"


@in_loop
async def test_a_menu_takes_the_place_of_the_one_before() -> None:
    """Somebody else's menus stay."""
    async with Platform() as line:
        line.menus["richmenu-other"] = {**make_menu(say), "name": "other"}
        for _ in range(2):
            assert [step async for step in set_up(settings(line), say)]
        assert sorted(line.menus) == sorted(["richmenu-other", line.default_menu])


@in_loop
async def test_what_is_wrong_is_said() -> None:
    """A token, a secret, an address that isn't reached, one that isn't HTTPS."""
    async with Platform() as line:
        assert (
            await told(settings(line, "another"))
            == "LINE がトークンを受け付けません。LINE_CHANNEL_TOKEN を確かめてください。"
        )
        assert "KOTAE_PUBLIC_URL" in await told(settings(line, public="http://kotae.example.jp"))
        line.bot = "403"
        assert (
            await told(settings(line))
            == "署名が合いません。LINE_CHANNEL_SECRET がこのチャネルのものか確かめてください。"
        )
        line.bot = "502"
        assert "に届きません(ERROR_STATUS_CODE 502)" in await told(settings(line))
        assert line.menus == {}


@in_loop
async def test_the_doctor_looks_at_line() -> None:
    """Nothing is changed."""
    async with Platform() as line:
        assert ["kotae line setup" in one.line for one in await check(settings(line))] == [True]
        assert [step async for step in set_up(settings(line), say)]
        assert [one.level for one in await check(settings(line))] == ["good", "note"]
        line.active = False
        assert ["Webhookの利用" in one.line for one in await check(settings(line))] == [True]
        assert [one.level for one in await check(settings(line, "another"))] == ["bad"]


@in_loop
async def test_a_platform_that_is_away_is_said() -> None:
    """In one line, too."""
    async with Platform() as line:
        gone = settings(line)
    assert "LINE とやりとりできません" in await told(gone)


def test_the_command_says_what_is_missing() -> None:
    """Without keys there is nothing to set up."""
    result = CliRunner().invoke(main, ["line", "setup"], env={"LINE_CHANNEL_SECRET": "", "LINE_CHANNEL_TOKEN": ""})
    assert (result.exit_code, "LINE_CHANNEL_SECRET がありません" in result.output) == (1, True)


@pytest.mark.parametrize("secret", ["", "with space", "日本語", "line\nbreak"])
def test_a_key_that_can_not_be_right_is_refused(secret: str) -> None:
    """Without saying it."""
    with pytest.raises(ChannelError, match="LINE_CHANNEL_SECRET") as error:
        LineSettings(secret, TOKEN)
    assert not secret or secret not in str(error.value)


def test_settings_keep_their_secrets() -> None:
    """Wherever they are printed."""
    shown = repr(LineSettings(SECRET, TOKEN))
    assert (SECRET in shown, TOKEN in shown) == (False, False)


async def told(given: LineSettings) -> str:
    """What setting it up ends with."""
    with pytest.raises(ChannelError) as error:
        assert [step async for step in set_up(given, say)]
    return str(error.value)
