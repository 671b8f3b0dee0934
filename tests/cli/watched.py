"""A supervisor with two parts that only wait: `python -m tests.cli.watched FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from cli.running import Running
from cli.supervisor import Part, Supervisor

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]


def main(folder: Path) -> None:
    parts = [Part(name, WAITS, folder / f"{name}.log") for name in ("one", "two")]

    def changed(parts: object) -> None:
        Running(0, 0, "", {part.name: part.pid for part in supervisor.parts}).write(folder / "running.json")

    supervisor = Supervisor(parts, lambda line: print(line, flush=True), changed)
    supervisor.run(lambda: True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
