"""Knowledge: the real knowledge base, and ones of other sizes built by the project's own functions."""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.answering import Kotae
from bot.publishing.building import build_all
from kb.compiling.building import Compiled, make, put_into_force
from kb.compiling.contents import tabulate
from kb.compiling.language import compile_language
from kb.compiling.revision import revision_of
from kb.source.plans import Plan, load_plans
from kb.source.projects import Cell, Project, Row
from kb.storing import KnowledgeBase
from nlp.names.lexicon import Lexicon
from nlp.writing.tokens import Tokenizer

__all__ = ["DATA", "SCALE", "build_real", "build_scaled", "open_kotae", "scale_names", "scaled_plan"]

DATA = Path(__file__).parents[2] / "data"
SCALE = "judgit_projects.tsv.gz"
"""行政事業レビュー (JUDGIT! / 構想日本ほか), CC BY 4.0: sheets of the government's projects, 2015–2023."""
YEARS = (2011, 2012, 2013, 2014)


def build_real(home: Path) -> None:
    """The knowledge base of data/ as it stands."""
    build_all(DATA, home)


def scale_names(given: str | None) -> list[str]:
    """The distinct names of the large table, in its order; none where the file isn't there."""
    place = Path(given or os.environ.get("KOTAE_SCALE") or SCALE)
    file = place / SCALE if place.is_dir() else place
    if not file.exists():
        return []
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(dict.fromkeys(row["project_name"].strip() for row in rows if row["project_name"].strip()))


def build_scaled(names: Sequence[str], home: Path) -> None:
    """A knowledge base of these names, each with four years of made up amounts, by the project's own builder."""
    plan = scaled_plan()
    projects = [_project(plan, number, name) for number, name in enumerate(names, 1)]
    artifacts = compile_language(DATA / "language", [plan], projects, Tokenizer())
    contents = tabulate([plan], projects, artifacts)
    home.mkdir(parents=True, exist_ok=True)
    compiled = Compiled(contents, revision_of(contents))
    make(home, compiled)
    put_into_force(home, compiled, "")


def scaled_plan() -> Plan:
    """The real plan's form without what belongs to its own projects."""
    return replace(load_plans(DATA / "plans")[0], id="scale", corrections=(), markings=(), aliases=())


def open_kotae(home: Path) -> tuple[Kotae, Lexicon, Tokenizer]:
    """The bot and the two parts of it that are measured alone."""
    kotae = Kotae(KnowledgeBase.open(home))
    (clerk,) = kotae.clerks
    return kotae, clerk.lexicon, clerk.language.tokenizer


# Private functions


def _project(plan: Plan, number: int, name: str) -> Project:
    cells = tuple(Cell(year, f"{number % 9000 + year % 100:,}千円") for year in YEARS)
    row = Row(None, "H23～H26", cells, "ABC"[number % 3])
    return Project(plan.id, str(number), name, "A", "", "", "", "", (row,), (), ())
