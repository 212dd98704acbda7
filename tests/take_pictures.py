"""Photographs the pages of the bundled notes for README and docs: `make pictures`."""

import shutil
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import CHROMIUM_ARGUMENTS, CHROMIUMS
from playwright.sync_api import Page, sync_playwright
from served_notes import build
from servers import listening

from corpus import sample_folder

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PICTURES = {
    "concept": "/concepts/softmax",
    "map": "/map",
    "path": "/path/softmax?known=vector",
}
QUALITY = 80  # of 100: what is small and still sharp on letters


def photograph(page: Page, path: str, file: Path) -> None:
    """What stands in the window at an address, as WebP: a third of what PNG takes."""
    page.goto(path, wait_until="networkidle")
    asked = {"format": "webp", "quality": QUALITY}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    file.write_bytes(b64decode(taken["data"]))


def main() -> None:
    """Takes every picture anew."""
    chromium = next(found for name in CHROMIUMS if (found := shutil.which(name)))
    with (
        TemporaryDirectory() as folder,
        listening(build(sample_folder(), Path(folder))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(
            base_url=address, viewport={"width": 1280, "height": 860}, color_scheme="light"
        )
        for name, path in PICTURES.items():
            photograph(page, path, FOLDER / f"{name}.webp")
        browser.close()


if __name__ == "__main__":
    main()
