"""The text engine: rapidocr with the models of its wheel, one thread, loaded at the first call and never before.

No network: every model is named by its path, so that nothing is left to be fetched. Only the OCR worker loads it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]

NARROWEST = 3  # long side by short side
MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}


class Engine(Protocol):
    """What reading needs of a text engine; pictures and strips are blue, green, red."""

    def boxes(self, picture: Pixels) -> Corners:
        """The outlines of text, n × 4 × 2, each from the picture's top left clockwise."""
        ...

    def upside_down(self, strips: list[Pixels]) -> list[float]:
        """For each strip from -1, it stands upright, to 1, it stands on its head."""
        ...

    def texts(self, strips: list[Pixels]) -> list[tuple[str, float]]:
        """The text of each strip and its score from 0 to 1."""
        ...


class RapidOcr:
    """rapidocr's three models behind the protocol."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR
        from rapidocr.ch_ppocr_rec import TextRecInput

        self._strips: Any = TextRecInput
        self._ocr: Any = RapidOCR(params=_params())
        blank = np.full((48, 160, 3), 255, np.uint8)
        for use in ("use_det", "use_cls", "use_rec"):  # each loads its model when it is first used
            self._ocr(blank, **{"use_det": False, "use_cls": False, "use_rec": False, use: True})

    def boxes(self, picture: Pixels) -> Corners:
        found = self._ocr(_less_narrow(picture), use_det=True, use_cls=False, use_rec=False).boxes
        return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32)

    def upside_down(self, strips: list[Pixels]) -> list[float]:
        told = self._ocr.text_cls(strips).cls_res
        return [(2 * score - 1) * (1 if label == "180" else -1) for label, score in told]

    def texts(self, strips: list[Pixels]) -> list[tuple[str, float]]:
        read = self._ocr.text_rec(self._strips(img=strips))
        return [(text, float(score)) for text, score in zip(read.txts, read.scores, strict=True)]


def _less_narrow(picture: Pixels) -> Pixels:
    """With room below or at its right: a strip would be enlarged until its short side has 736 pixels, beyond memory."""
    height, width = picture.shape[:2]
    below, right = max(0, -(-width // NARROWEST) - height), max(0, -(-height // NARROWEST) - width)
    if not below and not right:
        return picture
    return np.pad(picture, ((0, below), (0, right), (0, 0)), mode="edge")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The one engine of this process."""
    return RapidOcr()


def _params() -> dict[str, object]:
    models = files("rapidocr") / "models"
    paths = {f"{part}.model_path": str(models / name) for part, name in MODELS.items()}
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return {"Global.log_level": "error", **paths, **threads}
