"""Two knowledge bases that say anything otherwise never look alike: texts of single years, notes, how things are called."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.publishing.building import build_all
from kb.publishing.comparing import compare
from kb.storing import KnowledgeBase
from tests.drafting import DATA, PLAN
from tests.kb.tables.tables import imported, text_file

LINES = [
    ["番号", "事業名", "年度", "実績", "課題", "評価"],
    ["1", "見守り事業", "令和4年度", "10件", "人が足りない", "A"],
    ["1", "見守り事業", "令和5年度", "12件", "場所がない", "B"],
    ["2", "相談事業", "令和4年度", "5件", "周知", "A"],
    ["2", "相談事業", "令和5年度", "6件", "周知", "B"],
]
Change = Callable[[str], str]


def told(folder: Path, plan: Path, name: str, change: Change) -> list[str]:
    """What differs once a file of a plan is written otherwise."""
    shutil.copytree(DATA / "language", folder / "data/language")
    copy = folder / "data/plans" / plan.name
    shutil.copytree(plan, copy)
    build_all(folder / "data", folder / "before")
    path = next(copy.glob(name))
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_bytes(change(text).encode())
    build_all(folder / "data", folder / "after")
    before, after = (KnowledgeBase.open(folder / side) for side in ("before", "after"))
    found = [f"{one.kind}: {one}" for one in compare(before, after).changes]
    before.close()
    after.close()
    return found


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (
            "cells-*.csv",
            lambda text: text.replace("人が足りない", "担い手がいない"),
            ["detail: No.1 課題 令和4年度: 人が足りない → 令和4年度: 担い手がいない"],
        ),
        (
            "plan.toml",
            lambda text: text.replace('row = "No.{no}"', 'row = "事業{no}"'),
            ["plan: town 番号の見せ方 No.1 → 事業1"],
        ),
        (
            "plan.toml",
            lambda text: text.replace("[table]\n", '[table]\ngrade_name = "進捗"\n', 1),
            ["plan: town 評価の呼び名 評価 → 進捗"],
        ),
        ("source-*.csv", lambda text: f"{text}\n", ["rest: 知識ベースの中身 今のもの → 新しいもの"]),
    ],
)
def test_what_a_table_says_otherwise_is_told(tmp_path: Path, name: str, change: Change, expected: list[str]) -> None:
    """A text of one year, how numbers are shown, how grades are called; and that the rest differs in no line."""
    made = imported(text_file(tmp_path / "a.csv", LINES))
    assert told(tmp_path / "both", made.plan.folder, name, change) == expected


def test_a_reason_that_is_written_otherwise_is_told(tmp_path: Path) -> None:
    """Of a correction: replies show it."""
    found = told(
        tmp_path, DATA / "plans" / PLAN, "plan.toml", lambda text: text.replace("3つ入っているため", "三つあるため")
    )
    assert [line.partition(" results")[0] for line in found] == ["note: No.19"]
    assert "3つ入っているため、詰めて読む。) → results" in found[0]
    assert "三つあるため、詰めて読む。)" in found[0]
