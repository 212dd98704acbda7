"""What tests share: where note collections and a browser are, or the reason why a test is skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent

# The same examples in every run, and no stop-watch: a slow machine is not a bug.
settings.register_profile("house", deadline=None, derandomize=True)
# HYPOTHESIS_PROFILE=hunt looks for new counter-examples, for whoever has the time.
settings.register_profile("hunt", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real note collections and their labels: GLOSSPATH_CORPORA, or one beside the checkout."""
    folder = Path(os.environ.get("GLOSSPATH_CORPORA") or REPOSITORY.parent / "shared" / "corpora")
    if not folder.is_dir():
        pytest.skip(f"no note collections at {folder}; name their folder in GLOSSPATH_CORPORA")
    return folder


# The names under which it goes.
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# What Chromium needs to run as root in a container, and to ask nobody but our server.
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for the browser tests."""
    for name in CHROMIUMS:
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here; `make test` as root on Debian installs it")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium that runs as long as the tests of a file do."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the bundled notes are served."""
    from served_notes import build
    from servers import listening

    from corpus import sample_folder

    with listening(build(sample_folder(), tmp_path_factory.mktemp("browser"))) as address:
        yield address
