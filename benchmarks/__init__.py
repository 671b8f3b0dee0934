"""What the product costs, beside a floor and a naive peer, in one run. `run.py` measures; docs/performance.md tells."""
