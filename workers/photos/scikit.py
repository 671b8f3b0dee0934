"""The few functions of scikit-image that the pipeline stands on; the library gives them no types."""

from __future__ import annotations

from typing import Any

from skimage import color, transform

rgb2lab: Any = color.rgb2lab
projective_from: Any = transform.ProjectiveTransform.from_estimate
