"""Who may ask: this machine's own browser; elsewhere members only; a stranger gets one line and no data."""

import secrets
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest

from bot.answering import Kotae
from bot.channels.web import WebSettings
from tests.bot.web.serving import Server, serving

STRANGER = (
    "この窓口は登録された方だけが使えます。使いたいときは、この窓口を運用している部署に招待をお申し込みください。"
)
QUERY = "nerima-shokogyo/42//result"
PUBLIC = "kotae.example.jp"


@pytest.fixture(scope="module")
def abroad(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the whole network reaches."""
    with serving(kotae, tmp_path_factory.mktemp("abroad") / "j.db", WebSettings(host="0.0.0.0")) as server:  # noqa: S104
        yield server


@pytest.fixture(scope="module")
def behind(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind a proxy."""
    settings = WebSettings(public_url=f"https://{PUBLIC}")
    with serving(kotae, tmp_path_factory.mktemp("behind") / "j.db", settings) as server:
        yield server


def everything(browser: httpx.Client) -> dict[str, httpx.Response]:
    """Each way to get data."""
    ask = {"id": secrets.token_hex(8), "text": "商工相談の23年度は？"}
    return {
        "ask": browser.post("/api/ask", json=ask),
        "press": browser.post("/api/ask", json={"id": secrets.token_hex(8), "press": QUERY}),
        "once": browser.get("/api/ask", params={"q": "商工相談の23年度は？"}),
        "help": browser.get("/api/help"),
        "list": browser.get("/api/list"),
        "suggest": browser.get("/api/suggest", params={"q": "空き"}),
        "chart": browser.get(f"/chart/{QUERY}.svg"),
        "png": browser.get(f"/chart/{QUERY}.png"),
    }


def assert_let_in(browser: httpx.Client) -> None:
    """Everything is given."""
    assert {way: response.status_code for way, response in everything(browser).items()} == dict.fromkeys(
        everything(browser), 200
    )


def assert_kept_out(browser: httpx.Client, server: Server) -> None:
    """Nothing is given, and nothing of it is kept."""
    before = server.journal.read(lambda transaction: (transaction.inbox.counts(), transaction.audit.count()))
    for way, response in everything(browser).items():
        assert (way, response.status_code, response.json()) == (way, 403, {"error": STRANGER})
    assert browser.get(f"/a/{QUERY}").status_code == 403
    assert browser.get("/").status_code == 200
    assert server.journal.read(lambda transaction: (transaction.inbox.counts(), transaction.audit.count())) == before


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_machine_needs_no_key(served: Server, host: str) -> None:
    """Under each name that it has for itself."""
    port = served.url.rpartition(":")[2]
    assert_let_in(served.browser(host=f"{host}:{port}"))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "kotae.localhost.evil.example:8080", ""])
def test_a_name_that_was_made_to_lead_here_is_a_strangers(served: Server, host: str) -> None:
    """A page elsewhere can point its own name at this machine; the browser then says so in Host."""
    assert_kept_out(served.browser(host=host), served)


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_who_comes_through_a_proxy_does_not_sit_here(served: Server, header: str) -> None:
    """Even where the proxy itself does."""
    assert_kept_out(served.browser(**{header: "127.0.0.1"}), served)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.5:8080"])
def test_where_the_network_reaches_it_only_members_are_let_in(abroad: Server, host: str) -> None:
    """Whatever they call it, and wherever they call from."""
    browser = abroad.browser(host=host)
    assert_kept_out(browser, abroad)
    abroad.invited(browser)
    assert_let_in(browser)


def test_access_that_is_taken_back_is_gone_at_once(abroad: Server) -> None:
    """The next request is a stranger's."""
    browser = abroad.browser()
    abroad.invited(browser)
    assert_let_in(browser)
    member = abroad.journal.read(lambda transaction: transaction.members.listed()[-1].number)
    abroad.journal.write(lambda transaction: transaction.members.revoke(member)).result()
    assert_kept_out(browser, abroad)


def test_where_it_is_open_anybody_may_ask(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is public."""
    path = tmp_path_factory.mktemp("open") / "j.db"
    with serving(kotae, path, WebSettings(host="0.0.0.0"), open_=True) as server:  # noqa: S104
        assert_let_in(server.browser())


def test_behind_a_proxy_only_its_own_name_is_answered(behind: Server) -> None:
    """Another Host gets nothing at all, not even the page; who watches over the machine does."""
    assert behind.program(host="127.0.0.1").get("/").status_code == 421
    assert behind.program(host="evil.example").get("/api/help").json() == {
        "error": "この窓口のアドレスではありません。"
    }
    assert behind.program(host="127.0.0.1").get("/healthz").status_code == 200
    assert_kept_out(behind.program(host=PUBLIC), behind)


def test_the_cookie_is_for_this_site_only(behind: Server, served: Server) -> None:
    """Out of reach of scripts and other sites; never sent in the open where there is HTTPS."""
    cookie = behind.program(host=PUBLIC).get("/").headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in served.program().get("/").headers["set-cookie"]


def test_the_journal_knows_a_browser_by_a_hash(served: Server) -> None:
    """Whoever reads it can't take the session over."""
    browser = served.browser()
    browser.post("/api/ask", json={"id": "hash-of-it", "text": "こんにちは"}).raise_for_status()
    written = b"".join(path.read_bytes() for path in served.journal.path.parent.iterdir())
    cookie = browser.cookies["kotae"]
    known = sha256(cookie.encode()).hexdigest()[:32]
    assert (cookie.encode() in written, known.encode() in written) == (False, True)


@pytest.mark.parametrize("cookie", ["short", "x" * 44, "あ" * 43, "a" * 42 + ";"])
def test_a_cookie_that_was_not_given_here_is_replaced(served: Server, cookie: str) -> None:
    """A session is forty-three letters by chance."""
    response = served.program().get("/", headers={"cookie": f"kotae={cookie}".encode()})
    assert "kotae=" in response.headers["set-cookie"]


def test_the_page_of_an_invitation_does_not_use_it_up(abroad: Server) -> None:
    """Chats open links to preview them; only the page itself joins, once."""
    abroad.journal.write(lambda transaction: transaction.members.invite("CODE-1", "受付", False, 60.0)).result()
    browser = abroad.browser()
    assert browser.get("/join/CODE-1").status_code == 200
    assert abroad.program().get("/join/CODE-1").status_code == 200
    joined = browser.post("/api/ask", json={"id": "join-joined", "join": "CODE-1"}).json()
    assert joined["text"].startswith("登録しました。")
    assert_let_in(browser)
    late = abroad.browser().post("/api/ask", json={"id": "too-late-1", "join": "CODE-1"}).json()
    assert late["text"].startswith("この招待は使えません。")


def test_codes_can_not_be_guessed_by_trying(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Twenty a minute, by everybody together."""
    path = tmp_path_factory.mktemp("codes") / "j.db"
    with serving(kotae, path, WebSettings(host="0.0.0.0")) as server:  # noqa: S104
        tried = [server.program().post("/api/ask", json={"join": f"code{at}"}) for at in range(25)]
    assert [response.status_code for response in tried] == [200] * 20 + [429] * 5
    assert tried[-1].headers["retry-after"] == "60"


def test_who_asks_without_end_is_asked_to_go_slowly(kotae: Kotae, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A member, each browser for itself; whoever sits at this machine may ask as much as they like."""

    def texts(browser: httpx.Client) -> list[str]:
        questions = [browser.post("/api/ask", json={"text": "商工相談の23年度は？"}).json()["text"] for _ in range(4)]
        return [text.partition("。")[0].partition("\n")[0] for text in questions]

    path = tmp_path_factory.mktemp("slowly")
    with serving(kotae, path / "j.db", WebSettings(host="0.0.0.0"), each_minute=3) as server:  # noqa: S104
        browser = server.browser()
        server.invited(browser)
        assert texts(browser)[2:] == ["1,058件、達成度A", "質問が続いています"]
        assert browser.get(f"/chart/{QUERY}.svg").json()["error"].startswith("混み合っています。")
        assert [browser.get(f"/chart/{QUERY}.{form}").status_code for form in ("svg", "png")] == [429, 429]
        assert browser.get("/api/suggest", params={"q": "商工"}).status_code == 200
    with serving(kotae, path / "near.db", each_minute=3) as server:
        assert texts(server.browser()) == ["1,058件、達成度A"] * 4
