"""Golden versions: a process as it was published once, with a stored state at each of its user tasks.

An archive holds the files of the version and, under `states/`, the text that the engine stored. It is written once.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from engine.bundles import Bundle
from engine.bundles.loading import assemble
from tests.house import known

FOLDER = Path(__file__).parent
LIST = FOLDER / "digests.txt"
SHORT = 12
FORM = 3
"""How the engine writes a state. 1: with what each open task foresaw; 2: without; 3: only what others do not imply."""
_STATES = "states/"
_SUFFIX = ".tar.xz"


@dataclass(frozen=True)
class Golden:
    """One version of one business. `states` has the stored text by the step that was open, in one form of states."""

    business: str
    files: Mapping[str, bytes]
    states: Mapping[str, str]
    form: int = FORM

    @cached_property
    def bundle(self) -> Bundle:
        """As a case that is pinned to it gets it: without the rules that came later."""
        return assemble(self.files, self.business, known())

    @property
    def name(self) -> str:
        return name_of(self.bundle, self.form)


def name_of(bundle: Bundle, form: int = FORM) -> str:
    """A version of a process, by the hash of what the engine runs, and by the form of its states but the first."""
    return f"{bundle.business.id}/{bundle.process_hash[:SHORT]}" + (f".{form}" if form > 1 else "")


def goldens() -> list[Golden]:
    """Every version that was ever recorded."""
    return [read(path) for path in sorted(FOLDER.glob("*/*.tar.xz"))]


def path_of(name: str) -> Path:
    return FOLDER / f"{name}{_SUFFIX}"


def read(path: Path) -> Golden:
    with tarfile.open(path) as archive:
        held = {entry.name: _content(archive, entry) for entry in archive}
    states = {_step(name): data.decode() for name, data in held.items() if name.startswith(_STATES)}
    files = {name: held[name] for name in held if not name.startswith(_STATES)}
    form = int(path.name.removesuffix(_SUFFIX).partition(".")[2] or 1)
    return Golden(path.parent.name, files, states, form)


def write(golden: Golden) -> None:
    """FileExistsError where this version has been recorded: an archive is never made again."""
    path = path_of(golden.name)
    path.parent.mkdir(exist_ok=True)
    states = {f"{_STATES}{step}.json": text.encode() for step, text in golden.states.items()}
    with path.open("xb") as file, tarfile.open(fileobj=file, mode="w:xz", preset=9) as archive:
        for name, data in sorted({**golden.files, **states}.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    with LIST.open("a") as lines:
        lines.writelines(f"{line}\n" for line in digests(path))


def digests(path: Path) -> Iterator[str]:
    """What the list says of an archive: the digest of the whole, and that of each state in it."""
    name = path.relative_to(FOLDER).as_posix()
    yield f"{sha256(path.read_bytes()).hexdigest()}  {name}"
    for step, text in sorted(read(path).states.items()):
        yield f"{sha256(text.encode()).hexdigest()}  {name.removesuffix(_SUFFIX)}/{step}"


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(entry)
    assert file is not None, f"{entry.name} is no file"
    return file.read()


def _step(name: str) -> str:
    return name.removeprefix(_STATES).removesuffix(".json")
