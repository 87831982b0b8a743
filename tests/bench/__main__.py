"""python tests/bench.py [parts] [--scale FILE]: measures in one process and one run and prints ratios; asserts nothing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.answering import measure_answering
from tests.bench.growth import measure_growth
from tests.bench.importing import measure_importing
from tests.bench.knowledge import build_real, build_scaled, open_kotae, scale_names
from tests.bench.linking import measure_linking
from tests.bench.printing import machine
from tests.bench.starting import measure_start
from tests.bench.sweeping import measure_constants

PARTS = ("answer", "link", "growth", "start", "constants", "importing")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python tests/bench.py", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; default: all")
    parser.add_argument("--scale", help="judgit_projects.tsv.gz or its folder; default: the environment's KOTAE_SCALE")
    parser.add_argument("--peers", help="a virtual environment that has tantivy and bm25s; default: KOTAE_PEERS")
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    _add_peers(options.peers or os.environ.get("KOTAE_PEERS"))
    names = scale_names(options.scale)
    print(f"# Kotae's bench\n\n{machine()}")
    if not names:
        print(
            "\nThe large table isn't here (KOTAE_SCALE or --scale), so what needs 1,000 and 12,700 names is left out."
        )
    with TemporaryDirectory() as folder:
        _measure(options.parts or PARTS, names, Path(folder), options.scale)


# Private functions


def _add_peers(place: str | None) -> None:
    """Behind everything else on the path, so that nothing of the project's own is taken from there."""
    sys.path += map(str, Path(place).glob("lib/python*/site-packages")) if place else ()


def _measure(parts: Sequence[str], names: list[str], folder: Path, scale: str | None) -> None:
    home = folder / "real"
    build_real(home)
    if "start" in parts:
        measure_start(home)
    if "answer" in parts:
        kotae, _, tokenizer = open_kotae(home)
        measure_answering(kotae, tokenizer)
    if "link" in parts:
        measure_linking(home, "51")
        if names:
            build_scaled(names, folder / "large")
            measure_linking(folder / "large", f"{len(names):,}")
    if "growth" in parts:
        measure_growth(names, home, folder)
    if "constants" in parts:
        measure_constants(home, names)
    if "importing" in parts:
        measure_importing(scale, folder)


if __name__ == "__main__":
    main()
    sys.exit(0)
