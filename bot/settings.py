"""Settings: which channels have their keys; read from the environment (or .env) once, mistakes named by variable."""

import re

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ChannelError

__all__ = ["Settings", "read_settings"]


class Settings(BaseSettings):
    """What the surroundings decide about the channels."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    telegram_token: str = Field(default="", validation_alias="TELEGRAM_BOT_TOKEN", repr=False)
    """The bot's token; Telegram is served where it is set."""
    telegram_base_url: str = Field(default="https://api.telegram.org", validation_alias="TELEGRAM_BASE_URL")
    """Bot API server, without the trailing /bot."""
    telegram_webhook: str = Field(default="", validation_alias="TELEGRAM_WEBHOOK")
    """Address under which Telegram reaches this server, https://…; without it Telegram is asked for updates."""
    telegram_allowed: str = Field(default="", validation_alias="TELEGRAM_ALLOWED")
    """Ids of users who are answered, divided by commas; nobody where it is empty."""

    host: str = Field(default="127.0.0.1", validation_alias="KOTAE_HOST")
    """The address on which the page is served."""
    port: int = Field(default=8080, ge=0, le=65535, validation_alias="KOTAE_PORT")
    """Its port."""
    public_url: str = Field(default="", validation_alias="KOTAE_PUBLIC_URL")
    """By what people reach it through a proxy."""
    open: bool = Field(default=False, validation_alias="KOTAE_OPEN")
    """Whether anybody may ask what is public."""

    @field_validator("public_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^/\s]+/?", value):
            raise ValueError("https://host の形で書いてください")
        return value.rstrip("/")

    @field_validator("telegram_allowed")
    @classmethod
    def _ids(cls, value: str) -> str:
        for item in filter(None, map(str.strip, value.split(","))):
            if not re.fullmatch("-?[0-9]{1,19}", item):
                raise ValueError("数字のIDをカンマで区切ってください")
        return value

    @property
    def telegram_users(self) -> frozenset[int]:
        """Who is answered."""
        return frozenset(int(item) for item in self.telegram_allowed.split(",") if item.strip())


def read_settings() -> Settings:
    """The settings; ChannelError with every mistake, a variable each, never with its value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            f"{'.'.join(map(str, mistake['loc']))}: {mistake['msg'].removeprefix('Value error, ')}"
            for mistake in error.errors()
        ]
        raise ChannelError("設定が正しくありません。" + " / ".join(lines)) from None
