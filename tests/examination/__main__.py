"""python -m tests.examination --n 2000 --seed 1: asks the installed command and prints how it went."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.examination.corpus import load
from tests.examination.examining import examine_all
from tests.examination.expectation import Question
from tests.examination.generator import KINDS, questions
from tests.examination.gold import Table, read_table
from tests.examination.judging import Reply, summary
from tests.examination.standing import standing

__all__ = ["main"]

CORPORA = Path(__file__).parents[1] / "corpora"
KOTAE = str(Path(sys.executable).with_name("kotae"))


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if nothing was wrong, 1 otherwise."""
    options = _parser().parse_args(arguments)
    table = read_table(options.table) if options.table else _exported(options.kotae)
    asked = _asked(options, table)
    if options.print:
        print("\n".join(json.dumps({"id": q.id, "turns": q.turns, "kind": q.kind}, ensure_ascii=False) for q in asked))
        return 0
    verdicts = examine_all(asked, lambda conversations: _ask(options.kotae, conversations))
    print(summary(verdicts, options.show))
    print(standing(Path(__file__).parents[2] / "data"))
    return int(any(verdict.wrong for verdict in verdicts))


# Private functions


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.examination", description=__doc__)
    parser.add_argument("--n", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="all", help="comma separated; a prefix names all its kinds; default: all")
    parser.add_argument("--corpus", type=Path, action="append", help="ask this file's sentences instead")
    parser.add_argument("--table", type=Path, help="a saved export instead of asking the command for one")
    parser.add_argument("--kotae", default=KOTAE)
    parser.add_argument("--show", type=int, default=15, help="how many failures to print")
    parser.add_argument("--print", action="store_true", help="print the questions and ask nothing")
    return parser


def _asked(options: argparse.Namespace, table: Table) -> list[Question]:
    if options.corpus:
        return [question for path in options.corpus for question in load(path, table)]
    return questions(table, options.seed, options.n, _kinds(options.kinds))


def _kinds(text: str) -> Sequence[str]:
    wanted = text.split(",")
    return [kind for kind in KINDS if text == "all" or any(kind == w or kind.startswith(w + ".") for w in wanted)]


def _exported(kotae: str) -> Table:
    printed = subprocess.run([kotae, "export", "--format", "json"], check=True, capture_output=True).stdout
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        Path(file.name).write_bytes(printed)
        return read_table(Path(file.name))


def _ask(kotae: str, conversations: Sequence[Sequence[str]]) -> list[list[Reply]]:
    lines = [json.dumps({"id": str(i), "turns": turns}, ensure_ascii=False) for i, turns in enumerate(conversations)]
    sent = "\n".join(lines).encode() + b"\n"
    printed = subprocess.run([kotae, "ask", "--jsonl"], input=sent, check=True, capture_output=True).stdout
    replies = {line["id"]: line["replies"] for line in map(json.loads, printed.decode().splitlines()) if line}
    return [replies.get(str(i), []) for i in range(len(conversations))]


if __name__ == "__main__":
    sys.exit(main())
