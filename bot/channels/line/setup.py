"""Setup: a channel of LINE made ready: token, address, menu; and what is wrong with one that was."""

from collections.abc import AsyncIterator, Callable

from bot.channels.line.limits import Content
from bot.channels.line.menu import NAME, make_menu, read_picture
from bot.channels.line.settings import LineSettings
from bot.channels.line.webhooks import PATH
from bot.channels.line.wire import Rejected, Unknown, Wire
from bot.errors import ChannelError
from bot.findings import Finding, bad, good, note

__all__ = ["REDELIVERY", "check", "set_up"]

REDELIVERY = (
    "最後に、LINE Developers コンソールの「Messaging API設定」で「Webhookの利用」と「Webhookの再送」をオンにしてください。"
    "再送がオフのままだと、止まっている間の質問は失われます。"
)

REDELIVERY_CHECK = "LINE の「Webhookの再送」がオンかどうかは、ここからは分かりません。コンソールで確かめてください。"


async def set_up(settings: LineSettings, say: Callable[[str], str]) -> AsyncIterator[str]:
    """Make the channel ready, a line for each step; ChannelError where one fails. `say` gives the words of its menu."""
    url = _address(settings)
    wire = Wire(settings)
    try:
        bot = await wire.whoami()
        yield f"チャネルアクセストークン: 使えます({bot.display_name} {bot.basic_id})。"
        await wire.set_webhook(url)
        yield f"Webhook のアドレス: {url} にしました。"
        if problem := await _tested(wire, url):
            raise ChannelError(problem)
        yield "Webhook の確認: LINE から届き、署名も合っています。"
        await _hang_menu(wire, make_menu(say))
        yield "メニュー(今年の実績・一覧から探す・使い方): 出しました。"
        yield REDELIVERY
    except Rejected as rejected:
        raise ChannelError(_said(rejected)) from None
    except Unknown as unknown:
        raise ChannelError(f"LINE とやりとりできません({unknown})。ネットワークを確かめてください。") from None
    finally:
        await wire.close()


async def check(settings: LineSettings) -> list[Finding]:
    """What can be found out about the channel."""
    wire = Wire(settings)
    try:
        bot = await wire.whoami()
        found = [bad(problem) async for problem in _problems(wire, _address(settings))]
        return found or [good(f"LINE({bot.basic_id})とつながっています。"), note(REDELIVERY_CHECK)]
    except ChannelError as error:
        return [bad(str(error))]
    except Rejected as rejected:
        return [bad(_said(rejected))]
    except Unknown as unknown:
        return [bad(f"LINE とやりとりできません({unknown})。ネットワークを確かめてください。")]
    finally:
        await wire.close()


# Private functions


def _address(settings: LineSettings) -> str:
    if not settings.public_url.startswith("https://"):
        raise ChannelError(
            "KOTAE_PUBLIC_URL に、LINE から届く https:// のアドレスを設定してください(docs/line.ja.md)。"
        )
    return settings.public_url.rstrip("/") + PATH


async def _problems(wire: Wire, url: str) -> AsyncIterator[str]:
    webhook = await wire.webhook()
    if webhook is None or webhook.endpoint != url:
        yield "LINE の Webhook のアドレスがこのサーバーではありません。kotae line setup を実行してください。"
        return
    if not webhook.active:
        yield "LINE Developers コンソールで「Webhookの利用」がオフです。オンにしてください。"
    if problem := await _tested(wire, url):
        yield problem
    if not await wire.menus(NAME):
        yield "LINE のメニューがありません。kotae line setup を実行してください。"


async def _tested(wire: Wire, url: str) -> str:
    """What is wrong with the address as LINE sees it; "" where nothing is."""
    found = await wire.test_webhook(url)
    if found.success:
        return ""
    if found.status_code == 403:
        return "署名が合いません。LINE_CHANNEL_SECRET がこのチャネルのものか確かめてください。"
    return f"LINE から {url} に届きません({found.reason} {found.status_code})。kotae serve とネットワークを確かめてください。"


async def _hang_menu(wire: Wire, menu: Content) -> None:
    """The new one first: there is never none."""
    before = await wire.menus(NAME)
    await wire.add_menu(menu, read_picture())
    for number in before:
        await wire.drop_menu(number)


def _said(rejected: Rejected) -> str:
    if rejected.status in (401, 403):
        return "LINE がトークンを受け付けません。LINE_CHANNEL_TOKEN を確かめてください。"
    return f"LINE が受け付けません({rejected})。"
