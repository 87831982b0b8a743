"""kotae import on the command line: what it prints, what it writes and what it leaves alone."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.helpers import DATA, copied_data
from tests.kb.tables.tables import text_file, workbook

ROOT = Path(__file__).parents[2]
HEAD = ["番号", "事業名", "令和4年度実績", "令和5年度実績", "評価"]
LINES = [["みどり町 事務事業評価"], HEAD, ["1", "健診", "10件", "=1+1", "A"], ["2", "相談", "5件", "6件", "B"]]

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command over a copy of data/, with a home of its own."""
    data = copied_data(tmp_path)
    environment = {"KOTAE_DATA": str(data), "KOTAE_HOME": str(tmp_path / "home")}
    return lambda *arguments: CliRunner().invoke(main, arguments, env=environment)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_import_says_what_was_read_and_what_comes_next(run: Run, tmp_path: Path) -> None:
    """Projects, rows, years and cells; what was assumed; each unread cell by its place; the last line is what to do."""
    result = run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": LINES})), "--plan", "midori")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "みどり町 事務事業評価(みどり町) 計画の id: midori",
        "2事業 2行 令和4年度～令和5年度 セル16個",
        "推定したこと 1件",
        "  問い合わせ先は表からは分かりません(plan.toml の contact に書けます)",
        "確かめるセル 0件",
        "読めなかったセル 1件",
        "  一覧 D3「=1+1」: 式に計算された値が保存されていない",
        f"下書き: {tmp_path / 'home/drafts/midori/plan.toml'}(読み方を直せます。直したらもう一度 kotae import)",
        "確かめる: kotae diff ／ 出す: kotae publish",
    ]


def test_an_import_leaves_data_and_what_is_in_force_alone(run: Run, tmp_path: Path) -> None:
    """Only the draft's folder is new."""
    assert run("build").exit_code == 0
    before, in_force = contents(tmp_path / "data"), contents(tmp_path / "home")
    run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": LINES})), "--plan", "midori")
    assert contents(tmp_path / "data") == before
    after = contents(tmp_path / "home")
    assert {name: after[name] for name in in_force} == in_force
    new = sorted(name.rpartition("-")[0] or name for name in set(after) - set(in_force))
    assert new == ["drafts/midori/cells", "drafts/midori/plan.toml", "drafts/midori/report.csv", "drafts/midori/source"]


def test_the_first_twenty_cells_are_named(run: Run, tmp_path: Path) -> None:
    """The others are counted; report.csv has them all."""
    lines = [HEAD, *([str(n), f"事業{n}", "1件", "=1+1", "A"] for n in range(1, 31))]
    result = run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": lines})), "--plan", "midori")
    shown = result.stdout.splitlines()
    at = shown.index("読めなかったセル 30件")
    assert [line.split("「")[0] for line in shown[at + 1 : at + 21]] == [f"  一覧 D{n}" for n in range(2, 22)]
    assert shown[at + 21] == "  ほか10件(下書きの report.csv にすべてあります)"
    report = (tmp_path / "home/drafts/midori/report.csv").read_text(encoding="utf-8-sig")
    assert report.count("読めなかったセル,") == 30


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.xlsx", b"", "a.xlsx: ファイルが空です"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: ファイルが壊れているか、途中で切れています(BadZipFile)"),
        ("a.csv", b"\n\n,,\n", "a.csv: 文字のあるセルがありません。何も変えていません"),
        ("a.doc", b"x", "a.doc: この形のファイルは読めません(.xlsx・.xlsm・.csv・.tsv・.txt のどれかにしてください)"),
    ],
    ids=["empty", "truncated", "blank", "unknown"],
)
def test_a_file_that_cannot_be_read_is_one_line(run: Run, tmp_path: Path, name: str, content: bytes, line: str) -> None:
    """On stderr, with status 1, and nothing is written."""
    (tmp_path / name).write_bytes(content)
    result = run("import", str(tmp_path / name), "--plan", "midori")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", line + "\n")
    assert not (tmp_path / "home/drafts/midori").exists()


def test_an_id_that_is_none_is_said(run: Run, tmp_path: Path) -> None:
    """It becomes a part of links."""
    result = run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": LINES})), "--plan", "みどり")
    assert result.stderr == "--plan みどり: 英小文字・数字・ハイフンで32字までにしてください\n"


def test_a_page_without_headings_says_what_plan_toml_needs(run: Run, tmp_path: Path) -> None:
    """A text flattened from a page can only be read by a [layout]."""
    file = text_file(tmp_path / "a.txt", [["伝統工芸展", "H23～H26", "3,200人"]], delimiter="\t")
    result = run("import", str(file), "--plan", "midori")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "a.txt: 列の見出しが読みとれません。ページから流し込んだ表なら、plan.toml の [layout] に"
    )


def test_a_published_draft_is_built_and_answered(run: Run, tmp_path: Path) -> None:
    """From the office's file to an answer, where it is the only plan."""
    shutil.rmtree(tmp_path / "data/plans/nerima-shokogyo")
    run("import", str(workbook(tmp_path / "a.xlsx", {"一覧": LINES})), "--plan", "midori")
    assert run("publish").exit_code == 0
    assert run("check").exit_code == 0
    assert "6件" in run("ask", "相談の令和5年度の実績は？").stdout


def test_check_names_the_cells_that_no_project_uses(run: Run, tmp_path: Path) -> None:
    """They are no mistake: each has its reason, and the check passes."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": LINES[1:], "メモ": [["あとで直す"]]})
    run("import", str(file), "--plan", "midori")
    shutil.copytree(tmp_path / "home/drafts/midori", tmp_path / "data/plans/midori")
    result = run("check")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "どの事業にも使わないセル 1件(理由のあるもの)",
            "  midori メモ A1「あとで直す」: 表の外",
            "すべてのセルが一度ずつ使われています: 53事業 61行 補正8件",
        ],
    )


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    """On stderr; where stderr is a file or a pipe there is nothing but the mistakes."""
    file = workbook(tmp_path / "a.xlsx", {"一覧": LINES})
    command = [sys.executable, "-c", "from bot.cli import main; main()", "import", str(file), "--plan", "midori"]
    environment = {**os.environ, "KOTAE_HOME": str(tmp_path / "home"), "KOTAE_DATA": str(DATA), "TERM": "xterm"}
    piped = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True)
    assert piped.stderr == b""
    reader, writer = pty.openpty()
    watched = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=writer, check=True)
    os.close(writer)
    assert "a.xlsx を読んでいます" in os.read(reader, 100_000).decode()
    os.close(reader)
    assert watched.stdout.splitlines()[-1] == piped.stdout.splitlines()[-1]
