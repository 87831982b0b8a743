"""What several tests need: the question that everybody is shown, the contract's keys, a reply's gist, what is spoilt, copies of data/."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.compiling.building import Words

DATA = Path(__file__).parents[1] / "data"
PLAN = DATA / "plans/nerima-shokogyo"

FLAGSHIP = "空き店舗入居促進事業の25年度実績は？"
KEYS = {
    "status", "reason", "text", "projects", "plan", "facts", "results", "computed", "choices", "understood", "unread",
    "receipt", "revision",
}  # fmt: skip
REASONS = {"no_project", "no_year", "blank", "dash", "no_attribute", "empty"}

Ask = Callable[..., list[dict[str, Any]]]
"""One conversation's turns to the replies in the contract's JSON."""


def fixed(**artifacts: str) -> Words:
    """The same compiled words, whatever plans they are for."""
    return lambda plans, projects: artifacts


@contextmanager
def beside(*works: Callable[[threading.Event], object]) -> Iterator[None]:
    """Works that go on in threads while the block runs, until the event; a block that fails leaves none to wait for."""
    end = threading.Event()
    threads = [threading.Thread(target=work, args=(end,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def changed(proof: str) -> str:
    """The same but for its first character, whatever that was: the last ones of base64 may stand for the same bytes."""
    return ("B" if proof[0] == "A" else "A") + proof[1:]


def gist(reply: dict[str, Any]) -> tuple[Any, ...]:
    """What a reply gives, without its wording."""
    cells = [(r["project"], r["activity"], r["fiscal_year"], r["cell"], r["grade"]) for r in reply["results"]]
    facts = [(f["project"], f["activity"], f["attribute"], f["value"]) for f in reply["facts"]]
    values = [(c["value"], c["unit"]) for c in reply["computed"]]
    return reply["status"], reply["projects"], reply["reason"], cells, facts, values


def copied_data(folder: Path) -> Path:
    """A copy of data/ that may be spoilt."""
    return Path(shutil.copytree(DATA, folder / "data"))


def copied_plan(folder: Path, *names: str) -> Path:
    """A folder with a copy of the plan's files, or of some of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or [path.name for path in PLAN.iterdir()]:
        shutil.copy(PLAN / name, folder / name)
    return folder
