import ast
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.answering import Kotae
from bot.cli import COMMANDS
from bot.publishing.building import build_all
from bot.replies.answers import Status
from bot.replies.pieces import Kind as PieceKind
from kb.filters import FILTERS
from kb.running.operators import OPERATORS, SELECTING
from kb.storing import KnowledgeBase
from nlp.contexts import Context
from nlp.names.names import RULES
from nlp.questions import SLOTS
from tests.helpers import FLAGSHIP, REASONS, copied_data

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.ja.md"]
QUESTIONS = "docs/questions.md"
PAGES = [
    *READMES,
    QUESTIONS,
    "data/README.md",
    "docs/design.md",
    "docs/glossary.md",
    "docs/operation.ja.md",
    "docs/line.ja.md",
]


def read(page: str) -> str:
    """A page of the documents."""
    return (ROOT / page).read_text(encoding="utf-8")


# ── Commands ──


@pytest.mark.parametrize("page", READMES)
def test_a_readme_names_every_command(page: str) -> None:
    """Whoever reads a README alone has met every command of kotae."""
    assert set(COMMANDS) - commands(read(page)) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_exists(page: str) -> None:
    """A page names no command that kotae doesn't have."""
    assert commands(read(page)) - set(COMMANDS) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make_that_is_named_exists(page: str) -> None:
    """A page names no target that the Makefile doesn't have."""
    assert named_targets(read(page)) - targets(read("Makefile")) == set()


def test_a_target_that_does_not_exist_is_noticed() -> None:
    """Negative control: a target is seen in code and in a block, not in prose; one without a description is none."""
    assert named_targets("`make fly` to make sense\nmake swim Q=x\n") == {"fly", "swim"}
    assert targets("fly: x ## flies\nfall: y\n") == {"fly"}
    assert targets(read("Makefile")) >= {"ask", "test", "eval"}


def test_a_command_that_does_not_exist_is_noticed() -> None:
    """Negative control: a command is seen in code, in a block and behind its folder, not in prose."""
    assert commands("`kotae fly` kotae sings\n.venv/bin/kotae swim\n") == {"fly", "swim"}


# ── Replies ──


@pytest.mark.parametrize("page", READMES)
def test_a_readme_begins_with_the_flagship(page: str) -> None:
    """The first conversation of a README is the one question that everybody is shown."""
    assert conversations(read(page))[0][0][0] == FLAGSHIP


@pytest.mark.parametrize("page", [*READMES, QUESTIONS])
def test_the_conversations_of_a_page_are_real(page: str, kotae: Kotae) -> None:
    """Every reply that a README or the page of kinds prints is what Kotae answers, letter by letter."""
    for conversation in conversations(read(page)):
        assert replies(kotae, [question for question, _ in conversation]) == [reply for _, reply in conversation]


@pytest.mark.parametrize("page", READMES)
def test_the_examples_of_a_readme_are_answered(page: str, kotae: Kotae) -> None:
    """Every question in the table of what can be asked has an answer, and none is asked back."""
    questions = asked_first(read(page))
    assert [kotae.answer(question)[0].status for question in questions] == ["answer"] * 10


def test_the_page_of_kinds_has_every_kind_with_its_title() -> None:
    """No kind of question is left out, and each is called what its file calls it."""
    files = (ROOT / "data/language/questions").glob("*.toml")
    there = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"))["title"] for file in files}
    assert {name: title for name, title, _ in kinds(read(QUESTIONS))} == there


def test_the_examples_on_the_page_of_kinds_are_of_their_kind(kotae: Kotae) -> None:
    """Every example is read as the kind beside which it stands, and no two kinds share one."""
    rows = kinds(read(QUESTIONS))
    assert [name for name, _, question in rows if kind(kotae, question) != name] == []
    assert len({question for _, _, question in rows}) == len(rows)


@pytest.mark.parametrize("page", READMES)
def test_the_absences_of_a_readme_are_told_apart(page: str, kotae: Kotae) -> None:
    """The five questions about what isn't there get the status and the reason that the README says."""
    rows = re.findall(r"^\| .+? \| (.+?) \| `(\w+)` `(\w+)` \|$", read(page), re.MULTILINE)
    answers = [kotae.answer(question)[0] for question, _, _ in rows]
    assert [(answer.status, answer.reason) for answer in answers] == [(status, reason) for _, status, reason in rows]
    assert {reason for _, _, reason in rows} == REASONS - {"empty"}


def test_what_explain_prints_is_shown_as_it_is(kotae: Kotae) -> None:
    """The walk through a question shows the very lines of kotae explain; … stands for what is left out."""
    from bot.explaining import explain

    block = re.search(r"\$ kotae explain (.+?)\n(.+?)```", read("docs/design.md"), re.DOTALL)
    assert block is not None
    printed = explain(kotae, shlex.split(block[1])[0]).splitlines()
    shown = block[2].splitlines()
    assert invented(shown, printed) == []
    assert len([line for line in shown if line.strip("… ")]) > 10


def test_a_line_that_explain_does_not_print_is_noticed() -> None:
    """Negative control: a line of another reading, and one that goes on otherwise, are seen; a beginning before … isn't."""
    printed = ["質問: 商工相談は？", "  → result (0, 1, 0) ある年度の実績をきく"]
    shown = ["質問: 商工相談は？", "  → result (0, 1…", "  → count (0, 1…", "質問: 商工相談は？…", "質問: 商工"]
    assert invented(shown, printed) == ["  → count (0, 1…", "質問: 商工"]


def test_the_kind_that_is_walked_through_can_be_added(kotae: Kotae, tmp_path: Path) -> None:
    """The file that docs/design.md adds isn't in data/, does what the page says on a copy, and changes nothing before."""
    page = read("docs/design.md")
    shown = re.search(r"`data/language/questions/(\w+)\.toml`:\n\n```toml\n(.+?)```", page, re.DOTALL)
    printed = re.search(r"then `kotae explain (\S+)` shows .+?```\n(.+?)```", page, re.DOTALL)
    assert shown is not None
    assert printed is not None
    assert not (ROOT / "data/language/questions" / f"{shown[1]}.toml").exists()
    assert kotae.answer(printed[1])[0].status == "clarify"
    assert set(printed[2].splitlines()) <= set(explained_with(shown[1], shown[2], printed[1], tmp_path))


def explained_with(name: str, content: str, question: str, folder: Path) -> list[str]:
    """What explain prints of a question where a kind was added; its examples are read as they say."""
    from bot.explaining import explain

    copied_data(folder)
    (folder / "data/language/questions" / f"{name}.toml").write_text(content, encoding="utf-8")
    build_all(folder / "data", folder / "kb")
    knowledge = KnowledgeBase.open(folder / "kb")
    kotae = Kotae(knowledge)
    added = tomllib.loads(content)
    for example in [*added["examples"], *added["counter_examples"]]:
        assert kind(kotae, example["ask"].replace("{year}", "平成25年度")) == example.get("kind", name)
    lines = explain(kotae, question).splitlines()
    knowledge.close()
    return lines


def test_the_known_limits_are_still_there(kotae: Kotae) -> None:
    """What docs/design.md says is not answered well yet; whatever is answered in another way now has to leave the list."""
    limits = read("docs/design.md").partition("\n## Known limits\n")[2]
    rows = re.findall(r"^\| ([^|]+?) \| `(\w+)` \| [^|]+ \|$", limits, re.MULTILINE)
    assert len(rows) > 2
    assert [(question, kotae.answer(question)[0].status) for question, _ in rows] == rows


# ── Glossary ──


def test_every_type_of_the_glossary_exists() -> None:
    """A type that the glossary names can be imported."""
    assert [name for name in glossary_types() if not is_there(name)] == []


def test_every_public_value_stands_in_the_glossary() -> None:
    """Every public dataclass and named tuple of bot, kb and nlp has its line."""
    assert sorted(set(public_values()) - glossary_types()) == []


def test_a_type_that_does_not_exist_is_noticed() -> None:
    """Negative control: neither a wrong module nor a wrong name is taken for a type."""
    assert (is_there("nlp.writing.text.Text"), is_there("nlp.writing.text.Txt"), is_there("nlp.texts.Text")) == (
        True,
        False,
        False,
    )


def test_the_words_of_the_contract_stand_in_the_glossary() -> None:
    """Slots, statuses, reasons, rules, operators, conditions and pieces: the glossary has all of them and no other."""
    assert terms("Slots") == SLOTS
    assert terms("Statuses and reasons") == {*get_args(Status), *REASONS}
    assert terms("Rules of linking") == set(RULES)
    assert terms("Operators") == operators() == SELECTING | set(OPERATORS)
    assert terms("Conditions of a query") == set(FILTERS)
    assert terms("Questions back") == set(wording()["ask"]) - {"choice"}
    assert terms("Pieces of a reply") == set(get_args(PieceKind))


# ── Links ──


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    """A link or picture that is no address on the net leads to something in the checkout."""
    assert [target for target in links(read(page)) if not ((ROOT / page).parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists(page: str) -> None:
    """A page names no module and no data file that isn't there, but for the one that docs/design.md adds."""
    missing = {name for name in named_files(read(page)) if not (ROOT / name).exists()}
    assert missing <= {"data/language/questions/in_year.toml"}


@pytest.mark.parametrize("house", ["nlp", "kb"])
def test_every_module_has_its_place_in_the_design(house: str) -> None:
    """Whoever looks for something in the language or the knowledge base finds each module under what it is for."""
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / house).rglob("*.py") if path.stem != "__init__"}
    assert modules - placed(read("docs/design.md")) == set()


def test_a_module_without_a_place_is_noticed() -> None:
    """Negative control: a name alone is that of the folder named before it in its row, and of no other row."""
    rows = "| Where to look for | |\n|---|---|\n| in | `kb/tables/lines.py`, `owners.py` |\n| out | `kb/cells.py`, `rows.py` |\n\n"
    assert placed(rows) == {"kb/tables/lines.py", "kb/tables/owners.py", "kb/cells.py", "kb/rows.py"}


def test_a_file_that_does_not_exist_is_noticed() -> None:
    """Negative control: modules and data files are seen in code, in folders too."""
    seen = named_files("`nlp/flying.py` nlp/writing/text.py `data/language/words/cues.toml` `bot/channels/`")
    assert seen == {"nlp/flying.py", "data/language/words/cues.toml"}


def test_links_are_seen() -> None:
    """Negative control: links and pictures are found, addresses on the net are left out."""
    assert links('[a](b.md#c) <img src="d.svg"> [e](https://f)') == ["b.md", "d.svg"]


# ── Helpers ──


def commands(text: str) -> set[str]:
    """The commands of kotae that a text names in code."""
    return set(re.findall(r"(?:^|`|\$ |\.venv/bin/)kotae ([a-z]+)", text, re.MULTILINE))


def targets(makefile: str) -> set[str]:
    """The targets of a Makefile that say what they are for."""
    return set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))


def named_targets(text: str) -> set[str]:
    """The targets of make that a text names in code."""
    return set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))


def invented(shown: list[str], printed: list[str]) -> list[str]:
    """The lines that were never printed; one that ends in … may go on."""
    return [
        line
        for line in shown
        if line not in printed and not (line.endswith("…") and any(p.startswith(line.rstrip("…")) for p in printed))
    ]


def conversations(text: str) -> list[list[tuple[str, str]]]:
    """The blocks in which a line with > is asked and the lines below it are the reply."""
    blocks = re.findall(r"^```\n(> .+?)\n```$", text, re.MULTILINE | re.DOTALL)
    turns = [re.findall(r"^> (.+?)\n(.+?)(?=\n> |\Z)", block, re.MULTILINE | re.DOTALL) for block in blocks]
    assert turns, "no conversation"
    return turns


def asked_first(readme: str) -> list[str]:
    """The questions of the first table of a README."""
    table = readme.partition("|---|---|\n")[2].partition("\n\n")[0]
    return re.findall(r"^\| .+? \| (.+?) \|$", table, re.MULTILINE)


def kinds(text: str) -> list[tuple[str, str, str]]:
    """The rows of the page of kinds: name, title and example."""
    return re.findall(r"^\| \[`\w+`\]\(\S+/(\w+)\.toml\) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)


def replies(kotae: Kotae, questions: list[str]) -> list[str]:
    """The texts of the replies in one conversation."""
    texts, context = [], Context()
    for question in questions:
        answer, context = kotae.answer(question, context)
        texts.append(answer.text)
    return texts


def kind(kotae: Kotae, question: str) -> str:
    """The kind that a question is read as."""
    chosen = kotae.read(question, Context())[0].parse.kind
    return chosen.name if chosen else ""


def glossary_types() -> set[str]:
    """The types that the glossary names, with their modules."""
    return set(re.findall(r"`((?:bot|kb|nlp)\.[\w.]+\.[A-Z]\w+)`", read("docs/glossary.md")))


def is_there(name: str) -> bool:
    """Whether a type can be imported."""
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError:
        return False


def public_values() -> Iterator[str]:
    """Dataclasses and named tuples without a leading underscore, with their modules."""
    for path in sorted(path for house in ("bot", "kb", "nlp") for path in (ROOT / house).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and is_value(node):
                yield f"{module}.{node.name}"


def is_value(node: ast.ClassDef) -> bool:
    """Whether a class is a dataclass or a named tuple."""
    marks = [*map(ast.unparse, node.decorator_list), *map(ast.unparse, node.bases)]
    return any("dataclass" in mark or mark == "NamedTuple" for mark in marks)


def terms(heading: str) -> set[str]:
    """The English names of one section of the glossary."""
    section = re.search(rf"^## {heading} .+?(?=^## |\Z)", read("docs/glossary.md"), re.MULTILINE | re.DOTALL)
    assert section is not None, heading
    return set(re.findall(r"^\| .+? \| `(\w+)` \|", section[0], re.MULTILINE))


def operators() -> set[str]:
    """The operators that kinds of question use."""
    files = (ROOT / "data/language/questions").glob("*.toml")
    return {name for file in files for name in tomllib.loads(file.read_text(encoding="utf-8"))["operators"]}


def wording() -> dict[str, dict[str, str]]:
    """The phrases of replies."""
    return tomllib.loads(read("data/language/replies.toml"))


def named_files(text: str) -> set[str]:
    """The files of the house that a text names in code."""
    return set(re.findall(r"`((?:bot|kb|nlp|tests|data)/[\w/.-]+\.(?:py|toml))`", text))


def placed(text: str) -> set[str]:
    """The modules that the table of places names; a bare name is in the folder of the module named before it."""
    found = set()
    for row in text.partition("| Where to look for | |")[2].partition("\n\n")[0].splitlines():
        folder = ""
        for name in re.findall(r"`([\w/]+\.py)`", row):
            folder = name.rpartition("/")[0] or folder
            found.add(f"{folder}/{name.rpartition('/')[2]}")
    return found


def links(text: str) -> list[str]:
    """Where links and pictures lead, without the place in the page."""
    targets = re.findall(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"", text)
    found = [(link or image).partition("#")[0] for link, image in targets]
    return [target for target in found if target and not target.startswith(("http://", "https://"))]
