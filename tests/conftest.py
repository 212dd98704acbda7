"""What tests share: where note collections and a browser are, or the reason why a test is skipped."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

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


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for the browser tests."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here; `make test` as root on Debian installs it")
