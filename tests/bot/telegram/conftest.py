"""Kotae as it is served: over the knowledge base that is built from data/."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering import Kotae
from kb.building import build
from kb.language import compile_language
from kb.plans import load_plans
from kb.reading import read_projects
from kb.storing import KnowledgeBase
from nlp.tokens import Tokenizer

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session", autouse=True)
def no_certificates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loopback needs no certificate authorities, and reading them would take half of each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("certificates")))
        yield


@pytest.fixture(scope="session")
def kotae(tmp_path_factory: pytest.TempPathFactory) -> Kotae:
    """The real thing, in a folder of its own."""
    home = tmp_path_factory.mktemp("telegram")
    plans = load_plans(DATA / "plans")
    projects = [project for plan in plans for project in read_projects(plan)]
    build(plans, compile_language(DATA / "language", plans, projects, Tokenizer()), home)
    return Kotae(KnowledgeBase.open(home))
