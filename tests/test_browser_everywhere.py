"""What holds on every page: all can use it, it asks nobody else, misses nothing, is small, stands still."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page
from served_notes import build
from servers import listening
from vast_notes import write_vast_notes

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/glossary",
    "/glossary?letter=S",
    "/concepts/softmax",
    "/concepts/nowhere",
    "/lessons/03-training",
    "/lessons/06-convolutional-networks",
    "/path",
    "/path/softmax?known=vector",
    "/read/softmax",
    "/next?known=vector",
    "/map",
    "/map?around=softmax",
    "/why?prerequisite=vector&target=softmax",
    "/search",
    "/search?q=gradient",
    "/search?q=zzzz",
    "/questions",
    "/problems",
    "/problems?by=file",
    "/api/docs",
)
# Each width and each theme once: colours do not hang on the width, nor the order of things on the theme.
SCREENS = {"a phone in the light": (390, "light"), "a desk in the dark": (1280, "dark")}
SMALL = 60_000  # bytes on the line for a first visit, pictures left out
FEW = 10  # requests for a first visit, pictures left out
VAST = 10_000  # concepts
SAME_LINE = 10  # pixels between the upper edges of what stands side by side
SEEN = 0.001  # the share of the window that has to move until somebody could see it

# Run before a page's own scripts; reads what has moved after it was first drawn.
WATCH_SHIFTS = """
globalThis.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core, as the package brings it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def vast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where notes with very many concepts are served."""
    folder = tmp_path_factory.mktemp("vast")
    with listening(build(write_vast_notes(folder / "notes", VAST), folder / "data")) as address:
        yield address


def opened(browser: Browser, address: str, screen: str, scripts: bool = True) -> Page:
    width, theme = SCREENS[screen]
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=scripts,
    )
    return context.new_page()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_wrong(browser: Browser, address: str, axe: str, path: str, screen: str) -> None:
    page = opened(browser, address, screen)
    page.goto(path)
    page.evaluate(axe)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    page.context.close()
    assert [(one["id"], one["help"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.corpora
def test_the_pages_of_notes_by_somebody_else_are_as_good(
    browser: Browser, corpora: Path, axe: str, tmp_path: Path
) -> None:
    """Nothing wrong for axe, nothing from elsewhere, nothing moves, all of it small."""
    with listening(build(corpora / "pytorch-notes" / "notes", tmp_path)) as address:
        page = opened(browser, address, "a phone in the light")
        page.goto("/")
        concept = page.locator("main a[href^='/concepts/']").first.get_attribute("href") or ""
        lesson = page.locator("main a[href^='/lessons/']").first.get_attribute("href") or ""
        way = concept.replace("/concepts/", "/path/")
        paths = (
            "/",
            concept,
            lesson,
            way,
            "/glossary",
            "/map",
            "/search?q=network",
            "/questions",
            "/problems",
        )
        wrong: list[object] = []
        page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}"))
        page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
        for path in paths:
            page.goto(path, wait_until="networkidle")
            page.evaluate(axe)
            found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
            wrong += [(path, one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        page.context.close()
        assert wrong == []
        for path in paths:
            check_first_visit(browser, address, path, "a phone in the light")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_no_page_complains_asks_others_or_misses_a_file(
    browser: Browser, address: str, scripts: bool
) -> None:
    page = opened(browser, address, "a desk in the dark", scripts)
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(f"{page.url}: {m.text}"))
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
    page.on(
        "response", lambda r: None if r.status < 400 or r.url.endswith("/nowhere") else wrong.append(r.url)
    )
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    page.context.close()
    # Chromium itself says of a page that it was not found.
    assert [
        said for said in wrong if not said.startswith(f"{address}/concepts/nowhere: Failed to load")
    ] == []


def received(session: CDPSession) -> dict[str, int]:
    """The bytes that each request took on the line, without pictures, as they come in."""
    sizes: dict[str, int] = {}
    is_picture: dict[str, bool] = {}
    session.on(
        "Network.responseReceived", lambda e: is_picture.update({e["requestId"]: e["type"] == "Image"})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: (
            sizes.update({e["requestId"]: e["encodedDataLength"]})
            if not is_picture.get(e["requestId"])
            else None
        ),
    )
    session.send("Network.enable")
    return sizes


def check_first_visit(browser: Browser, address: str, path: str, screen: str) -> None:
    """A page that nobody has been to is small, asks for little, and nothing in it moves."""
    page = opened(browser, address, screen)
    page.add_init_script(WATCH_SHIFTS)
    sizes = received(page.context.new_cdp_session(page))
    page.goto(path, wait_until="networkidle")
    shifted = page.evaluate("shifted")
    page.context.close()
    assert (sum(sizes.values()) <= SMALL, len(sizes) <= FEW, shifted < SEEN) == (True, True, True), (
        path,
        sizes,
        shifted,
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_a_first_visit_is_small_and_stands_still(browser: Browser, address: str, screen: str) -> None:
    for path in PAGES:
        check_first_visit(browser, address, path, screen)


@pytest.mark.parametrize("path", ["/", "/glossary", "/concepts/word-7", "/search?q=word", "/map"])
def test_a_first_visit_is_small_among_very_many_concepts(browser: Browser, vast: str, path: str) -> None:
    check_first_visit(browser, vast, path, "a phone in the light")


LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
CLERKS = f"""# {LONG}

## Society

A **{LONG}** is a society of clerks.

## Clerk

A member of a {LONG}. See https://example.org/{LONG}.

- الكاتب
"""
DESKS = f"# Desks\n\n## Desk\n\nThe table of a clerk.\n\n## {LONG}-desk\n\nThe desk of a {LONG}.\n"
# What WCAG 1.4.12 lets readers set: nothing may be lost by it.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
)


def test_the_longest_names_and_wider_letters_fit_the_narrowest_screen(
    browser: Browser, tmp_path: Path
) -> None:
    """WCAG 1.4.10 and 1.4.12: 320 pixels are a screen of 1280 at four times the size."""
    (tmp_path / "notes").mkdir()
    for name, words in {"01.md": CLERKS, "02.md": DESKS}.items():
        (tmp_path / "notes" / name).write_text(words, encoding="utf-8")
    with listening(build(tmp_path / "notes", tmp_path / "data")) as address:
        context = browser.new_context(
            base_url=address, viewport={"width": 320, "height": 640}, bypass_csp=True
        )
        page = context.new_page()
        wide = []
        for path in (
            *("/", "/glossary", "/map", "/next", "/problems", "/search?q=clerk", "/lessons/01"),
            *("/concepts/clerk", "/path/clerk", "/read/clerk", f"/map?around={LONG}", f"/concepts/{LONG}"),
        ):
            page.goto(path)
            for style in ("/* as it is */", SPACED):
                page.add_style_tag(content=style)
                if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
                    wide.append((path, style, width))
        assert wide == []
        page.goto("/lessons/01")
        edge = page.locator(".prose li").evaluate(
            "item => { const range = document.createRange(); range.selectNodeContents(item);"
            " return item.getBoundingClientRect().right - range.getBoundingClientRect().right }"
        )
        assert edge == pytest.approx(0, abs=1)  # what is written from right to left begins there
        context.close()


BREAD = "# Bread\n\nSome bake [rye](https://example.org/rye) daily.\n"
TIDE = "# גאות\n\nהגאות היא עליית המים, ראו [אתר הגאות](https://example.org/tide) על החוף.\n"


def test_the_arrow_of_a_link_to_elsewhere_stands_at_the_end_of_its_words(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    for name, words in {"01.md": BREAD, "02.md": TIDE}.items():
        (tmp_path / "notes" / name).write_text(words, encoding="utf-8")
    with listening(build(tmp_path / "notes", tmp_path / "data")) as address:
        page = browser.new_page(base_url=address)
        seen = []
        for path in ("/lessons/01", "/lessons/02"):
            page.goto(path)
            seen += page.locator("a.external").evaluate_all(
                "all => all.map(getComputedStyle).map((style) => ["
                " parseFloat(style.paddingRight) > 5, parseFloat(style.paddingLeft) > 5,"
                " style.backgroundPositionX.split(', ').filter((x) => x.includes('100%')).length])"
            )
        # Room on the right and all three strokes there; the other way round in Hebrew.
        assert seen == [[True, False, 3], [False, True, 0]]
        page.close()


@pytest.mark.parametrize("width", [320, 390, 700, 990, 1280])
def test_tab_goes_through_the_head_of_a_page_as_it_is_seen(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(base_url=address, viewport={"width": width, "height": 900})
    page.goto("/glossary")
    places = page.locator(".site-header :is(a, input, button)").evaluate_all(
        "all => all.map((one) => { const { top, left } = one.getBoundingClientRect(); return [top, left] })"
    )
    page.close()
    assert len(places) == 8
    for (top, left), (next_top, next_left) in pairwise(places):
        assert next_left > left if abs(next_top - top) < SAME_LINE else next_top > top
