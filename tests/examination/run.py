"""The examination as a script: python tests/examination/run.py --n 20000 (see __main__.py)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The folder of a script stands first on the path; the modules here are named from the project's root.
    sys.path[0] = str(Path(__file__).parents[2])
    runpy.run_module("tests.examination", run_name="__main__", alter_sys=True)
