"""CPU time of a server: all threads of its process and of its children, from the kernel's scheduler (Linux).

Wall time on a shared machine says how busy the machine was; CPU time says what the work cost.
"""

from __future__ import annotations

from pathlib import Path

PROC = Path("/proc")


def spent(pid: int) -> int:
    """Nanoseconds that the tree under this process has run on a CPU so far."""
    return sum(_of_process(each) for each in tree(pid))


def tree(pid: int) -> list[int]:
    """The process and all that descends from it."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _of_process(pid: int) -> int:
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in (PROC / str(pid) / "task").iterdir())
    except (OSError, IndexError):
        return 0


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None
