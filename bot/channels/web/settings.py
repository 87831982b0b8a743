"""Settings: where the page is served, and by what address people reach it."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["WebSettings", "is_loopback"]


EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  what stands for every address of the machine, and is none to be opened


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the channel is started with."""

    host: str = "127.0.0.1"
    """The address that is listened on."""
    port: int = 8080
    """The port; 0 takes any that is free."""
    public_url: str = ""
    """By what people reach it through a proxy; "" where there is none."""

    @property
    def public_host(self) -> str:
        """What a browser sends as Host where there is a proxy."""
        return urlsplit(self.public_url).netloc.lower()

    def address(self, port: int = 0) -> str:
        """What is typed into a browser: the public address, or this machine's; the port is the one that is set, or another."""
        if self.public_url:
            return self.public_url
        host = socket.gethostname() if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{port or self.port}"

    @property
    def is_secure(self) -> bool:
        """Whether the session's cookie must not leave by plain HTTP."""
        return self.public_url.startswith("https://")

    @property
    def is_at_home(self) -> bool:
        """Whether nobody but this machine can reach it."""
        return is_loopback(self.host) and not self.public_url


def is_loopback(host: str) -> bool:
    """Whether an address, or the name of one, is this machine's own."""
    name = host.strip("[]").lower()
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
