"""How well and how fast photographs are cut out, beside a finder by contours; `benchmarks/photos.py` prints it."""
