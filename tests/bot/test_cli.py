"""The command kotae: what it prints, where, and with which exit status."""

import csv
import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import main
from tests.helpers import DATA, FLAGSHIP, copied_data

ROOT = Path(__file__).parents[2]
TABLE = [tuple(row) for row in tomllib.loads((ROOT / "tests/corpora/table.toml").read_text(encoding="utf-8"))["rows"]]
FIGURE = "10,136千円(19事業)"
ADVICE = "kotae build を実行してください。"

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command over the real data and its knowledge base, from an empty folder without any channel's keys."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "KOTAE_")):
            monkeypatch.delenv(name)

    def invoked(*arguments: str, stdin: str | bytes | None = None, **environment: str) -> Result:
        env = {"KOTAE_DATA": str(DATA), "KOTAE_HOME": str(home), **environment}
        return CliRunner().invoke(main, arguments, input=stdin, env=env)

    return invoked


# ask


def test_ask_prints_the_figure_first(run: Run) -> None:
    """Figure and grade, whose they are, where they stand."""
    result = run("ask", FLAGSHIP)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "10,136千円(19事業)、達成度A",
        "空き店舗入居促進事業(No.42) 平成25年度(2013年度)",
        "出典: 練馬区商工業振興計画(平成23～26年度)進捗状況 No.42",
    ]


def test_ask_json_holds_the_contract(run: Run) -> None:
    """One cell with its figures, grade and source."""
    result = run("ask", FLAGSHIP, "--json")
    reply = json.loads(result.stdout)
    assert (result.exit_code, reply["status"], reply["reason"]) == (0, "answer", None)
    assert (reply["projects"], reply["plan"], reply["facts"], reply["computed"]) == (["42"], "nerima-shokogyo", [], [])
    (cell,) = reply["results"]
    assert {key: cell[key] for key in ("project", "name", "activity", "fiscal_year", "label", "cell", "state")} == {
        "project": "42",
        "name": "空き店舗入居促進事業",
        "activity": None,
        "fiscal_year": 2013,
        "label": "平成25年度",
        "cell": "10,136千円(19事業)",
        "state": "reported",
    }
    assert [(f["value"], f["unit"], f["text"], f["label"]) for f in cell["figures"]] == [
        (10136000, "円", "10,136千円", None),
        (19, "事業", "19事業", None),
    ]
    assert cell["grade"] == "A"
    assert cell["source"] == {"document": "練馬区商工業振興計画(平成23～26年度)進捗状況", "row": "No.42"}
    assert reply["understood"] == "平成25年度の空き店舗入居促進事業の実績"
    assert reply["receipt"] == "nerima-shokogyo/42/25/result"
    assert len(reply["revision"]) == 64


def test_ask_jsonl_answers_conversations_in_order(run: Run) -> None:
    """Each line is a conversation of its own; unknown keys are ignored."""
    lines = [
        {"id": "a", "turns": [FLAGSHIP, "24年度は？"], "kind": "ignored"},
        {"turns": ["24年度は？"], "id": 7},
        {"id": "c", "turns": []},
    ]
    result = run("ask", "--jsonl", stdin="\n".join(json.dumps(line) for line in lines) + "\n\n")
    printed = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line["id"] for line in printed] == ["a", 7, "c"]
    assert [[r["status"] for r in line["replies"]] for line in printed] == [["answer", "answer"], ["clarify"], []]
    assert "10,278千円(13事業)" in printed[0]["replies"][1]["text"]


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", "7", '{"id": "x"}', '{"turns": "25年度は"}', '{"turns": [25]}', "質問", "[" * 5000],
)
def test_a_broken_line_is_said_and_the_rest_answered(run: Run, broken: str) -> None:
    """One clear line with its number; nothing else is lost."""
    good = json.dumps({"id": "a", "turns": [FLAGSHIP]})
    result = run("ask", "--jsonl", stdin=f"{good}\n{broken}\n{good}\n")
    printed = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [len(line["replies"]) for line in printed] == [1, 0, 1]
    assert printed[1]["error"].startswith("2行目が読めません")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("", "help"),
        ("   \n　", "help"),
        ("？！…。、", None),
        ("🍵🍵🍵", None),
        ("%%%;;'\"--", None),
        ("\x00\x01\x02", "help"),
        ("'; DROP TABLE project; --", None),
        ("あ" * 5000, None),
        (FLAGSHIP + "あ" * 5000, "answer"),
        ("1" * 5000, None),
    ],
)
def test_ask_answers_whatever_comes(run: Run, question: str, status: str | None) -> None:
    """Nothing, marks only, symbols only, far too long: a reply, no traceback."""
    result = run("ask", "--json", "--", question)
    assert (result.exit_code, result.stderr) == (0, "")
    reply = json.loads(result.stdout)
    assert reply["text"].strip()
    assert reply["status"] == status if status else reply["status"] in ("clarify", "not_found", "help")


def test_ask_takes_the_question_from_a_pipe(run: Run) -> None:
    """Without an argument the question is what comes in."""
    assert run("ask", stdin=FLAGSHIP).stdout.startswith(FIGURE)


# chat


def test_chat_remembers_what_was_said(run: Run) -> None:
    """A year alone and a number alone ask on; an empty line ends it."""
    result = run("chat", stdin=f"{FLAGSHIP}\n24年度は？\n43番は？\n\n")
    assert result.exit_code == 0
    places = [result.stdout.index(cell) for cell in (FIGURE, "10,278千円(13事業)", "1事業 3,203千円")]
    assert places == sorted(places)


def test_chat_ends_where_the_input_ends(run: Run) -> None:
    """Ctrl-D leaves without a complaint."""
    result = run("chat", stdin=f"{FLAGSHIP}\n")
    assert (result.exit_code, result.exception) == (0, None)
    assert FIGURE in result.stdout


# explain


def test_explain_shows_every_step(run: Run) -> None:
    """Mentions with their spans, the kinds that competed, the query in Japanese, compact and in SQL, the reply."""
    result = run("explain", FLAGSHIP)
    assert result.exit_code == 0
    for part in (
        "整えた文: 空き店舗入居促進事業の25年度実績は?",
        "[0:10] 空き店舗入居促進事業",
        "project=nerima-shokogyo/42",
        "[11:15] 25年度",
        "→ result",
        "日本語: 平成25年度の空き店舗入居促進事業の実績",
        "記号: nerima-shokogyo/42/25/result",
        "SQL: SELECT ",
        "値: ['nerima-shokogyo', '42']",
        FIGURE,
    ):
        assert part in result.stdout


def test_explain_shows_candidates_with_scores(run: Run) -> None:
    """A misspelt name: what it may be and how alike."""
    result = run("explain", "空き店補入居足進事業の実績は")
    assert "spelling" in result.stdout
    assert "0." in result.stdout
    assert "nerima-shokogyo/42" in result.stdout


@pytest.mark.parametrize(
    "question", ["", "🍵", "Bの事業は？", "商工相談の令和5年度は", "商工相談の担当課は", "あ" * 5000]
)
def test_explain_explains_anything(run: Run, question: str) -> None:
    """Also what was not understood, asked back or absent."""
    result = run("explain", "--", question)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "返事:" in result.stdout


# build, check, export


def test_build_puts_a_knowledge_base_into_force(run: Run, tmp_path: Path) -> None:
    """It says how much, and what was built answers."""
    result = run("build", KOTAE_HOME=str(tmp_path / "new"))
    assert result.exit_code == 0
    assert result.stdout.startswith("知識ベースをつくりました: 51事業 59行 版 ")
    assert run("ask", FLAGSHIP, KOTAE_HOME=str(tmp_path / "new")).stdout.startswith(FIGURE)


def test_check_says_that_all_is_well(run: Run) -> None:
    """Every cell used once."""
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == "すべてのセルが一度ずつ使われています: 51事業 59行 補正8件\n"


def test_check_names_a_changed_cell(run: Run, spoilt: Path) -> None:
    """By row and cell, on one line, with status 1."""
    source = spoilt / "plans/nerima-shokogyo/source.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("10,136千円", "10,163千円"), encoding="utf-8")
    result = run("check", KOTAE_DATA=str(spoilt))
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    assert "10,163千円" in result.stdout


def test_the_json_export_is_the_table(run: Run) -> None:
    """All 59 rows, cell by cell, against the copy that was checked by hand."""
    exported = json.loads(run("export", "--format", "json").stdout)
    years = ("23", "24", "25", "26")
    rows = [
        (project["no"], row["activity"] or "", row["period"], *(row["results"][year] for year in years), row["grade"])
        for project in exported
        for row in project["rows"]
    ]
    assert rows == TABLE
    assert len({row[0] for row in TABLE}) == 51


def test_the_csv_export_is_the_table(run: Run) -> None:
    """A line a row, with the years' headings."""
    printed = run("export", "--format", "csv").stdout
    heading, *lines = csv.reader(io.StringIO(printed.removeprefix("\ufeff")))
    columns = [heading.index(name) for name in ("番号", "細事業", "実施年度", *(f"平成{y}年度" for y in range(23, 27)))]
    assert [tuple(line[column] for column in [*columns, -1]) for line in lines] == TABLE


def test_the_workbook_export_is_the_table(run: Run, tmp_path: Path) -> None:
    """The same in Excel's form."""
    assert run("export", "--format", "xlsx", "--output", str(tmp_path / "table.xlsx")).exit_code == 0
    heading, *lines = load_workbook(tmp_path / "table.xlsx")["事業"].iter_rows(values_only=True)
    columns = [heading.index(name) for name in ("番号", "細事業", "実施年度", *(f"平成{y}年度" for y in range(23, 27)))]
    assert [tuple(str(line[column] or "") for column in [*columns, -1]) for line in lines] == TABLE


def test_an_export_into_a_file_prints_nothing(run: Run, tmp_path: Path) -> None:
    """The file holds what would have been printed."""
    printed = run("export").stdout
    assert run("export", "--output", str(tmp_path / "table.json")).stdout == ""
    assert (tmp_path / "table.json").read_text(encoding="utf-8") == printed


# What is wrong is said in one line


def complaint(result: Result) -> str:
    """The one line on stderr of a command that ended with status 1 and printed nothing else."""
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.splitlines()
    return line


def test_a_missing_knowledge_base(run: Run, tmp_path: Path) -> None:
    """What to do."""
    for command in (("ask", FLAGSHIP), ("chat",), ("explain", FLAGSHIP)):
        assert complaint(run(*command, KOTAE_HOME=str(tmp_path / "nowhere"))) == f"知識ベースがありません。{ADVICE}"


def test_a_program_is_told_by_a_reply(run: Run, tmp_path: Path) -> None:
    """--json and --jsonl keep their form; status error, and the line on stderr as for everybody."""
    nowhere, said = str(tmp_path / "nowhere"), f"知識ベースがありません。{ADVICE}"
    one = run("ask", "--json", FLAGSHIP, KOTAE_HOME=nowhere)
    assert (one.exit_code, one.stderr) == (1, f"{said}\n")
    assert (json.loads(one.stdout)["status"], json.loads(one.stdout)["text"]) == ("error", said)
    asked = json.dumps({"id": "a", "turns": [FLAGSHIP, "24年度は？"]})
    many = run("ask", "--jsonl", stdin=asked, KOTAE_HOME=nowhere)
    assert many.exit_code == 1
    assert [reply["status"] for reply in json.loads(many.stdout)["replies"]] == ["error", "error"]


def test_a_mistake_of_the_program(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with its place, for the report."""
    monkeypatch.setattr("bot.answering.Kotae.answer", lambda *_: 1 / 0)
    assert complaint(run("ask", FLAGSHIP)).startswith(
        "プログラムの誤りです(ZeroDivisionError: division by zero test_cli.py:"
    )


def test_a_corrupt_knowledge_base(run: Run, home: Path, tmp_path: Path) -> None:
    """One byte changed, cut off, emptied: never an answer."""
    (file,) = home.glob("kb-*.db")
    whole = file.read_bytes()
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    for content in (whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:], whole[:-1], b"", b"\x00" * len(whole)):
        (copy / file.name).write_bytes(content)
        assert (
            complaint(run("ask", FLAGSHIP, KOTAE_HOME=str(copy))) == f"知識ベースが壊れています({file.name})。{ADVICE}"
        )
    (copy / file.name).unlink()
    assert complaint(run("ask", FLAGSHIP, KOTAE_HOME=str(copy))).startswith("知識ベースのファイルがありません(")
    (copy / "current").write_text("{", encoding="utf-8")
    assert complaint(run("ask", FLAGSHIP, KOTAE_HOME=str(copy))) == f"知識ベースの current が壊れています。{ADVICE}"


@pytest.mark.parametrize(("step", "said"), [(-1, "より古い形式です"), (1, "より新しい形式です")])
def test_a_knowledge_base_of_another_version(run: Run, home: Path, tmp_path: Path, step: int, said: str) -> None:
    """Older: build again; newer: update the program."""
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    pointer = json.loads((copy / "current").read_text(encoding="utf-8"))
    (copy / "current").write_text(json.dumps({**pointer, "schema": pointer["schema"] + step}), encoding="utf-8")
    assert said in complaint(run("ask", FLAGSHIP, KOTAE_HOME=str(copy)))


def test_a_knowledge_base_that_is_no_database(run: Run, home: Path, tmp_path: Path) -> None:
    """Another SQLite file under the right checksum."""
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    pointer = json.loads((copy / "current").read_text(encoding="utf-8"))
    (copy / pointer["file"]).unlink()
    connection = sqlite3.connect(copy / pointer["file"])
    connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.commit()
    connection.close()
    assert complaint(run("ask", FLAGSHIP, KOTAE_HOME=str(copy))).startswith("知識ベースが壊れています(")


@pytest.mark.parametrize(
    ("file", "commands"),
    [
        ("plans/nerima-shokogyo/plan.toml", ("build", "check", "export")),
        ("plans/nerima-shokogyo/aliases.toml", ("build", "check", "export")),
        ("language/words/cues.toml", ("build",)),
        ("language/questions/result.toml", ("build",)),
        ("language/replies.toml", ("build",)),
    ],
)
def test_broken_toml(run: Run, spoilt: Path, tmp_path: Path, file: str, commands: tuple[str, ...]) -> None:
    """File and place; the knowledge base in force stays."""
    path = spoilt / file
    path.write_text(path.read_text(encoding="utf-8") + "\n[broken\n", encoding="utf-8")
    for command in commands:
        said = complaint(run(command, KOTAE_DATA=str(spoilt), KOTAE_HOME=str(tmp_path / "home")))
        assert Path(file).name in said
        assert "TOML" in said
    assert not (tmp_path / "home" / "current").exists()


def test_an_alias_that_is_a_sentence(run: Run, spoilt: Path, tmp_path: Path) -> None:
    """Questions don't belong among the names."""
    path = spoilt / "plans/nerima-shokogyo/aliases.toml"
    text = path.read_text(encoding="utf-8").replace("[projects]", '[projects]\n"42" = ["家賃の補助はいくらですか"]')
    path.write_text(text, encoding="utf-8")
    said = complaint(run("build", KOTAE_DATA=str(spoilt), KOTAE_HOME=str(tmp_path / "home")))
    assert "aliases.toml: projects.42: 「家賃の補助はいくらですか」" in said


def test_a_data_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """Where it was looked for."""
    for command in ("build", "check", "export"):
        said = complaint(run(command, KOTAE_DATA=str(tmp_path / "nowhere"), KOTAE_HOME=str(tmp_path / "home")))
        assert str(tmp_path / "nowhere") in said


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    """Which file."""
    for form in ("json", "csv", "xlsx"):
        path = tmp_path / "nowhere" / f"table.{form}"
        assert str(path) in complaint(run("export", "--format", form, "--output", str(path)))


def test_serve_where_somebody_serves(run: Run, tmp_path: Path) -> None:
    """Which variable to set: without any key the page is served, and its port is taken."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = complaint(run("serve", KOTAE_PORT=port, KOTAE_STATE=str(tmp_path / "state")))
    assert f"ポート {port} を使えません" in said
    assert "KOTAE_PORT" in said


def test_serve_with_wrong_settings(run: Run) -> None:
    """The variable by name, its value unsaid."""
    settings = {"TELEGRAM_BOT_TOKEN": "7:SECRET", "KOTAE_PORT": "12,me"}
    said = complaint(run("serve", **settings))
    assert "KOTAE_PORT" in said
    assert "SECRET" not in said
    assert "12,me" not in said


@pytest.mark.parametrize(
    "arguments", [("export", "--format", "pdf"), ("export", "--format", "xlsx"), ("aks", "x"), ("ask", "--x")]
)
def test_a_wrong_call_is_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    """As every command line does, without a traceback."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert isinstance(result.exception, SystemExit)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of data/ that may be spoilt."""
    return copied_data(tmp_path)


# As a process of its own


def process(
    home: Path, *arguments: str | bytes, stdin: bytes = b"", stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as the shell starts it; stdout is kept unless it is to go elsewhere."""
    env = {"PATH": os.environ["PATH"], "KOTAE_HOME": str(home), "KOTAE_DATA": str(DATA), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**env, **environment},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("environment", [{}, {"LC_ALL": "C"}, {"LANG": "C"}, {"LC_ALL": "POSIX"}])
def test_a_process_answers_in_any_locale(home: Path, environment: dict[str, str]) -> None:
    """A server without a Japanese locale prints Japanese all the same."""
    done = process(home, "ask", FLAGSHIP, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith(FIGURE)


def test_a_process_survives_binary_bytes(home: Path) -> None:
    """As an argument, through a pipe, and as a line of --jsonl."""
    junk = b"\xff\xfe\x80\x81\x99"
    answers = [
        process(home, "ask", "--", junk),
        process(home, "ask", "--json", "--", junk + FLAGSHIP.encode()),
        process(home, "ask", stdin=junk + b"\x00"),
        process(home, "ask", "--jsonl", stdin=junk + b'\n{"id": "a", "turns": ["x"]}\n'),
        process(home, "explain", "--", junk),
    ]
    assert [(done.returncode, done.stderr) for done in answers] == [(0, b"")] * len(answers)
    assert all(done.stdout.decode().strip() for done in answers)
    assert [json.loads(line)["id"] for line in answers[3].stdout.splitlines()] == [None, "a"]


@pytest.mark.parametrize(
    "arguments", [("export",), ("ask", FLAGSHIP), ("ask", "--json", FLAGSHIP), ("explain", FLAGSHIP)]
)
def test_a_reader_that_has_gone_away_ends_it_in_silence(home: Path, arguments: tuple[str, ...]) -> None:
    """kotae export | head: status 1 and not a word where nobody reads what is printed."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = process(home, *arguments, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_process_without_a_knowledge_base_ends_with_one_line(tmp_path: Path) -> None:
    """Status 1, nothing on stdout."""
    done = process(tmp_path / "nowhere", "ask", FLAGSHIP)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"知識ベースがありません。{ADVICE}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("invite", "--days", "0"), "--days に使えない値です(1〜90の整数)"),
        (("ask", "--door", "x"), "--door に使えない値です"),
        (("revoke", "x"), "NUMBER に使えない値です(整数)"),
        (("revoke",), "NUMBER がありません"),
        (("ask", "--nope"), "--nope という指定はありません"),
        (("nope",), "nope という命令はありません"),
        (("export", "--format", "xlsx"), "xlsx は --output でファイルを指定してください)。"),
        (("chart", "x", "-o", "x.pdf"), "図のファイルは .png か .svg にしてください)。"),
    ],
)
def test_a_call_that_is_wrong_is_said_in_japanese(arguments: tuple[str, ...], said: str) -> None:
    """Whoever runs it reads what to write instead."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"使い方が違います({said}")
    assert result.stderr.endswith("kotae --help を見てください。\n")
