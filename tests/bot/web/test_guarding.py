"""What is refused before anything looks at it, and what every response tells the browser."""

import json
import random
import socket
import threading
from collections.abc import Mapping

import httpx
import pytest

from bot.answering import Kotae
from bot.channels.web import WebSettings, asking, listening
from bot.channels.web.listening import listen
from bot.channels.web.pages import FOLDER
from bot.desk import Desk
from bot.errors import ChannelError
from tests.bot.web.serving import Server, free_port, serving

QUESTION = {"id": "guard-guard", "text": "商工相談の23年度は？"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/page/kotae.js", "/api/help", "/healthz", "/nothing", "/a/x/1//result"])
def test_every_response_is_strict_with_the_browser(served: Server, path: str) -> None:
    """Nothing is loaded from elsewhere, framed, sniffed or stored."""
    headers = served.program().get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_the_page_loads_nothing_from_elsewhere() -> None:
    """Nor does it hold a script or a style of its own."""
    files = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert {"index.html", "nothing.html", "kotae.css", "kotae.js", "said.js", "icon.svg"} <= files.keys()
    for name, text in files.items():
        assert elsewhere(text) == [], name


def elsewhere(text: str) -> list[str]:
    """What a file of the page must not hold: addresses of other sites, and what the browser is told to refuse."""
    return [found for found in ("https://", "innerHTML", "<style", " style=") if found in text]


def test_a_page_that_loads_something_would_be_noticed() -> None:
    """Negative control: a font from elsewhere, a style in a tag."""
    assert elsewhere('@import "https://fonts.example/x";') == ["https://"]
    assert elsewhere('<p style="color: red">') == [" style="]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
    ],
)
def test_another_sites_page_asks_nothing(served: Server, headers: dict[str, str]) -> None:
    """Neither by POST nor by an image."""
    program = served.program(**headers)
    assert program.post("/api/ask", json=QUESTION).status_code == 403
    assert program.get("/api/ask", params={"q": "x"}).status_code == 403


def test_a_link_from_another_site_leads_here(served: Server) -> None:
    """That is what links are for; data isn't given by one."""
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert served.program(**headers).get("/a/nerima-shokogyo/42//result").status_code == 200
    assert served.program(**headers).get("/api/ask?q=x").status_code == 403


def test_the_page_itself_may_ask(served: Server) -> None:
    """Its Origin is this very address."""
    headers = {"origin": served.url, "sec-fetch-site": "same-origin"}
    assert served.program(**headers).post("/api/ask", json=QUESTION).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(served: Server, kind: str) -> None:
    """A form of another site could send anything else."""
    response = served.program().post("/api/ask", content=json.dumps(QUESTION), headers={"content-type": kind})
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 10_000, 400),
        (b'{"id":"12345678","text":' + b"9" * 5000 + b"}", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"id":"12345678"}', 400),
        (b'{"id":"12345678","text":1}', 400),
        (b'{"id":"12345678","text":"a","press":"b"}', 400),
        (b'{"id":"short","text":"a"}', 400),
        (b'{"id":12345678,"text":"a"}', 400),
        ('{"id":"あいうえおかきく","text":"a"}'.encode(), 400),
        (b'{"id":"12345678","press":"' + b"x" * 65 + b'"}', 400),
        (b'{"text":"' + b"x" * 66_000 + b'"}', 413),
        (b'{"id":"12345678","text":"' + b"\\u3042" * 5000 + b'"}', 200),
        (b'{"id":"1234567x","press":""}', 200),
        (b'{"id":"1234567y","press":"../../etc/passwd"}', 200),
        (b'{"id":"1234567z","text":"\\ud800\\u0000"}', 200),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_can_not_be_read_is_refused_in_one_line(served: Server, body: bytes, status: int) -> None:
    """And what can be is answered, whatever it says."""
    response = served.program().post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert response.json().get("error" if status != 200 else "text")


def test_nothing_that_is_sent_breaks_it(served: Server) -> None:
    """Two thousand bodies, addresses and headers that nobody meant."""
    chance = random.Random(5)
    statuses = set()
    with served.program() as program:
        for _ in range(2000):
            statuses.add(_nonsense(program, chance).status_code)
    assert statuses <= {200, 400, 403, 404, 405, 413, 415}
    assert {400, 404} <= statuses


def test_a_request_in_drops_is_not_waited_for(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one that never begins; whoever asks properly isn't held up."""
    monkeypatch.setattr(listening, "HURRY", 0.2)
    for sent in (b"", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "):
        with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])), timeout=10) as slow:
            slow.sendall(sent)
            assert served.program().get("/healthz").status_code == 200
            assert slow.recv(1) == b""


def test_headers_without_end_are_refused(served: Server) -> None:
    """Sixteen kilobytes are enough for any browser."""
    with socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])), timeout=10) as endless:
        endless.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 20_000)
        assert endless.recv(100).startswith(b"HTTP/1.1 400 ")


def test_an_answer_is_not_held_back_for_an_acknowledgment() -> None:
    """What asyncio does for its own sockets has to be done for ours: 40 ms a request otherwise."""
    with listen(WebSettings(port=0)) as server, socket.create_connection(server.getsockname()):
        accepted, _ = server.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_when_too_many_wait_the_next_is_told_when_to_come_again(
    kotae: Kotae, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who waits is answered all the same."""
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    inside, go, take = threading.Event(), threading.Event(), Desk.take
    monkeypatch.setattr(Desk, "take", lambda desk, *turn: inside.set() or (go.wait(10) and take(desk, *turn)))
    with serving(kotae, tmp_path_factory.mktemp("full") / "j.db") as server:
        found: list[httpx.Response] = []
        first = threading.Thread(target=lambda: found.append(server.program().post("/api/ask", json=QUESTION)))
        first.start()
        assert inside.wait(10)
        second = server.program().post("/api/ask", json={"id": "second-one", "text": "x"})
        go.set()
        first.join(10)
    assert (second.status_code, second.headers["retry-after"]) == (503, "2")
    assert found[0].json()["text"].startswith("1,058件")


def test_a_port_that_is_taken_is_one_clear_line(served: Server) -> None:
    """It names the port, and what to do."""
    port = int(served.url.rpartition(":")[2])
    with pytest.raises(ChannelError, match=f"127.0.0.1 のポート {port} を使えません.*KOTAE_PORT"):
        listen(WebSettings(port=port))


def test_an_address_that_is_not_this_machines_is_one_clear_line() -> None:
    """Nothing is looked up for it."""
    with pytest.raises(ChannelError, match=r"192\.0\.2\.1 のポート"):
        listen(WebSettings(host="192.0.2.1", port=free_port()))


def test_platforms_call_their_own_address(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Raw body and headers in lower case; a megabyte at most; what proves itself needs no Origin."""
    called: list[tuple[Mapping[str, str], bytes]] = []

    async def hook(headers: Mapping[str, str], body: bytes) -> int:
        called.append((headers, body))
        return 200 if headers.get("x-secret") == "right" else 401

    with serving(kotae, tmp_path_factory.mktemp("hooks") / "j.db", hooks={"/hook/one": hook}) as server:
        program = server.program(**{"origin": "https://platform.example", "X-Secret": "right"})
        assert program.post("/hook/one", content=b"\xffraw").status_code == 200
        assert program.post("/hook/one", content=b"x" * (1024 * 1024 + 1)).status_code == 413
        assert program.get("/hook/one").status_code == 405
        assert server.program().post("/hook/one").status_code == 401
    assert [body for _, body in called] == [b"\xffraw", b""]


def test_platforms_fetch_their_own_pictures(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> None:
    """By an address that proves itself, without a cookie, from wherever it is shown."""

    async def fetch(name: str) -> bytes | None:
        return b"\x89PNG" if name == "right.png" else None

    with serving(kotae, tmp_path_factory.mktemp("pictures") / "j.db", pictures={"/shown/": fetch}) as server:
        found, wrong = (server.program().get(f"/shown/{name}") for name in ("right.png", "wrong.png"))
        assert (found.status_code, found.headers["content-type"], found.content) == (200, "image/png", b"\x89PNG")
        assert (wrong.status_code, server.program().get("/shown/a/right.png").status_code) == (404, 404)


def test_a_mistake_of_ours_is_one_line_of_json(
    kotae: Kotae, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """The browser is told strictly as ever, whoever runs Kotae where it was made, and nobody what was asked."""

    async def fetch(name: str) -> bytes | None:
        raise RuntimeError(name)

    with serving(kotae, tmp_path_factory.mktemp("failing") / "j.db", pictures={"/shown/": fetch}) as server:
        response = server.program().get("/shown/SECRET.png")
    assert (response.status_code, response.json()) == (
        500,
        {"error": "申し訳ありません。うまく処理できませんでした。"},
    )
    assert response.headers["content-security-policy"] == POLICY
    assert "/shown を処理できませんでした: RuntimeError(test_guarding.py:" in caplog.text
    assert "SECRET" not in caplog.text


# Private functions

_PARTS = [
    b"{",
    b"}",
    b'"text":',
    b'"press":',
    b'"id":"',
    b'"',
    b"\\u0000",
    b"\xff",
    b"null",
    b"[",
    b"]",
    b"1e999",
    b",",
    "年".encode(),
]
_PATHS = [
    "/api/ask",
    "/api/ask",
    "/api/ask",
    "/api/list",
    "/api/suggest",
    "/chart/x.svg",
    "/a/x",
    "/page/..",
    "/join/x",
    "/nothing",
]
_KINDS = ["application/json", "application/json", "application/json; charset=x", "text/plain", ""]


def _nonsense(program: httpx.Client, chance: random.Random) -> httpx.Response:
    path, kind = chance.choice(_PATHS), chance.choice(_KINDS)
    body = b"".join(chance.choice(_PARTS) for _ in range(chance.randrange(12)))
    odd = "".join(chance.choice("/%.?&=あ\x7f#0a\\:;~") for _ in range(chance.randrange(8)))
    if path == "/api/ask" or chance.random() < 0.3:
        return program.post(path, content=body, headers={"content-type": kind})
    return program.get(path + httpx.QueryParams({"q": odd, "at": odd}).__str__().join(["?", ""]))
