"""The bench as a script: python tests/bench.py (see tests/bench/__main__.py)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The folder of a script stands first on the path; the modules here are named from the project's root.
    sys.path[0] = str(Path(__file__).parents[1])
    runpy.run_module("tests.bench", run_name="__main__", alter_sys=True)
