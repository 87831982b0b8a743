"""Stocktaking: `python -m kb.source.stocktaking data/plans/<plan>` prints the inventory of a source that was read over."""

import sys
from pathlib import Path

from kb.source.inventory import render_inventory
from kb.source.plans import load_plan
from kb.source.reading import read_projects

__all__ = ["take_stock"]


def take_stock(folder: Path) -> str:
    """The inventory of a plan's source as it stands now, as TOML."""
    plan = load_plan(folder)
    projects = read_projects(plan)
    return render_inventory(plan, len(projects), sum(len(project.rows) for project in projects))


if __name__ == "__main__":
    sys.stdout.write(take_stock(Path(sys.argv[1])))
