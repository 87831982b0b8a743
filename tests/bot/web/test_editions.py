"""What is internal leaves by no address of the page but a member's."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.channels.web import WebSettings
from bot.editions.editions import Editions
from bot.publishing.building import build_all
from tests.bot.web.serving import Server, serving
from tests.drafting import PLAN, desk

HIDDEN = "空き店舗入居促進事業"
FIGURES = ("10,136", "10,278", "10,376")


@contextmanager
def restricted(folder: Path, access: str) -> Iterator[Server]:
    """A server that anybody may ask what is public."""
    data, home = desk(folder)
    with Path(data / "plans" / PLAN / "plan.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[access]\n{access}\n")
    build_all(data, home)
    editions = Editions(home)
    with serving(editions, folder / "j.db", WebSettings(host="0.0.0.0"), open_=True) as server:  # noqa: S104
        yield server
    editions.close()


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One project isn't public."""
    with restricted(tmp_path_factory.mktemp("divided"), 'projects = ["42"]\nplatforms = ["web"]') as server:
        yield server


def everything(browser: httpx.Client) -> str:
    """Whatever an asker can draw out, each by every way."""
    queries = [f"{PLAN}/42/25/result", f"{PLAN}/42//result", f"{PLAN}/42//description", f"{PLAN}/43//result"]
    questions = [
        "空き店舗入居促進の25年度実績は？",
        "42番",
        "25年度の金額の上位10事業は？",
        "空き店舗は？",
        "賃借料に関する事業は？",
    ]
    found = [browser.post("/api/ask", json={"id": secrets.token_hex(8), "text": question}) for question in questions]
    found += [browser.post("/api/ask", json={"id": secrets.token_hex(8), "press": query}) for query in queries]
    found += [browser.get(f"/chart/{query}.svg") for query in queries]
    found += [
        browser.get("/api/suggest", params={"q": typed}) for typed in ("空き", "あき", "42", "入居", "店舗", "促進")
    ]
    found += [browser.get("/api/list", params={"at": f"{PLAN}/3:{page}"}) for page in range(3)]
    return "\n".join(response.text for response in found)


def test_what_is_internal_is_nowhere_for_who_is_no_member(divided: Server) -> None:
    """Neither as an answer nor as a name, a picture, a place in the list or a figure."""
    given = everything(divided.browser())
    assert "空き店舗活用事業" in given
    for secret in (*FIGURES, HIDDEN):
        assert secret not in given, secret


def test_a_member_is_given_it_at_each_address(divided: Server) -> None:
    """Without this the test above would hold of a server that says nothing."""
    browser = divided.browser()
    divided.invited(browser)
    given = everything(browser)
    for secret in (*FIGURES, HIDDEN):
        assert secret in given, secret


def test_nobody_votes_on_what_they_may_not_see(divided: Server) -> None:
    """It is refused as a receipt that doesn't exist; a member's own vote counts."""
    member, stranger = divided.browser(), divided.browser()
    divided.invited(member)
    slip = member.post("/api/ask", json={"text": f"{HIDDEN}の25年度は？"}).json()["slip"].replace("-", "")
    refused, unknown = (
        stranger.post("/api/ask", json={"press": press}).json()["text"] for press in (f"-{slip}", "-ZZZZ9999")
    )
    assert refused == unknown == "このボタンはもう使えません。質問を文字で送ってください。"
    assert divided.journal.read(lambda transaction: transaction.feedback.listed()) == ()
    assert member.post("/api/ask", json={"press": f"-{slip}"}).json()["text"] == "どこが違いましたか。"
    assert len(divided.journal.read(lambda transaction: transaction.feedback.listed())) == 1


def test_a_list_of_nothing_says_that_there_is_nothing(tmp_path: Path) -> None:
    """Where the whole plan is internal; no button has gone out of date."""
    with restricted(tmp_path, "internal = true") as server:
        told = server.browser().get("/api/list").json()
    assert told == {"error": "この窓口でお答えできる資料はありません。"}
