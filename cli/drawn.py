"""Where a command finds a business: by its id in this checkout, in a folder, or in a zip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cli import preparing
from cli.known import known
from engine.bundles import BadBundle, Bundle, businesses_in, load_files, load_folder, read_archive
from engine.bundles.faults import FAULTS
from engine.bundles.files import MAX_TOTAL
from engine.feel.findings import Finding


def read(path: str) -> list[Bundle]:
    """The businesses at this place, checked; raises BadBundle."""
    place = Path(path)
    if place.is_file():
        return _archive(place)
    if (place / "processes").is_dir():
        found = _some(preparing.businesses_of(place), path)
        return _every(found, lambda business: load_folder(place, business, known()))
    if place.is_dir() and place.resolve().parent.name == "processes":
        return [load_folder(place.resolve().parent.parent, place.resolve().name, known())]
    here = [business for business in preparing.businesses_of(preparing.ROOT) if business == path]
    return [load_folder(preparing.ROOT, business, known()) for business in _some(here, path)]


def _archive(place: Path) -> list[Bundle]:
    with place.open("rb") as file:
        files, findings = read_archive(file.read(MAX_TOTAL + 1))
    if findings:
        raise BadBundle(findings)
    found = _some(businesses_in(files), place.name)
    return _every(found, lambda business: load_files(_without(files, {*found} - {business}), business, known()))


def _every(businesses: list[str], load: Callable[[str], Bundle]) -> list[Bundle]:
    """Each of them, or what is wrong with all of them."""
    bundles: list[Bundle] = []
    findings: list[Finding] = []
    for business in businesses:
        try:
            bundles.append(load(business))
        except BadBundle as wrong:
            findings += [finding for finding in wrong.findings if finding not in findings]
    if findings:
        raise BadBundle(findings)
    return bundles


def _without(files: dict[str, bytes], others: set[str]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.split("/")[1:2] not in [[other] for other in others]}


def _some(found: list[str], where: str) -> list[str]:
    if not found:
        raise BadBundle([FAULTS.found("business.nowhere", where)])
    return found
