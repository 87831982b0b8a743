"""Nothing that answers knows a particular plan: neither code nor words name what only data/plans may name."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.compiling.callings import callings
from kb.source.plans import load_plans
from kb.source.reading import read_projects

HOUSES = ("bot", "kb", "nlp", "data/language")
PLANS = load_plans(Path("data/plans"))


def sources() -> Iterator[tuple[str, str]]:
    """Every file of code and of words, with what stands in it."""
    for house in HOUSES:
        for path in sorted(Path(house).rglob("*")):
            if path.suffix in (".py", ".toml", ".js", ".html", ".css", ".json"):
                yield str(path), path.read_text(encoding="utf-8")


def names() -> set[str]:
    """What the plans are called: ids, titles and their shorter forms, publishers, contacts, sources."""
    called = {name for forms in callings(PLANS).values() for name in forms}
    return called | {
        text for plan in PLANS for text in (plan.id, plan.title, plan.publisher, plan.contact, plan.address) if text
    }


def project_names() -> set[str]:
    """Names of projects and activities that are long enough to be no words of the language."""
    projects = [project for plan in PLANS for project in read_projects(plan)]
    called = {p.name for p in projects} | {row.activity for p in projects for row in p.rows if row.activity}
    return {name for name in called if len(name) > 7}


def naming(text: str, known: set[str]) -> list[str]:
    """Which of these names stand in a text."""
    return sorted(name for name in known if name in text)


@pytest.mark.parametrize("known", [names(), project_names()], ids=["plans", "projects"])
def test_no_code_and_no_word_names_a_plan(known: set[str]) -> None:
    """Ids, titles, publishers, contacts, projects: another plan in data/plans is all that it takes."""
    assert {path: found for path, text in sources() if (found := naming(text, known))} == {}


def test_a_name_would_be_noticed() -> None:
    """Negative control: an id in code, a title in a word file and a project in a docstring are seen."""
    assert naming('if plan == "nerima-shokogyo":', names()) == ["nerima-shokogyo"]
    assert "商工業振興計画" in naming('words = ["商工業振興計画"]', names())
    assert naming('"""空き店舗入居促進事業の実績."""', project_names()) == ["空き店舗入居促進事業"]


def test_every_file_is_looked_at() -> None:
    """Negative control: the walk meets code of every house and the words."""
    seen = {path for path, _ in sources()}
    assert {"bot/plans/panels.py", "kb/chains.py", "nlp/slots.py", "data/language/replies.toml"} <= seen
    assert {"bot/channels/web/page/cards.js", "bot/channels/web/page/index.html"} <= seen
    assert {"bot/channels/web/page/kotae.css", "bot/channels/web/openapi.json"} <= seen
    assert tomllib.loads(dict(sources())["data/language/replies.toml"])["ask"]["plan"] == "どの計画についてですか。"
