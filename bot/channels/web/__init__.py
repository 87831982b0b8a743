"""The web channel: a page to ask on, the same answers as JSON, and the addresses that other platforms call."""

from bot.channels.web.charting import Charting, Form, Picture
from bot.channels.web.listening import listen
from bot.channels.web.routes import Fetch, Hook
from bot.channels.web.settings import WebSettings
from bot.channels.web.web import Web

__all__ = ["Charting", "Form", "Fetch", "Hook", "Picture", "Web", "WebSettings", "listen"]
