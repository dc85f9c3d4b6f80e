"""Sign-in through an identity provider in a browser: the button leads there and back, whatever the page's policy allows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import window
from tests.e2e.page_checks import page_problems
from tests.processes import provider_of_identities
from tests.samples import Samples

pytestmark = pytest.mark.needs("chromium")


CLERK = {"sub": "petugas-contoh", "email": "petugas@contoh.test", "email_verified": True}


@pytest.fixture
def provided_portal(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A portal without workers whose people may sign in with a provider that vouches for the clerk of the sample."""
    with provider_of_identities(CLERK) as issuer, samples.portal(tmp_path_factory.mktemp("provided")) as portal:
        portal.environment |= {
            "OIDC_ISSUER": issuer,
            "OIDC_CLIENT_ID": "portal",
            "OIDC_CLIENT_SECRET": "sandi-uji",
            "OIDC_DOMAINS": "contoh.test",
            "OIDC_NAME": "akun Contoh",
        }
        with portal.web() as address:
            yield address


@pytest.mark.parametrize("width", [1280, 360])
def test_a_clerk_comes_in_with_the_account_of_the_office(provided_portal: str, browser: Browser, width: int) -> None:
    errors: list[str] = []
    page = window(browser, errors, javascript=True, width=width, address=provided_portal)
    page.goto("/wilayah/kabupaten-semarang/inisiatif/")
    assert page_problems(page) == []
    page.get_by_role("button", name="Masuk dengan akun Contoh").click()
    page.locator("input[name=sub]").fill("orang-lain")
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_text("Penyedia identitas belum memastikan alamat surel Anda.")).to_be_visible()
    assert page_problems(page) == []

    page.goto("/wilayah/kabupaten-semarang/inisiatif/")
    page.get_by_role("button", name="Masuk dengan akun Contoh").click()
    page.get_by_role("button", name="petugas-contoh").click()
    page.wait_for_url("**/wilayah/kabupaten-semarang/inisiatif/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # The page of the test's provider asks a style sheet of the world, which is not there; ours may ask nothing outside.
    assert [error for error in errors if "ERR_NAME_NOT_RESOLVED" not in error] == []
    page.context.close()
