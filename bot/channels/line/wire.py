"""Wire: the Messaging API through the SDK: one client, every call ends, and what LINE says becomes one of three words."""

from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import aiohttp
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    BotInfoResponse,
    Configuration,
    GetWebhookEndpointResponse,
    Message,
    PushMessageRequest,
    ReplyMessageRequest,
    RichMenuRequest,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TestWebhookEndpointRequest,
    TestWebhookEndpointResponse,
)
from linebot.v3.messaging.exceptions import ApiException

from bot.channels.line.limits import Content
from bot.channels.line.settings import LineSettings

__all__ = ["Rejected", "Unknown", "Wire"]

PATIENCE = 10.0
"""Seconds that a call may take; the SDK itself would wait for minutes."""

T = TypeVar("T")


class Rejected(Exception):  # noqa: N818
    """LINE has said no: nothing was done."""

    def __init__(self, status: int, message: str, seconds: float | None) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.seconds = seconds
        """How long it wants to be left alone, where it says so."""


class Unknown(Exception):  # noqa: N818
    """Nobody knows whether it was done: no answer, or one that says nothing."""


class Wire:
    """The one client of the process; made where a loop runs."""

    def __init__(self, settings: LineSettings, patience: float = PATIENCE) -> None:
        self._settings, self._patience = settings, patience
        self._client: AsyncApiClient | None = None

    async def reply(self, token: str, messages: Sequence[Content]) -> str:
        """Reply; the first message's number. Raises Rejected or Unknown."""
        request = ReplyMessageRequest(replyToken=token, messages=_read(messages))
        sent = await self._called(self._api.reply_message(request, _request_timeout=self._patience))
        return sent.sent_messages[0].id if sent.sent_messages else ""

    async def push(self, chat: str, messages: Sequence[Content], key: str) -> str:
        """Send without being asked just now; again with the same key it is sent once. Raises Rejected or Unknown."""
        request = PushMessageRequest(to=chat, messages=_read(messages))
        call = self._api.push_message(request, x_line_retry_key=key, _request_timeout=self._patience)
        sent = await self._called(call)
        return sent.sent_messages[0].id if sent.sent_messages else ""

    async def loading(self, person: str, seconds: int) -> None:
        """Show that an answer is under way."""
        request = ShowLoadingAnimationRequest(chatId=person, loadingSeconds=seconds)
        await self._called(self._api.show_loading_animation(request, _request_timeout=self._patience))

    async def whoami(self) -> BotInfoResponse:
        """Whose token it is."""
        return await self._called(self._api.get_bot_info(_request_timeout=self._patience))

    async def webhook(self) -> GetWebhookEndpointResponse | None:
        """Where LINE calls; None where no address is set."""
        try:
            return await self._called(self._api.get_webhook_endpoint(_request_timeout=self._patience))
        except Rejected as rejected:
            if rejected.status == 404:
                return None
            raise

    async def set_webhook(self, url: str) -> None:
        """Have LINE call an address."""
        request = SetWebhookEndpointRequest(endpoint=url)
        await self._called(self._api.set_webhook_endpoint(request, _request_timeout=self._patience))

    async def test_webhook(self, url: str) -> TestWebhookEndpointResponse:
        """Have LINE try an address."""
        request = TestWebhookEndpointRequest(endpoint=url)
        return await self._called(self._api.test_webhook_endpoint(request, _request_timeout=3 * self._patience))

    async def menus(self, name: str) -> list[str]:
        """The menus of a name."""
        found = await self._called(self._api.get_rich_menu_list(_request_timeout=self._patience))
        return [menu.rich_menu_id for menu in found.richmenus if menu.name == name]

    async def add_menu(self, menu: Content, picture: bytes) -> None:
        """Make a menu that everybody sees."""
        request = RichMenuRequest.from_dict(dict(menu))
        made = await self._called(self._api.create_rich_menu(request, _request_timeout=self._patience))
        number: str = made.rich_menu_id
        await self._called(
            self._pictures.set_rich_menu_image(
                number, picture, _headers={"Content-Type": "image/png"}, _request_timeout=6 * self._patience
            )
        )
        await self._called(self._api.set_default_rich_menu(number, _request_timeout=self._patience))

    async def drop_menu(self, number: str) -> None:
        """Take a menu away."""
        await self._called(self._api.delete_rich_menu(number, _request_timeout=self._patience))

    async def close(self) -> None:
        """End the connection."""
        if self._client:
            await self._client.close()
            self._client = None

    # Private functions

    @property
    def _opened(self) -> AsyncApiClient:
        if self._client is None:
            settings = self._settings
            self._client = AsyncApiClient(Configuration(host=settings.base_url, access_token=settings.token))
        return self._client

    @property
    def _api(self) -> AsyncMessagingApi:
        return AsyncMessagingApi(self._opened)

    @property
    def _pictures(self) -> AsyncMessagingApiBlob:
        return AsyncMessagingApiBlob(_Elsewhere(self._opened, self._settings.data_url))

    async def _called(self, call: Awaitable[T]) -> T:
        try:
            return await call
        except ApiException as error:
            if error.status and 400 <= error.status < 500 and error.status != 408:
                raise Rejected(error.status, _reason(error), _seconds(error)) from None
            raise Unknown(f"{error.status}") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # A body that isn't what LINE says is a ValueError: whether anything was done isn't known.
            raise Unknown(type(error).__name__) from None


class _Elsewhere:
    """The same client for calls to another server: the SDK has the address of pictures written into it."""

    def __init__(self, client: AsyncApiClient, host: str) -> None:
        self._client, self._host = client, host

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def call_api(self, *arguments: Any, **named: Any) -> Any:
        """A call, there."""
        return self._client.call_api(*arguments, **{**named, "_host": self._host})


# Private functions


def _read(messages: Sequence[Content]) -> list[Message]:
    """By their own types: of a plain dict the request would keep only what every message has."""
    return [Message.from_dict(dict(message)) for message in messages]


def _reason(error: ApiException) -> str:
    """What LINE says in one line; never what was sent."""
    text = error.body if isinstance(error.body, str) else (error.body or b"").decode(errors="replace")
    return " ".join(text.split())[:500]


def _seconds(error: ApiException) -> float | None:
    with suppress(ValueError):
        return min(3600.0, max(0.0, float(str((error.headers or {}).get("Retry-After", "")))))
    return None
