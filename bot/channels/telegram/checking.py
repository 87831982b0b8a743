"""Checking: whether Telegram knows the bot, and what keeps its updates."""

from telegram import Bot, WebhookInfo
from telegram.error import Forbidden, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.webhooks import PATH
from bot.findings import Finding, bad, good, note

__all__ = ["check"]

MANY = 100
"""Updates that wait: whoever serves would have fetched them long ago."""
PATIENCE = 10.0


async def check(token: str, base_url: str, webhook: str) -> list[Finding]:
    """What Telegram says of the bot; never the token."""
    request = HTTPXRequest(connect_timeout=PATIENCE, read_timeout=PATIENCE)
    bot = Bot(token, base_url=f"{base_url}/bot", request=request)
    try:
        async with bot:
            name, found = bot.username, await bot.get_webhook_info()
    except (InvalidToken, Forbidden):
        return [bad("Telegram がトークンを受け付けません。BotFather で今のトークンを確かめてください。")]
    except TelegramError as error:
        return [
            bad(
                f"Telegram につながりません({type(error).__name__})。ネットワークと TELEGRAM_BASE_URL を確かめてください。"
            )
        ]
    return [good(f"Telegram は @{name} として答えます。"), *_of_webhook(found, webhook)]


# Private functions


def _of_webhook(found: WebhookInfo, webhook: str) -> list[Finding]:
    findings = []
    if found.url and not webhook:
        findings.append(note("Telegram に webhook が残っています。kotae serve を始めると外れます。"))
    if webhook and found.url != webhook + PATH:
        findings.append(
            note("Telegram の webhook がまだ TELEGRAM_WEBHOOK になっていません。kotae serve を始めると変わります。")
        )
    if webhook and found.last_error_message:
        findings.append(note(f"Telegram から webhook に届かなかったことがあります({found.last_error_message})。"))
    if found.pending_update_count > MANY:
        findings.append(
            note(
                f"Telegram で {found.pending_update_count} 件が待っています。kotae serve が動いているか確かめてください。"
            )
        )
    return findings
