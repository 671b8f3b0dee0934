"""What the camera of a browser shows, as raw pictures (YUV4MPEG2) at the rate of a modest camera.

Chromium plays a film of JPEG pictures at thirty a second and unpacks each; two such cameras and what is sent, seen and
recorded of them ask for more than two cores.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av
from PIL import Image

RATE = 6
"""Pictures a second."""


def camera_film(path: Path, scenes: Iterable[Image.Image]) -> Path:
    """The scenes one after the other and again from the first; all of one size, its sides even."""
    frames = [av.VideoFrame.from_image(scene).reformat(format="yuv420p") for scene in scenes]
    head = f"YUV4MPEG2 W{frames[0].width} H{frames[0].height} F{RATE}:1 Ip A1:1\n"
    path.write_bytes(head.encode() + b"".join(b"FRAME\n" + one.to_ndarray().tobytes() for one in frames))
    return path
