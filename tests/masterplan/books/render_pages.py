"""Renders parts in a process of its own, with or without shortcuts: `python -m … PARTS FOLDER OUT [all | none]`.

PARTS is a JSON list of pages of HTML; OUT gets one JSON object a page: its bytes, and what is noted of it.
"""

import base64
import json
import sys
from pathlib import Path

from masterplan.books.produce import STATIC
from smartcity.press import shortcuts
from smartcity.press.assets import Assets
from smartcity.press.pdf import Renderer
from smartcity.press.typefaces.faces import load_faces


def main() -> None:
    """Only rules are drawn in other words, so `none` keeps that one."""
    parts, folder, out, taken = sys.argv[1:]
    sys.setrecursionlimit(6000)
    if taken == "none":
        shortcuts.take_shortcuts = shortcuts.rules.take
    assets = Assets(STATIC)
    renderer = Renderer(assets, load_faces(assets, Path(folder)))
    with Path(out).open("w") as file:
        for html in json.loads(Path(parts).read_text()):
            made = renderer.render(html)
            file.write(json.dumps({"pdf": base64.b64encode(made.pdf).decode(), "meta": made.meta}) + "\n")


if __name__ == "__main__":
    main()
