"""Settings: where things lie and which channels have their keys; read from the environment once."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings"]

_HERE = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything that the surroundings decide; a mistake names its variable."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(default=_HERE / "data", validation_alias="KOTAE_DATA")
    """The folder with plans/ and language/."""
    home: Path = Field(default=_HERE / "var" / "kb", validation_alias="KOTAE_HOME")
    """The folder of the knowledge base."""
    telegram_token: str = Field(default="", validation_alias="TELEGRAM_BOT_TOKEN")
    """The bot's token; Telegram is served where it is set."""
    telegram_base_url: str = Field(default="https://api.telegram.org", validation_alias="TELEGRAM_BASE_URL")
    """Bot API server, without the trailing /bot."""
    telegram_allowed: str = Field(default="", validation_alias="TELEGRAM_ALLOWED")
    """Ids of users who are answered, divided by commas."""
