"""The page as a reader uses it, in headless Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invented_answers as invented
import pytest

from evsynth.report.page import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; install Debian's chromium to run this test"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    answers = [invented.pooled(12), invented.single(), invented.refused(2)]
    file: Path = tmp_path_factory.mktemp("page") / "index.html"
    text = page(
        invented.REVIEW,
        answers,
        {"alpha-2010": invented.extraction()},
        invented.findings(),
        invented.sources(),
        invented.offsets(),
    )
    file.write_text(text, "utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[tuple[Any, list[str], list[str]]]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    tab = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(address)
    yield tab, complaints, requests
    context.close()


def test_one_request_and_no_complaint(opened: tuple[Any, list[str], list[str]]) -> None:
    _, complaints, requests = opened
    assert len(requests) == 1
    assert complaints == []


def test_a_click_on_a_number_lights_its_quote(opened: tuple[Any, list[str], list[str]]) -> None:
    tab = opened[0]
    tab.locator("#table-alpha-2010 a", has_text="12.5").last.click()
    tab.wait_for_selector("mark.lit")
    lit = "".join(tab.locator("mark.lit").all_text_contents())
    assert lit == "died in 3 (12.5%) of 24 patients under <the drug>"
    assert tab.evaluate("document.activeElement.textContent") == "12.5"
    assert tab.locator("mark.lit").first.is_visible()


def test_values_are_filtered_as_one_types(opened: tuple[Any, list[str], list[str]]) -> None:
    tab = opened[0]
    tab.get_by_label("Filter").fill("hazard 0.62")
    assert tab.locator("#table-alpha-2010 tbody tr:not(.passage):visible").count() == 1
    assert tab.locator(".filter output").first.text_content() == "1 of 3 values"
    tab.get_by_label("Filter").fill("")
    assert tab.locator("#table-alpha-2010 tbody tr:not(.passage):visible").count() == 3


def test_findings_are_filtered_by_severity(opened: tuple[Any, list[str], list[str]]) -> None:
    tab = opened[0]
    tab.get_by_label("note (1)").uncheck()
    assert tab.locator("#table-findings tbody tr:visible").count() == 1


def test_the_first_tab_key_skips_to_the_results(opened: tuple[Any, list[str], list[str]]) -> None:
    tab = opened[0]
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#results"


@pytest.mark.parametrize("width", [360, 768, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_on_any_screen(browser: Any, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(address)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_without_script_everything_is_there_and_links_work(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address)
    assert tab.locator("#table-findings tbody tr:visible").count() == 2
    assert not tab.get_by_label("Filter").is_visible()
    link = tab.locator("#table-alpha-2010 tbody tr:not(.passage) a").first
    link.click()
    assert tab.locator("b:target").count() == 1
    assert tab.locator("b:target").is_visible()
    context.close()
