"""Where a command finds a business: by its id in this checkout, in a folder, or in a zip."""

from __future__ import annotations

from pathlib import Path

from cli import preparing
from cli.known import known
from engine.bundles import BadBundle, Bundle, businesses_in, load_files, load_folder, read_archive
from engine.bundles.faults import FAULTS
from engine.bundles.files import MAX_TOTAL


def read(path: str) -> list[Bundle]:
    """The businesses at this place, checked; raises BadBundle."""
    place = Path(path)
    if place.is_file():
        return _archive(place)
    if (place / "processes").is_dir():
        return [load_folder(place, business, known()) for business in _some(preparing.businesses_of(place), path)]
    if place.is_dir() and place.resolve().parent.name == "processes":
        return [load_folder(place.resolve().parent.parent, place.resolve().name, known())]
    return [load_folder(preparing.ROOT, path, known())]


def _archive(place: Path) -> list[Bundle]:
    with place.open("rb") as file:
        files, findings = read_archive(file.read(MAX_TOTAL + 1))
    if findings:
        raise BadBundle(findings)
    found = _some(businesses_in(files), place.name)
    return [load_files(_without(files, {*found} - {business}), business, known()) for business in found]


def _without(files: dict[str, bytes], others: set[str]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.split("/")[1:2] not in [[other] for other in others]}


def _some(found: list[str], where: str) -> list[str]:
    if not found:
        raise BadBundle([FAULTS.found("business.nowhere", where)])
    return found
