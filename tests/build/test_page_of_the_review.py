"""The page of the real review, opened as a reviewer opens it: from a pooled number to its quote by clicking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((ROOT / "outputs" / "index.html").as_uri())
    yield opened
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    opened.close()


def test_a_click_on_a_result_reaches_its_quote(page):
    page.get_by_role("link", name="0.33 (95% CI 0.16 to 0.68)").first.click()
    section = page.locator("#pool-death-hazard")
    assert section.is_visible()
    number = section.locator("a", has_text="0.161").first
    number.click()
    target = number.get_attribute("href").removeprefix("#")
    mark = page.locator(f"[id='{target}']")
    assert mark.is_visible()
    assert "0.161" in mark.inner_text()


def test_all_refusals_are_on_the_page(page):
    assert page.get_by_text("Not pooled", exact=False).count() >= 7


def test_page_works_on_a_telephone(browser):
    small = browser.new_page(viewport={"width": 390, "height": 800})
    small.goto((ROOT / "outputs" / "index.html").as_uri())
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    small.close()


def test_page_works_without_javascript(browser):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((ROOT / "outputs" / "index.html").as_uri())
    assert plain.get_by_text("Death within 12 months", exact=False).first.is_visible()
    context.close()
