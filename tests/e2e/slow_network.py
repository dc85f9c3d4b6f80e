"""A slow line, on which a page is there before its scripts are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route

from tests.processes import wait_for


@contextmanager
def delayed_script(page: Page, script: str) -> Iterator[None]:
    """Keep `script` from arriving while the block runs; when it ends, the page is whole."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(rf"/js/{script}\b"), hold)
    yield
    wait_for(lambda: page.wait_for_timeout(50) or held, f"{script} to be asked for", 30)
    for route in held:
        route.continue_()
    page.unroute_all()
    page.wait_for_load_state("load")
