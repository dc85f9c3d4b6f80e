"""How a function of WeasyPrint is exchanged for one of ours."""

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
