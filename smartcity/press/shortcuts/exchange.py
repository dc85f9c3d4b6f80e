"""The one place where a function or method of WeasyPrint is exchanged for one of ours."""

import sys
from collections.abc import Callable
from typing import Any


def exchange(original: Callable[..., Any], shortcut: Callable[..., Any]) -> None:
    """Wherever a module of WeasyPrint knows `original`, it knows `shortcut` from now on."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint"):
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, shortcut)


def exchange_method(cls: type, name: str, shortcut: Any) -> None:
    """The method or property `name`, which `cls` itself defines, is `shortcut` from now on. Raises KeyError."""
    vars(cls)[name]
    setattr(cls, name, shortcut)
