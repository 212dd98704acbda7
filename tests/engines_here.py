"""The search engines that tests can ask: those whose library is installed, the others are skipped."""

import pytest

from indexer.engines import ENGINES, engines_here

HERE = engines_here()
EVERY_ENGINE = [
    pytest.param(name, marks=pytest.mark.skipif(name not in HERE, reason=f"{name} is not installed"))
    for name in ENGINES
]
