"""The few functions of scikit-image that the pipeline stands on; the library gives them no types."""

from __future__ import annotations

from typing import Any

from skimage import color, measure, transform

rgb2lab: Any = color.rgb2lab
blur_effect: Any = measure.blur_effect
hough_line_peaks: Any = transform.hough_line_peaks
projective_from: Any = transform.ProjectiveTransform.from_estimate
warp: Any = transform.warp
