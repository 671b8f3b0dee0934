"""python3 benchmarks/run.py --quick | --full: as `python3 run.py benchmark`, for any Python with nothing installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.exit(subprocess.call([sys.executable, str(Path(__file__).parents[1] / "run.py"), "benchmark", *sys.argv[1:]]))
