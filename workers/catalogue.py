"""The names, parameters and results of all service tasks. Light: the web and the loader of diagrams import this."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from engine.services import ServiceSpec
from workers import services
from workers.service import Declared, declared


def _all() -> Mapping[str, Declared]:
    """Load every file of `workers/services/`: a new service is a new file, and nothing else is touched."""
    for module in iter_modules(services.__path__):
        import_module(f"{services.__name__}.{module.name}")
    return dict(sorted(declared().items()))


FUNCTIONS: Mapping[str, Declared] = _all()
SERVICES: Mapping[str, ServiceSpec] = {name: one.spec for name, one in FUNCTIONS.items()}
