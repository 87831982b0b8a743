"""Settings: what whoever runs Kotae decides; read from the environment (or .env) once, mistakes named by variable."""

import os
import re
import stat
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ChannelError

__all__ = ["Settings", "cautions", "read_settings"]

FILE = Path(".env")
_TOKEN = re.compile("[0-9]+:[A-Za-z0-9_-]+")
_NAME = re.compile("@?[A-Za-z0-9_]{5,32}")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_ORIGIN = re.compile(r"https?://[^\s/?#@]+/?")
_MISTAKES = {
    "int_parsing": "整数で書いてください",
    "bool_parsing": "true か false で書いてください",
    "literal_error": "{expected} のどれかを書いてください",
    "greater_than_equal": "{ge} 以上にしてください",
    "less_than_equal": "{le} 以下にしてください",
}


class Settings(BaseSettings):
    """What the surroundings decide."""

    model_config = SettingsConfigDict(
        env_file=FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: str = Field(default="", validation_alias="TELEGRAM_BOT_TOKEN", repr=False)
    """The bot's token; Telegram is served where it is set."""
    telegram_base_url: str = Field(default="https://api.telegram.org", validation_alias="TELEGRAM_BASE_URL")
    """Bot API server, without the trailing /bot."""
    telegram_webhook: str = Field(default="", validation_alias="TELEGRAM_WEBHOOK")
    """Address under which Telegram reaches this server, https://…; without it Telegram is asked for updates."""
    telegram_name: str = Field(default="", validation_alias="TELEGRAM_BOT_NAME")
    """The bot's user name, which stands in links to it."""
    line_secret: str = Field(default="", validation_alias="LINE_CHANNEL_SECRET", repr=False)
    """The channel secret; LINE is served where it and the token are set."""
    line_token: str = Field(default="", validation_alias="LINE_CHANNEL_TOKEN", repr=False)
    """The channel access token."""
    line_base_url: str = Field(default="https://api.line.me", validation_alias="LINE_BASE_URL")
    """The Messaging API."""
    line_push: bool = Field(default=False, validation_alias="KOTAE_LINE_PUSH")
    """Whether an answer that is too late for a reply is pushed, which counts against the month's messages."""
    host: str = Field(default="127.0.0.1", validation_alias="KOTAE_HOST")
    """The address on which the page is served."""
    port: int = Field(default=8080, ge=0, le=65535, validation_alias="KOTAE_PORT")
    """Its port."""
    public_url: str = Field(default="", validation_alias="KOTAE_PUBLIC_URL")
    """By what people reach it through a proxy."""
    open: bool = Field(default=False, validation_alias="KOTAE_OPEN")
    """Whether anybody may ask what is public."""
    each_minute: int = Field(default=30, ge=1, le=10_000, validation_alias="KOTAE_EACH_MINUTE")
    """How many questions somebody may ask within a minute."""
    keep_days: int = Field(default=90, ge=1, le=3650, validation_alias="KOTAE_KEEP_DAYS")
    """Days after which the texts of questions and answers are forgotten."""
    log: Literal["text", "json"] = Field(default="text", validation_alias="KOTAE_LOG")
    """How the log is written: a line for people, or JSON for a collector."""
    replaced: str = Field(default="", validation_alias="TELEGRAM_ALLOWED", repr=False)
    """Of an earlier version; members have taken its place."""

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not _TOKEN.fullmatch(value):
            raise ValueError("ボットのトークンの形(数字:英数字)ではありません")
        return value

    @field_validator("telegram_name")
    @classmethod
    def _name(cls, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise ValueError("ボットのユーザー名(英数字と _)を書いてください")
        return value.removeprefix("@")

    @field_validator("host")
    @classmethod
    def _host(cls, value: str) -> str:
        """An IPv6 address is often written in the brackets that it has in a browser."""
        return value.strip("[]")

    @field_validator("public_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        if value and not _ORIGIN.fullmatch(value):
            raise ValueError("https://host の形で書いてください")
        return value.rstrip("/")

    @field_validator("line_secret", "line_token")
    @classmethod
    def _key(cls, value: str) -> str:
        if not (value.isascii() and value.isprintable()) or " " in value:
            raise ValueError("LINE Developers コンソールの値をそのまま書いてください")
        return value

    @field_validator("telegram_base_url", "line_base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("http:// か https:// で始まるアドレスを書いてください")
        return value.rstrip("/")

    @field_validator("telegram_webhook")
    @classmethod
    def _webhook(cls, value: str) -> str:
        if value and not (value.startswith("https://") and _ADDRESS.fullmatch(value)):
            raise ValueError("https:// で始まるアドレスを書いてください")
        return value.rstrip("/")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What is never printed."""
        return tuple(filter(None, (self.telegram_token, self.line_secret, self.line_token)))


def read_settings() -> Settings:
    """The settings; ChannelError with every mistake, a variable each, never with its value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, one['loc']))}: {_said(one)}" for one in error.errors()]
        raise ChannelError("設定が正しくありません。" + " / ".join(lines)) from None
    except (OSError, UnicodeDecodeError):
        raise ChannelError(f"{FILE} を読めません。UTF-8 で書き、読む権限を確かめてください。") from None


def cautions(settings: Settings) -> tuple[str, ...]:
    """What is no mistake and yet should be changed, a line each."""
    written = _written()
    lines = [_unknown(name) for name in sorted({*filter(_is_ours, os.environ), *written} - KNOWN)]
    lines += [_passed_over(name) for name in _FOLDERS if name in written]
    if settings.replaced:
        lines.append("TELEGRAM_ALLOWED はもう使いません。kotae invite で招待し、この行を消してください。")
    if settings.secrets and FILE.is_file() and stat.S_IMODE(FILE.stat().st_mode) & 0o077:
        lines.append(f"{FILE} をほかの人も読めます。chmod 600 {FILE} を行ってください。")
    return tuple(lines)


# Private functions

PREFIX = "KOTAE_"
_FOLDERS = ("KOTAE_DATA", "KOTAE_HOME", "KOTAE_STATE")
"""What the commands read themselves, of the environment alone: a question from a cold start stays quick."""
KNOWN = frozenset((*(str(field.validation_alias) for field in Settings.model_fields.values()), *_FOLDERS))


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX)


def _written() -> set[str]:
    """The variables of the file that are meant for Kotae."""
    lines = FILE.read_text(encoding="utf-8").splitlines() if FILE.is_file() else []
    return set(filter(_is_ours, (line.removeprefix("export ").partition("=")[0].strip() for line in lines)))


def _passed_over(name: str) -> str:
    used = f"環境変数の {os.environ[name]} " if os.environ.get(name) else "いつもの場所"
    return f"{FILE} の {name} は使われません({used}を使います)。環境変数に書いてください。"


def _unknown(name: str) -> str:
    near = get_close_matches(name, KNOWN, 1)
    meant = f"({near[0]} のことですか)" if near else ""
    return f"{name} という設定はありません{meant}。"


def _said(mistake: Any) -> str:
    if mistake["type"] in _MISTAKES:
        told = {key: str(value).replace(" or ", "、") for key, value in mistake.get("ctx", {}).items()}
        return _MISTAKES[mistake["type"]].format(**told)
    return str(mistake["msg"]).removeprefix("Value error, ")
