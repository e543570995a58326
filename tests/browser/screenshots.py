"""``make screenshots``: every page of a fresh demo office, wide and narrow, light and dark, in three languages.

The pictures go into ``var/screenshots/``, which git ignores.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CHROMIUM, CHROMIUM_ARGUMENTS, NO_CHROMIUM

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "var" / "screenshots"
PAGES = {
    "my-week": "/",
    "reports": "/reports/",
    "upload": "/reports/upload/",
    "review": "/reports/1/",
    "board": "/deals/",
    "deals": "/deals/table/",
    "deal": "/deals/6/",
    "dashboard": "/deals/dashboard/",
    "search": "/search/?q=beton",
    "delegations": "/delegations/",
    "delegation": "/delegations/1/",
    "programme": "/delegations/2/programme/",
    "country": "/deals/countries/TR/",
    "practices": "/delegations/practices/",
    "companies": "/companies/",
    "company": "/companies/1/",
    "contacts": "/companies/contacts/",
    "contact": "/companies/contacts/1/",
    "meetings": "/meetings/",
    "meetings-month": "/meetings/?view=month",
    "meetings-week": "/meetings/?view=week",
    "meeting": "/meetings/2/",
    "outcome": "/deals/meetings/5/outcome/",
    "commitments": "/commitments/",
    "documents": "/documents/",
    "document": "/documents/1/",
    "settings": "/settings/",
    "people": "/settings/people/",
    "hand-over": "/settings/people/1/hand-over/",
    "outbox": "/outbox/",
    "back-office": "/back-office/",
}
SIZES = {"1440": (1440, 900), "390": (390, 844)}
THEMES, LANGUAGES = ("light", "dark"), ("kk", "ru", "en")
ACCOUNT, PASSWORD = "manager@demo.sapar.kz", "sapar-demo-2026"
START_SECONDS = 180


@contextmanager
def running_demo() -> Iterator[str]:
    """Run a fresh demo office as ``make run`` does; give its address."""
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="sapar-shots-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_embedded", "--port", str(port), "--stop-with-parent"],
            cwd=ROOT,
            env=os.environ | {"SAPAR_EMBEDDED": "1", "SAPAR_VAR": folder},
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit("Sapar did not start.")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def sign_in(browser: Browser, address: str, *, size: tuple[int, int], theme: str, language: str) -> Page:
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("[name=login]").fill(ACCOUNT)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_function("location.pathname === '/'")
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    # The account's language beats the browser's.
    page.goto("/settings/")
    page.locator(f"button[name=language][value={language}]").first.evaluate("button => button.click()")
    page.wait_for_function("language => document.documentElement.lang === language", arg=language)
    return page


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with running_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        for size, theme, language in product(SIZES, THEMES, LANGUAGES):
            page = sign_in(browser, address, size=SIZES[size], theme=theme, language=language)
            for name, path in PAGES.items():
                answer = page.goto(path)
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{path} answered {answer and answer.status}")
                page.screenshot(path=TARGET / f"{name}-{size}-{theme}-{language}.png", full_page=True)
            page.context.close()
        browser.close()
    sys.stdout.write(f"{len(PAGES) * 12} pictures in {TARGET.relative_to(ROOT)}/\n")


if __name__ == "__main__":
    if not CHROMIUM:
        raise SystemExit(NO_CHROMIUM)
    main()
