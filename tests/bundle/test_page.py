"""verify.html as an officer uses it: in a real browser, from the disk, without a network."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.bundle.forge import FOLDER, Case

PAGE = Path(__file__).parents[2] / "anonshare" / "bundle" / "verify.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium of the system."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found or not os.environ.get("CI")
    if found is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser):
    """The page, opened from the disk; whatever it asks of a network is written down."""
    opened = browser.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(PAGE.as_uri())
    # the cases of the corpus live in the middle of 2026
    opened.clock.set_fixed_time("2026-06-01T00:00:00Z")
    yield opened
    opened.close()


def verdict(page, tmp_path, name: str, *, suffix: str = "") -> tuple[str, str]:
    """Choose the store and the bundle of a case; the page's headline and the rest of what it says."""
    case = Case.decode(name, (FOLDER / f"{name}.case").read_bytes())
    bundle = tmp_path / f"{name}.anonshare.zip{suffix}"
    bundle.write_bytes(case.data)
    page.set_input_files("#pick-store", FOLDER / f"{case.store}.store.json")
    page.set_input_files("#pick-bundle", bundle)
    # the page's policy forbids what a browser's driver would evaluate: wait for what is shown
    page.wait_for_selector("#verdict.yes, #verdict.no")
    return page.text_content("#head"), page.text_content("#lines")


def test_it_accepts(page, tmp_path):
    """An untouched bundle: accepted, who signed, for whom, and what was not checked."""
    head, lines = verdict(page, tmp_path, "good")
    assert head == "ACCEPTED"
    assert "signed by P0 (data)" in lines
    assert "NOT checked" in lines
    assert page.get_attribute("#verdict", "class") == "yes"
    assert "Words of your own card" in page.text_content("#store")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("zip-content-changed", "malformed"), ("signed-by-one", "signature"), ("trust-left", "signature"),
     ("audience", "accepted"), ("store-nobody", "trust"), ("json-two-to-53", "malformed"), ("name-rtl", "name")],
)  # fmt: skip
def test_it_refuses(page, tmp_path, name, reason):
    """A bundle with a fault: refused, with the id of the check that failed; the audience is the store's owner."""
    head, lines = verdict(page, tmp_path, name)
    assert (head == "ACCEPTED") == (reason == "accepted")
    assert reason == "accepted" or f"({reason})" in lines


def test_an_encrypted_bundle_is_not_guessed_at(page, tmp_path):
    """For a .age the page says what to do, and gives no verdict."""
    head, lines = verdict(page, tmp_path, "good", suffix=".age")
    assert head == "ENCRYPTED"
    assert "anonshare verify" in lines


def test_a_store_that_was_changed_is_none(page, tmp_path):
    """A trust store that does not hold is said to be none, and nothing is verified with it."""
    page.set_input_files("#pick-store", FOLDER / "touched.store.json")
    page.wait_for_selector("#store:not(:empty)")
    assert "no trust store" in page.text_content("#store")


def test_it_asks_no_network(page, tmp_path):
    """Nothing but the page itself is ever asked for, and the page's policy stops what a script would ask."""
    verdict(page, tmp_path, "good")
    assert page.asked == [PAGE.as_uri()]
    stopped = page.evaluate("fetch('https://example.org').then(() => 'went', () => 'stopped')")
    assert stopped == "stopped"


def test_an_old_browser_cannot_verify(browser):
    """A browser without Ed25519 says that it cannot verify; it never says yes."""
    old = browser.new_page()
    old.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error())")
    old.goto(PAGE.as_uri())
    old.wait_for_selector("#verdict.no")
    assert old.text_content("#head") == "CANNOT VERIFY"
    assert old.is_disabled("#pick-bundle")
    old.close()


def test_what_a_stranger_wrote_is_plain(page, tmp_path):
    """Text of a card is shown as text, whatever it holds."""
    assert page.evaluate("typeof anonshare === 'object'")
    head, _ = verdict(page, tmp_path, "good")
    assert head == "ACCEPTED"
    assert "<script" not in page.inner_html("#lines")
