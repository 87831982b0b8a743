"""Part 1: the answer path against its floor, and where its time goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import bot.clerks
from bot.answering import Kotae
from bot.clerks import Clerk
from bot.publishing.building import export_all
from kb.running.running import Runner
from nlp.writing.text import normalize
from nlp.writing.tokens import Tokenizer
from tests.bench.knowledge import DATA
from tests.bench.printing import print_table
from tests.bench.timing import in_turns, micro, p99
from tests.examination.generator import SELECTING, questions
from tests.examination.gold import read_table
from tests.helpers import FLAGSHIP

__all__ = ["Floor", "generated", "measure_answering"]

ROUNDS = 5


class Floor:
    """The least that any answer needs: one tokenisation, one lookup of a name, one indexed SELECT."""

    def __init__(self, kotae: Kotae, tokenizer: Tokenizer) -> None:
        self._tokenize = tokenizer._tokenizer().tokenize
        self._connection: sqlite3.Connection = kotae.knowledge.connection
        rows = self._connection.execute("SELECT p.name, r.id FROM row r JOIN project p ON p.id = r.project")
        self._rows = dict(rows.fetchall())
        self._name = next(iter(self._rows))

    def __call__(self, question: str, name: str = "") -> object:
        """Do it once."""
        self._tokenize(question)
        row = self._rows[name or self._name]
        return self._connection.execute("SELECT text FROM cell WHERE row = ? AND year = ?", (row, 2013)).fetchone()


def measure_answering(kotae: Kotae, tokenizer: Tokenizer) -> float:
    """Print part 1; returns the ratio of the mixed questions."""
    floor = Floor(kotae, tokenizer)
    mixed = generated(200)
    same_kind = [
        f"{name}の{year}年度実績は？"
        for name in dict.fromkeys(kotae.catalogs[0].names.values())
        for year in (24, 25, 26)
    ]
    sets = (
        ("mixed questions, each once", mixed, 1), (f"mixed questions, {ROUNDS} times", mixed, ROUNDS),
        ("a result of a year, each once", same_kind, 1), ("the flagship question, 300 times", [FLAGSHIP], 300),
    )  # fmt: skip
    for question in mixed[:20]:
        kotae.answer(question[::-1])  # warms the code, not the questions
    rows, ratios = [], []
    for title, asked, times in sets:
        low, high = _compared(kotae, floor, asked, times)
        ratios.append(median(high) / median(low))
        rows.append((title, len(asked), micro(median(low)), micro(median(high)), micro(p99(high)), f"{ratios[-1]:.1f}"))
    head = ("questions", "n", "floor (median)", "answer (median)", "answer (p99)", "ratio (target ≤ 3)")
    print_table(
        "1. The answer path at 51 projects", head, rows, "A question that is asked once can't come from a memory."
    )
    _print_stages(kotae, mixed)
    return ratios[0]


def generated(count: int) -> list[str]:
    """Single messages of every kind without arithmetic, without noise, from the examination's generator."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.json"
        export_all(DATA, "json", file)
        table = read_table(file)
    drawn = questions(table, seed=7, n=count * 4, kinds=SELECTING)
    single = dict.fromkeys(question.turns[0] for question in drawn if len(question.turns) == 1 and not question.noises)
    return list(single)[:count]


# Private functions


def _compared(kotae: Kotae, floor: Floor, asked: Sequence[str], times: int) -> list[list[float]]:
    values = [(question, normalize(question).value) for question in asked] * times
    return in_turns([(lambda v=value: floor(v), lambda q=question: kotae.answer(q)) for question, value in values])


_STAGES = {
    "normalize": (bot.clerks, "normalize"), "tokenize": (Tokenizer, "tokenize"), "recognize": (bot.clerks, "recognize"),
    "parse": (bot.clerks, "parse"), "plan": (bot.clerks, "plan"), "run": (Runner, "run"),
    "compose": (Clerk, "_compose"), "check": (bot.clerks, "unproven"), "whole answer": (Kotae, "answer"),
}  # fmt: skip


def _print_stages(kotae: Kotae, asked: Sequence[str]) -> None:
    """Each stage without the stages inside it, of the mixed questions and of the flagship."""
    columns = []
    for some in (asked * 2, [FLAGSHIP] * 200):
        with _watched() as spent:
            for question in some:
                kotae.answer(question)
        columns.append({stage: seconds / len(some) for stage, seconds in spent.items()})
    total = [sum(column.values()) for column in columns]
    rows = [
        (
            "rest" if stage == "whole answer" else stage,
            *(f"{micro(c[stage])} · {c[stage] / t:.0%}" for c, t in zip(columns, total, strict=True)),
        )
        for stage in _STAGES
        if stage in columns[0]
    ]
    print_table(
        "1a. Where the time goes (means; the watching itself adds a little)", ("stage", "mixed", "flagship"), rows
    )


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Seconds by stage while it is open; a stage that the code no longer has is left out."""
    spent: dict[str, float] = {}
    inner: list[float] = []
    known = {
        stage: (owner, name, getattr(owner, name)) for stage, (owner, name) in _STAGES.items() if hasattr(owner, name)
    }
    for stage, (owner, name, function) in known.items():
        spent[stage] = 0.0
        setattr(owner, name, _timed(stage, function, spent, inner))
    try:
        yield spent
    finally:
        for owner, name, function in known.values():
            setattr(owner, name, function)


def _timed(stage: str, function: Callable[..., Any], spent: dict[str, float], inner: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        inner.append(0.0)
        begun = process_time()
        try:
            return function(*arguments, **named)
        finally:
            took = process_time() - begun
            spent[stage] += took - inner.pop()
            if inner:
                inner[-1] += took

    return timed
