"""What names a version: one hash over the hashes of its files, and the archive that keeps them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle_hash(files: Mapping[str, bytes]) -> str:
    """The name of a bundle: SHA-256 over its manifest."""
    return sha256(manifest(files).encode()).hexdigest()


def process_hash(files: Mapping[str, bytes], process: str) -> str:
    """The name of what the engine runs: the diagrams, the decisions and the root process, no texts."""
    run = {path: data for path, data in files.items() if path.endswith((".bpmn", ".dmn"))}
    return sha256(f"{process}\n{manifest(run)}".encode()).hexdigest()


def manifest(files: Mapping[str, bytes]) -> str:
    """One line a file: its hash and its path, in the order of the paths."""
    return "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, the same bytes on every machine: stored, since compressors differ between versions."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[path])
    return buffer.getvalue()


def unpack(archive: bytes, expected: str) -> dict[str, bytes]:
    """The files of a packed bundle; ValueError when they are not those of the expected hash."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            files = {entry.filename: opened.read(entry) for entry in opened.infolist()}
    except (zipfile.BadZipFile, OSError, RuntimeError) as wrong:
        raise ValueError(f"the stored bundle {expected} cannot be read: {wrong}") from wrong
    if bundle_hash(files) != expected:
        raise ValueError(f"the stored bundle {expected} was changed")
    return files
