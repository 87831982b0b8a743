"""What a fresh machine relies on: the lock, the Makefile's handling of a question, clean files, contracts that bite."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
BROWSER_LOCK = (ROOT / "requirements-browser.lock").read_text(encoding="utf-8")
LOCKS = pytest.mark.parametrize("lock", [LOCK, BROWSER_LOCK], ids=["lock", "browser"])
GROUPS = PROJECT["dependency-groups"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

# ── The lock ──


@LOCKS
def test_every_locked_requirement_has_a_hash(lock: str) -> None:
    """Each requirement is pinned and carries at least one sha256."""
    assert without_hash(lock) == []


def test_a_requirement_without_a_hash_is_noticed() -> None:
    """Negative control: the check above sees a requirement whose hashes were dropped."""
    assert without_hash("click==8.5.1\nrich==15.0.0 \\\n    --hash=sha256:00ff\n") == ["click==8.5.1"]


@LOCKS
def test_the_lock_names_no_address(lock: str) -> None:
    """Where packages come from is the machine's business: no URL, index, folder or editable line."""
    assert addresses(lock) == []


@pytest.mark.parametrize(
    "line",
    [
        "click @ https://example.com/click.whl", "rich @ file:///x", "--index-url x", "--extra-index-url x", "--find-links x",
        "-e .",
    ],
)  # fmt: skip
def test_an_address_in_the_lock_is_noticed(line: str) -> None:
    """Negative control: each way to say where a package comes from is seen, once."""
    assert len(addresses(f"{LOCK}\n{line}\n")) == 1


@pytest.mark.parametrize(
    ("lock", "line"),
    [(LOCK, line) for line in PROJECT["project"]["dependencies"] + GROUPS["dev"]]
    + [(BROWSER_LOCK, line) for line in GROUPS["browser"]],
    ids=lambda value: value.split(" ")[0][:30],
)
def test_the_lock_meets_what_the_project_asks(lock: str, line: str) -> None:
    """Every requirement of pyproject.toml is in its lock, in a version that it allows."""
    asked = Requirement(line)
    assert asked.specifier.contains(locked(lock)[asked.name])


def test_the_two_locks_agree() -> None:
    """What both name has one version: the page is tested with what is served."""
    one, other = locked(LOCK), locked(BROWSER_LOCK)
    both = one.keys() & other.keys()
    assert ({name for name in both if one[name] != other[name]}, len(both) > 20) == (set(), True)


# ── The question on its way through make ──

HOSTILE = [
    '空き店舗の"25年度"実績は？',
    "It's 25年度",
    "$(shell touch pwned)",
    "${shell touch pwned}",
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "25年度の\n実績は？\n\ttouch pwned",
    "$HOME $$HOME $(HOME) $Q $(Q)",
    "--help",
    "a \\",
    "#25 % & | > pwned",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_a_question_on_the_command_line_arrives_as_written(question: str, desk: Path) -> None:
    """make ask Q=… hands the text over unexpanded and runs nothing that stands in it."""
    assert ask(desk, f"Q={question}") == f"ask|--|{question}|\n"
    assert not (desk / "pwned").exists()


@pytest.mark.parametrize("question", HOSTILE)
def test_a_question_in_the_environment_arrives_as_written(question: str, desk: Path) -> None:
    """Q=… make ask does the same."""
    assert ask(desk, environment={"Q": question}) == f"ask|--|{question}|\n"
    assert not (desk / "pwned").exists()


def test_a_makefile_that_expands_the_question_is_noticed(desk: Path) -> None:
    """Negative control: without the line that takes Q unexpanded, the text is run as make code."""
    (desk / "Makefile").write_text(MAKEFILE.replace("override Q := $(value Q)\n", ""), encoding="utf-8")
    ask(desk, "Q=$(shell touch pwned)")
    assert (desk / "pwned").exists()


def test_without_a_question_one_line_says_how(desk: Path) -> None:
    """make ask alone says in Japanese what is missing and ends with status 2."""
    run = make(desk, "ask")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("質問がありません。例: make ask Q=")


def test_the_knowledge_base_is_built_only_when_something_changed(desk: Path) -> None:
    """The first question builds, the second only answers, a changed file in data/ builds again."""
    (desk / "var" / ".knowledge").unlink()
    assert "build|" in make(desk, "ask", "Q=一").stderr
    assert make(desk, "ask", "Q=二").stderr == ""
    (desk / "data" / "new.toml").touch()
    assert "build|" in make(desk, "ask", "Q=三").stderr


def test_an_old_python_is_named_in_one_line(desk: Path) -> None:
    """An interpreter that is too old or missing is said in Japanese, before anything is made."""
    (desk / ".venv" / ".ready").unlink()
    run = make(desk, "ask", "Q=一", "PYTHON=false")
    assert run.returncode == 2
    assert run.stderr.startswith("Python 3.11以上が必要です。")
    assert not (desk / ".venv" / ".ready").exists()


def test_an_installation_that_broke_off_is_thrown_away(desk: Path) -> None:
    """It leaves no mark of being done, and the next call starts from nothing."""
    (desk / ".venv" / ".ready").unlink()
    executable(desk / "fails-at-venv", '#!/bin/sh\n[ "$1" = -c ]\n')
    first = make(desk, "ask", "Q=一", f"PYTHON={desk / 'fails-at-venv'}")
    assert first.returncode == 2
    assert ".venv を作れません。" in first.stderr
    assert sorted(file.name for file in (desk / ".venv").iterdir()) == [".unfinished", "bin"]
    make(desk, "ask", "Q=一", f"PYTHON={desk / 'fails-at-venv'}")
    assert sorted(file.name for file in (desk / ".venv").iterdir()) == [".unfinished"]


def test_cleaning_keeps_what_nobody_can_make_again(desk: Path) -> None:
    """Journal, backups and drafts stay; knowledge base and environment go."""
    kept = ["var/state/journal.db", "var/state/backups/journal-1.db", "var/kb/drafts/midori/plan.toml", "data/a.toml"]
    for name in [*kept, "var/kb/current", "var/kb/kb-1.db", "var/bench/deep/x"]:
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).touch()
    assert make(desk, "clean").returncode == 0
    left = [path.relative_to(desk).as_posix() for path in desk.rglob("*") if path.is_file()]
    assert sorted(left) == sorted([*kept, "Makefile", "pyproject.toml", "requirements.lock"])
    assert not (desk / "var" / "bench").exists()


def test_cleaning_twice_is_no_mistake(desk: Path) -> None:
    """Where nothing was made there is nothing to remove."""
    assert [make(desk, "clean").returncode for _ in range(2)] == [0, 0]
    assert not (desk / "var").exists()


def test_a_wheelhouse_serves_every_lock(desk: Path) -> None:
    """Where it stands no index is asked, for the tests of the page neither."""
    executable(desk / ".venv" / "bin" / "python", '#!/bin/sh\necho "$@"\n')
    assert "-r requirements.lock -r requirements-browser.lock\n" in make(desk, "wheelhouse").stdout


# ── The project's files ──

# Written in pieces, or this file would find itself.
REGISTRIES = ["pypi" + r"\.org", "python" + "hosted"]
FOLDERS = r"(?<![\w.])/(?:" + "work|root|home|opt" + ")/"
FORBIDDEN = re.compile("|".join([*REGISTRIES, FOLDERS]))


def test_no_file_names_a_registry_or_a_machine_path() -> None:
    """No tracked file holds a package registry's host or a folder of somebody's machine."""
    assert [name for name in tracked() if FORBIDDEN.search((ROOT / name).read_bytes().decode(errors="replace"))] == []


@pytest.mark.parametrize("text", ["https://" + "pypi" + ".org/simple", "cd /" + "root/kotae", '"/' + 'home/me/x"'])
def test_a_registry_or_a_machine_path_is_noticed(text: str) -> None:
    """Negative control of the scan."""
    assert FORBIDDEN.search(text)


# ── The import contracts ──


def test_the_contracts_hold(house: Path) -> None:
    """The code as it is keeps every contract."""
    assert lint(house) == []


@pytest.mark.parametrize(
    ("file", "code", "contract"),
    [
        ("nlp/wrong.py", "import kb", "bot -> kb -> nlp, one way only"),
        ("kb/wrong.py", "import bot", "bot -> kb -> nlp, one way only"),
        ("bot/channels/wrong.py", "import bot.channels.telegram", "channels never import each other"),
        ("kb/storing.py", "import kb.compiling.building", "serving never imports the build side"),
        ("bot/answering.py", "import kb.source.reading", "serving never imports the build side"),
        ("bot/answering.py", "import bot.channels.telegram", "what answers knows no channel and no command line"),
        ("bot/wrong.py", "import telegram.ext", "each outside library has one door"),
        ("kb/wrong.py", "import sqlite_utils", "each outside library has one door"),
        ("nlp/wrong.py", "import sudachipy", "each outside library has one door"),
        ("nlp/wrong.py", "import rapidfuzz.fuzz", "each outside library has one door"),
        ("kb/wrong.py", "import openpyxl", "each outside library has one door"),
        ("bot/wrong.py", "import matplotlib.figure", "each outside library has one door"),
        ("bot/wrong.py", "import matplotlib_fontja", "each outside library has one door"),
        ("bot/wrong.py", "import click", "each outside library has one door"),
    ],
)
def test_a_wrong_import_breaks_its_contract(file: str, code: str, contract: str, house: Path) -> None:
    """Negative control: one wrong import in a copy of the code is reported by the contract that forbids it."""
    with (house / file).open("a", encoding="utf-8") as target:
        target.write(f"\n{code}\n")
    assert contract in lint(house)


def test_every_imported_library_is_declared_as_a_door() -> None:
    """Outside the standard library the code imports only what the contract of doors names."""
    contracts = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    known = {*sys.stdlib_module_names, "bot", "kb", "nlp", *contracts["doors"]["forbidden_modules"]}
    files = [file for folder in ("bot", "kb", "nlp") for file in (ROOT / folder).rglob("*.py")]
    names = {name for file in files for name in imported(file)}
    assert names - known == set()
    assert {"click", "openpyxl", "telegram"} <= names


def test_every_imported_library_is_asked_for() -> None:
    """None comes only because another one needs it today."""
    files = [file for folder in ("bot", "kb", "nlp") for file in (ROOT / folder).rglob("*.py")]
    given = packages_distributions()
    libraries = {name for file in files for name in imported(file)} - {*sys.stdlib_module_names, "bot", "kb", "nlp"}
    asked = {Requirement(line).name for line in PROJECT["project"]["dependencies"]}
    assert {name: given[name] for name in libraries if not asked & {one.lower() for one in given[name]}} == {}


def test_a_door_that_nothing_uses_is_noticed(house: Path) -> None:
    """Negative control: it would be open for whoever comes next."""
    (house / "nlp" / "writing" / "spelling.py").write_text("similarity = max\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"nlp\.writing\.spelling -> rapidfuzz"):
        lint(house)


def test_an_import_is_noticed_wherever_it_stands(tmp_path: Path) -> None:
    """Negative control: plain, from, of a submodule, under another name, inside a function."""
    file = tmp_path / "wrong.py"
    file.write_text("import os.path as p, one\nfrom two.deep import x\ndef f():\n    import three\n", encoding="utf-8")
    assert imported(file) == {"os", "one", "two", "three"}


# ── The real thing ──


@pytest.mark.slow
def test_a_fresh_checkout_answers(tmp_path: Path) -> None:
    """A clone with nothing installed sets itself up, answers, and then only answers."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    first = make(clone, "ask", "Q=空き店舗入居促進事業の25年度実績は？")
    second = make(clone, "ask", "Q=空き店舗入居促進事業の25年度実績は？")
    assert first.returncode == 0, first.stderr
    assert "10,136千円(19事業)" in first.stdout
    assert (second.stdout, second.stderr) == (first.stdout, "")


# ── Helpers ──


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the real Makefile, marked as set up and built, whose kotae prints its arguments."""
    for name in ("data", "kb", "nlp", "var", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).touch()
    (tmp_path / "Makefile").write_text(MAKEFILE, encoding="utf-8")
    executable(tmp_path / ".venv" / "bin" / "kotae", "#!/bin/sh\nprintf '%s|' \"$@\"\necho\n")
    (tmp_path / ".venv" / ".ready").write_text(f"{tmp_path.resolve()}\n")
    (tmp_path / "var" / ".knowledge").touch()
    return tmp_path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the code and its contracts."""
    for folder in ("bot", "kb", "nlp"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run make with nothing inherited from a make or a question around the tests."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "Q"}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(
        command, cwd=folder, env=around | (environment or {}), capture_output=True, text=True, check=False
    )


def ask(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """What make ask writes."""
    return make(folder, "ask", *arguments, environment=environment).stdout


def executable(path: Path, text: str) -> None:
    """Write a script that can be run."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def locked(lock: str) -> dict[str, str]:
    """The version of every requirement of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def without_hash(lock: str) -> list[str]:
    """Requirements of a lock that are not pinned or carry no hash."""
    entries = re.sub(r" *\\\n *", " ", lock).splitlines()
    wanted = [entry for entry in entries if entry.strip() and not entry.lstrip().startswith("#")]
    return [entry for entry in wanted if "==" not in entry or "--hash=sha256:" not in entry]


def addresses(lock: str) -> list[str]:
    """Whatever in a lock says where packages come from."""
    return re.findall(r"https?:|file:|--index|--extra-index|--find-links|^-e ", lock, re.MULTILINE)


def tracked() -> list[str]:
    """The files that belong to the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def imported(file: Path) -> set[str]:
    """Top-level names of all that a module imports."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    sources = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | sources}


def lint(folder: Path) -> list[str]:
    """Names of the contracts that are broken."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Contracts: " in run.stdout, run.stdout + run.stderr
    return re.findall(r"^(.+) BROKEN", run.stdout, re.MULTILINE)
