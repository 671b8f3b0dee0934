"""One file a service task. See `workers/service.py` for what a service promises."""
