"""Settings: what the channel is started with."""

from dataclasses import dataclass, field

from bot.errors import ChannelError

__all__ = ["LineSettings"]

LINE = "https://api.line.me"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """A channel of the LINE Developers console; ChannelError where the settings can't be right."""

    secret: str = field(repr=False)
    """The channel secret: it signs what LINE sends."""
    token: str = field(repr=False)
    """The channel access token: it opens what LINE offers."""
    base_url: str = LINE
    """The Messaging API."""
    public_url: str = ""
    """By what address LINE and its users reach this server; "" where there is none, and no pictures are shown."""
    push: bool = False
    """Whether an answer that comes too late for a reply is pushed, which counts against the month's messages."""

    @property
    def data_url(self) -> str:
        """Where pictures are uploaded: a server of its own, where it is LINE's."""
        return "https://api-data.line.me" if self.base_url == LINE else self.base_url

    def __post_init__(self) -> None:
        for name, value in (("LINE_CHANNEL_SECRET", self.secret), ("LINE_CHANNEL_TOKEN", self.token)):
            if not value or not value.isascii() or not value.isprintable() or " " in value:
                raise ChannelError(
                    f"{name} がありません。LINE Developers コンソールの値を設定してください(docs/line.ja.md)。"
                )
        for name, value in (("LINE_BASE_URL", self.base_url), ("KOTAE_PUBLIC_URL", self.public_url)):
            if value and not value.startswith(("http://", "https://")):
                raise ChannelError(f"{name} は http:// か https:// で始まる必要があります。")
