"""What the page shows besides answers: names, the list, pictures, and how the machine is."""

import json
import re
from pathlib import Path

import pytest

from bot.answering import Kotae
from bot.channels.web.pages import FOLDER
from tests.bot.web.serving import Server, serving


def test_names_are_suggested_while_they_are_typed(served: Server) -> None:
    """Each with what is to be typed for it."""
    names = served.program().get("/api/suggest", params={"q": "あきてん"}).json()["names"]
    assert names[0] == {"label": "空き店舗入居促進事業(No.42)", "name": "空き店舗入居促進事業"}


def test_the_list_leads_to_a_project_without_typing(served: Server) -> None:
    """Goal, policy, project; a project is pressed like any choice."""
    browser = served.browser()
    page = browser.get("/api/list").json()
    goal = next(button for button in page["buttons"] if button["label"].startswith("D "))
    deeper = browser.get("/api/list", params={"at": goal["press"][1:]}).json()
    while deeper["buttons"][0]["kind"] == "place":
        deeper = browser.get("/api/list", params={"at": deeper["buttons"][0]["press"][1:]}).json()
    project = deeper["buttons"][0]
    reply = browser.post("/api/ask", json={"id": "from-the-list", "press": project["press"]}).json()
    assert reply["status"] == "answer"
    assert project["label"].partition(" ")[2] in reply["text"]


@pytest.mark.parametrize("at", ["nowhere", "nerima-shokogyo/99", ":9999", "nerima-shokogyo:99", "../"])
def test_a_place_that_there_is_not_is_said_so(served: Server, at: str) -> None:
    """The table may have changed since."""
    assert served.program().get("/api/list", params={"at": at}).status_code == 404


def test_how_to_begin_offers_questions_that_work(served: Server) -> None:
    """The lines that are choices can be asked as they stand."""
    browser = served.browser()
    lines = browser.get("/api/help").json()["lines"]
    questions = [line["text"].removeprefix("・") for line in lines if line["role"] == "choice"]
    assert questions
    for question in questions:
        assert browser.get("/api/ask", params={"q": question}).json()["status"] == "answer"


@pytest.mark.parametrize(("form", "kind"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_an_answer_has_a_picture_with_words_for_who_can_not_see_it(served: Server, form: str, kind: str) -> None:
    """The button gives its words, the address its picture."""
    browser = served.browser()
    reply = browser.post("/api/ask", json={"id": f"draw-{form}-1", "text": "空き店舗入居促進事業の実績"}).json()
    press = next(button["press"] for button in reply["buttons"] if button["kind"] == "chart")
    shown = browser.post("/api/ask", json={"id": f"draw-{form}-2", "press": press}).json()
    assert shown["picture"]["alt"].startswith("グラフ: 空き店舗入居促進事業")
    response = browser.get(f"/chart/{shown['picture']['query']}.{form}")
    assert response.headers["content-type"] == kind
    assert response.text == f"{form} {shown['picture']['alt']}"


def test_a_picture_runs_nothing_even_where_it_is_opened_by_itself(served: Server) -> None:
    """An SVG is a document, too."""
    policy = served.program().get("/chart/nerima-shokogyo/42//result.svg").headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize(
    "name", ["x", "x.svg", "nerima-shokogyo/42/25/result.svg", "nerima-shokogyo/42//result.gif", ".svg"]
)
def test_where_there_is_nothing_to_draw_there_is_no_picture(served: Server, name: str) -> None:
    """One cell is no chart."""
    assert served.program().get(f"/chart/{name}").status_code == 404


def test_health_says_what_is_answered_from_and_what_waits(served: Server, kotae: Kotae) -> None:
    """For whoever watches over the machine."""
    response = served.program().get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "revision": kotae.knowledge.revision,
        "waiting": 0,
        "oldest_waiting_seconds": None,
        "set_aside": 0,
        "sending": 0,
        "refused": 0,
    }


def test_a_broken_journal_is_ill_health(kotae: Kotae, tmp_path: Path) -> None:
    """503, and a browser is told to come again instead of losing its question."""
    with serving(kotae, tmp_path / "journal.db") as server:
        for path in tmp_path.iterdir():
            path.unlink()
        (tmp_path / "journal.db").write_bytes(b"this is no journal" * 100)
        server.journal._engine.dispose()  # last: whoever opens it now finds what is broken
        assert server.program().get("/healthz").json()["status"] == "failed"
        response = server.program().post("/api/ask", json={"id": "not-lost-1", "text": "こんにちは"})
        assert response.status_code == 503
        assert response.json()["error"]


def test_the_description_is_of_what_is_served(served: Server) -> None:
    """Every address of data is in it, and every reply has exactly its keys."""
    described = json.loads((FOLDER.parent / "openapi.json").read_text())
    assert served.program().get("/api/openapi.json").json() == described
    from bot.channels.web import routes

    source = Path(routes.__file__).read_text()
    served_there = re.findall(r'Route\("(/(?:api|chart|healthz)[^"]*)"', source)
    assert {path.replace(":path", "") for path in served_there} == set(described["paths"])
    failing = {
        path for path, ways in described["paths"].items() if all("500" in way["responses"] for way in ways.values())
    }
    assert failing == set(described["paths"]) - {"/healthz", "/api/openapi.json"}
    reply = served.program().get("/api/ask", params={"q": "商工相談の23年度は？"}).json()
    assert set(described["components"]["schemas"]["Reply"]["required"]) == set(reply)


@pytest.mark.parametrize("path", ["/nowhere", "/join/", "/A/x", "/page/nothing.js", "/chart/x.gif"])
def test_an_address_that_leads_nowhere_leads_back(served: Server, path: str) -> None:
    """A person gets a page with the way to the questions, a program a line of JSON."""
    browser = served.browser(accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
    shown = browser.get(path)
    assert (shown.status_code, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<a href="/">質問の画面を開く</a>' in shown.text
    assert served.program().get(path).json() == {"error": "ここには何もありません。"}


def test_an_api_speaks_json_to_everybody(served: Server) -> None:
    """Also to a browser that would rather have a page."""
    told = served.browser(accept="text/html").get("/api/nowhere")
    assert (told.status_code, told.json()) == (404, {"error": "ここには何もありません。"})
