"""Answers that quote made-up cells."""

from collections.abc import Mapping, Sequence

from bot.replies.answers import Answer
from bot.replies.pieces import Line, Piece
from kb.cells import read_cell_figures
from kb.running.results import Project, Quote

STATES = {"": "blank", "-": "dash"}


def quote(no: int, year: int, text: str, activity: str | None = None, name: str = "見本の事業") -> Quote:
    """A cell of a made-up project; blank, 「-」 or reported, as it prints."""
    project = Project(f"midori/{no}", str(no), name, (), f"No.{no}")
    state = STATES.get(text, "reported")
    label = f"令和{year - 2018}年度"
    return Quote(project, no, activity, year, label, text, state, "", "", read_cell_figures(text))


def answer_of(quotes: Sequence[Quote]) -> Answer:
    """An answer that quotes these cells."""
    projects = tuple({quote.project.reference: quote.project for quote in quotes}.values())
    source = Line("source", (Piece("source", "出典: みどり市の表", "midori"),))
    return Answer("answer", (source,), plan="midori", projects=projects, quotes=tuple(quotes))


def history(texts: Mapping[int, str], no: int = 1) -> Answer:
    """An answer that quotes one project over the years."""
    return answer_of([quote(no, year, text) for year, text in texts.items()])


def comparison(texts: Sequence[str]) -> Answer:
    """An answer that quotes a project for each text, in one year."""
    return answer_of([quote(no, 2020, text, name=f"事業その{no}") for no, text in enumerate(texts, 1)])
