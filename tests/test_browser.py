"""The main ways through the site, gone by a person with a browser: a real Chromium on the bundled notes."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from served_notes import build
from servers import listening

pytestmark = pytest.mark.browser


def said(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that must not complain: no error of a script, nothing that the security policy had to stop."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    elsewhere: list[str] = []
    page.on("console", lambda m: complaints.append(said(m)) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(address) else elsewhere.append(r.url))
    yield page
    context.close()
    assert (complaints, elsewhere) == ([], [])


@pytest.fixture(params=["with scripts", "without scripts"])
def anywhere(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page with JavaScript, then one without."""
    context: BrowserContext = browser.new_context(
        base_url=address, java_script_enabled=request.param == "with scripts"
    )
    yield context.new_page()
    context.close()


# Searching


def test_a_misspelt_term_is_found_by_full_text_search(anywhere: Page) -> None:
    anywhere.goto("/")
    box = anywhere.get_by_label("Search the notes")
    box.fill("softmx")
    box.press("Enter")
    found = anywhere.get_by_role("main")
    found.get_by_role("link", name="Softmax", exact=False).first.click()
    if "/search" in anywhere.url:  # the better spelling was offered, not the concept itself
        found.get_by_role("link", name="Softmax", exact=True).first.click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Softmax")


def test_a_concept_is_found_by_its_alias(anywhere: Page) -> None:
    anywhere.goto("/glossary")
    box = anywhere.get_by_label("Search the notes")
    box.fill("SGD")
    box.press("Enter")
    expect(anywhere.get_by_text("matched by SGD")).to_be_visible()
    anywhere.get_by_role("link", name="Stochastic gradient descent", exact=True).first.click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Stochastic gradient descent")


def test_suggestions_come_while_typing_and_are_chosen_by_keyboard(page: Page) -> None:
    page.goto("/glossary")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search the notes")
    expect(box).to_be_focused()
    with page.expect_response(re.compile(r"suggest\?q=softm$")):
        page.keyboard.type("softm")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("listbox", name="Concepts").get_by_role("option", selected=True)
    expect(option).to_contain_text("Softmax")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Softmax")


def suggested(page: Page, typed: str) -> tuple[Locator, Locator]:
    """The search box with something typed in it, and the list of suggestions."""
    page.goto("/glossary")
    box = page.get_by_role("combobox", name="Search the notes")
    box.press_sequentially(typed)
    expect(page.get_by_role("listbox", name="Concepts")).to_be_visible()
    return box, page.get_by_role("listbox", name="Concepts")


def test_the_search_box_says_that_it_completes_and_how_much(page: Page) -> None:
    page.goto("/glossary")
    box = page.get_by_role("combobox", name="Search the notes")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    expect(box).to_have_attribute("aria-expanded", "false")
    box, options = suggested(page, "softm")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", str(options.get_attribute("id")))
    count = options.get_by_role("option").count()
    said = "1 suggestion" if count == 1 else f"{count} suggestions"
    expect(page.locator(".search-form [role=status]")).to_have_text(said)
    box.fill("qqqqqq")
    expect(options).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_arrows_go_round_the_suggestions_by_way_of_the_box(page: Page) -> None:
    box, options = suggested(page, "s")
    chosen = options.get_by_role("option", selected=True)
    every = options.get_by_role("option").all_inner_texts()
    assert len(every) > 2
    box.press("ArrowUp")
    expect(chosen).to_have_text(every[-1])
    box.press("ArrowDown")
    expect(chosen).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("ArrowDown")
    expect(chosen).to_have_text(every[0])


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "o"])
def test_moving_and_typing_go_back_to_the_box(page: Page, key: str) -> None:
    box, options = suggested(page, "s")
    box.press("ArrowDown")
    expect(options.get_by_role("option", selected=True)).to_have_count(1)
    box.press(key)
    expect(options.get_by_role("option", selected=True)).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("Enter")
    page.wait_for_url("**/search?*")


def test_escape_closes_the_suggestions_and_then_clears_the_box(page: Page) -> None:
    box, options = suggested(page, "softm")
    box.press("Escape")
    expect(options).to_be_hidden()
    expect(box).to_have_value("softm")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_what_was_closed_is_opened_by_an_arrow(page: Page) -> None:
    box, options = suggested(page, "softm")
    box.press("Alt+ArrowUp")
    expect(options).to_be_hidden()
    box.press("Alt+ArrowDown")
    expect(options).to_be_visible()
    expect(options.get_by_role("option", selected=True)).to_have_count(0)
    box.press("Escape")
    box.press("ArrowDown")
    expect(options.get_by_role("option", selected=True)).to_contain_text("Softmax")


def test_tab_leaves_the_box_and_its_suggestions(page: Page) -> None:
    box, options = suggested(page, "softm")
    box.press("ArrowDown")
    box.press("Tab")
    expect(options).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()
    expect(page).to_have_url(re.compile("/glossary$"))


def test_what_was_typed_can_be_searched_for_though_it_was_corrected(anywhere: Page) -> None:
    anywhere.goto("/search?q=softmx")
    expect(anywhere.get_by_text("you typed softmx")).to_be_visible()
    anywhere.get_by_role("link", name="Search just what I typed").click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text('Nothing for “"softmx"”')
    anywhere.go_back()
    anywhere.get_by_role("main").get_by_role("link", name="softmax", exact=True).first.click()
    expect(anywhere).to_have_url(re.compile(r"\?q=softmax$"))


def test_hits_are_gone_through_by_keyboard(page: Page) -> None:
    page.goto("/search?q=gradient")
    titles = page.locator(".hit-title")
    titles.first.focus()
    page.keyboard.press("ArrowDown")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Search the notes")).to_be_focused()
    page.keyboard.press("Tab")
    titles.nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/concepts/**")


# Following a path


def steps_of(page: Page) -> list[str]:
    return page.locator(".steps .step-head > a").all_inner_texts()


def test_a_path_gets_shorter_when_a_step_is_known(page: Page) -> None:
    page.goto("/concepts/cross-entropy-loss")
    page.get_by_role("link", name="Path to this").click()
    page.wait_for_url("**/path/*")
    before = steps_of(page)
    assert "Softmax" in before and before[-1].casefold() == "cross-entropy loss"
    # A click, not a check: the box that is ticked is replaced by one among what is known.
    page.get_by_label("I know this: Softmax").click()
    expect(page).to_have_url(re.compile(r"\?known=softmax$"))
    expect(page.locator(".steps > li")).not_to_have_count(len(before))
    after = steps_of(page)
    assert set(after) <= set(before) - {"Softmax"}
    page.go_back()
    expect(page.locator(".steps > li")).to_have_count(len(before))


def test_a_path_gets_shorter_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/path/cross-entropy-loss")
    before = steps_of(page)
    page.get_by_label("I know this: Softmax").check()
    page.get_by_role("button", name="Shorten the way").click()
    assert urlsplit(page.url).query == "known=softmax"
    assert set(steps_of(page)) < set(before)
    context.close()


def test_a_shared_path_is_the_same_for_whoever_opens_it(anywhere: Page) -> None:
    anywhere.goto("/path/cross-entropy-loss?known=softmax&known=vector")
    expect(anywhere.get_by_role("heading", name="Known to you")).to_be_visible()
    assert {"Softmax", "Vector"}.isdisjoint(steps_of(anywhere))


def test_the_drawing_of_a_path_stands_beside_the_steps_on_a_wide_screen(anywhere: Page) -> None:
    anywhere.set_viewport_size({"width": 1280, "height": 800})
    anywhere.goto("/path/cross-entropy-loss")
    drawing = anywhere.get_by_role("region", name="Drawing of the path")
    expect(drawing).to_be_visible()
    box, svg = drawing.bounding_box(), drawing.locator("svg").bounding_box()
    steps = anywhere.locator(".steps").bounding_box()
    assert box and svg and steps
    assert steps["x"] + steps["width"] <= box["x"]
    assert svg["width"] <= box["width"]


def test_the_drawing_of_a_path_is_folded_on_a_phone_and_fits_it(anywhere: Page) -> None:
    anywhere.set_viewport_size({"width": 390, "height": 800})
    anywhere.goto("/path/cross-entropy-loss")
    drawing = anywhere.get_by_role("region", name="Drawing of the path")
    expect(drawing).to_be_hidden()
    anywhere.get_by_text("The way as a drawing").click()
    box, svg = drawing.bounding_box(), drawing.locator("svg").bounding_box()
    assert box and svg
    assert svg["width"] <= box["width"]


def test_a_path_leads_to_something_else_too_and_can_be_read_through(anywhere: Page) -> None:
    anywhere.goto("/path/softmax?known=vector")
    anywhere.get_by_label("A concept or a lesson").fill("LSTM")
    anywhere.get_by_role("button", name="Lead there, too").click()
    expect(anywhere.get_by_role("heading", level=1)).to_contain_text("Softmax, Long short-term memory")
    expect(anywhere.get_by_role("checkbox", name="Vector", exact=True)).to_be_checked()
    anywhere.get_by_role("link", name="Read it all through").click()
    expect(anywhere.get_by_role("heading", level=1)).to_contain_text("Softmax, Long short-term memory")
    assert "known=vector" in anywhere.url
    expect(anywhere.get_by_role("heading", level=2).last).to_contain_text("Long short-term memory")


def test_ticking_on_a_path_to_several_keeps_all_of_them(page: Page) -> None:
    page.goto("/path/softmax?to=lstm")
    page.get_by_label("I know this: Vector", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?to=lstm&known=vector$"))
    expect(page.get_by_role("heading", name="Known to you")).to_be_visible()


def test_what_can_be_learned_next_follows_what_is_known(anywhere: Page) -> None:
    anywhere.goto("/")
    anywhere.get_by_role("link", name="What to learn next").click()
    anywhere.get_by_label("Something that you know").fill("vector")
    anywhere.get_by_role("button", name="Add it").click()
    expect(anywhere.get_by_role("checkbox", name="Vector", exact=True)).to_be_checked()
    assert "known=vector" in anywhere.url
    expect(anywhere.locator(".entries .step-head > a").first).not_to_have_text("Vector")


def test_what_is_next_changes_at_once_when_something_is_ticked(page: Page) -> None:
    page.goto("/next")
    first = page.locator(".entries .step-head > a").first.inner_text()
    page.get_by_label(f"I know this: {first}", exact=True).click()
    expect(page).to_have_url(re.compile(r"/next\?known="))
    expect(page.get_by_role("checkbox", name=first, exact=True)).to_be_checked()
    page.go_back()
    expect(page.locator(".entries .step-head > a").first).to_have_text(first)


# The map


def view_box(page: Page) -> list[float]:
    svg = page.locator("[data-zoom]:visible svg")
    return [float(number) for number in str(svg.get_attribute("viewBox")).split()]


def test_the_map_opens_a_lesson_and_looks_around_a_concept(anywhere: Page) -> None:
    anywhere.set_viewport_size({"width": 1280, "height": 900})
    anywhere.goto("/map")
    drawing = anywhere.get_by_role("region", name="Map of the course")
    drawing.get_by_role("link", name="3 Training", exact=False).first.click()
    assert urlsplit(anywhere.url).query == "lesson=03-training"
    anywhere.get_by_role("region", name="Map: Training", exact=False).get_by_role(
        "link", name="Softmax"
    ).click()
    assert urlsplit(anywhere.url).query == "around=softmax"
    anywhere.get_by_role("link", name="1 step").click()
    assert urlsplit(anywhere.url).query == "around=softmax&depth=1"
    # What it is around leads to its own page.
    anywhere.get_by_role("region", name="Map: Around Softmax").get_by_role("link", name="Softmax").click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Softmax")


def test_a_concept_is_found_on_the_map_by_any_name(anywhere: Page) -> None:
    anywhere.goto("/map")
    anywhere.get_by_label("Find a concept").fill("SGD")
    anywhere.get_by_role("button", name="Look around it").click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Around Stochastic gradient descent")


def test_on_a_phone_the_map_of_the_course_is_its_list(anywhere: Page) -> None:
    anywhere.set_viewport_size({"width": 390, "height": 800})
    anywhere.goto("/map")
    expect(anywhere.get_by_role("region", name="Map of the course")).to_be_hidden()
    expect(anywhere.get_by_role("link", name="3 Training: losses, gradients and steps")).to_be_visible()


def test_typing_marks_what_is_drawn(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/map")
    page.get_by_label("Find a concept").press_sequentially("softm")
    expect(page.locator(".map-tools [role=status]")).to_have_text("1 here")
    expect(page.locator("[data-zoom] .found:visible")).to_have_count(1)
    page.get_by_label("Find a concept").fill("nowhere")
    expect(page.locator(".map-tools [role=status]")).to_contain_text("Not drawn here")


@pytest.mark.parametrize(("width", "path"), [(1280, "/map"), (390, "/map?lesson=3")])
def test_one_comes_closer_by_buttons_and_sees_all_again(page: Page, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    whole = view_box(page)
    page.get_by_role("button", name="Closer").click()
    closer = view_box(page)
    assert closer[2] < whole[2]
    assert closer[3] / closer[2] == pytest.approx(whole[3] / whole[2])
    page.get_by_role("button", name="Further away").click()
    assert view_box(page) == whole
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="All of it").click()
    assert view_box(page) == whole


def test_one_comes_closer_by_keys_and_moves_about(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/map?lesson=3")
    page.locator("[data-zoom]:visible").focus()
    whole = view_box(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    closer = view_box(page)
    assert closer[2] < whole[2]
    page.keyboard.press("ArrowRight")
    assert view_box(page)[0] > closer[0]
    # The focus is never out of sight.
    for _ in range(6):
        page.keyboard.press("Tab")
        left, top, across, down = view_box(page)
        x, y = page.evaluate("(({x, y}) => [x, y])(document.activeElement.getBBox())")
        assert left <= x <= left + across and top <= y <= top + down
    page.keyboard.press("0")
    assert view_box(page) == whole
    page.keyboard.press("Enter")
    page.wait_for_url("**/map?around=*")


def test_the_wheel_with_ctrl_comes_closer_and_without_it_scrolls(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/map")
    whole = view_box(page)
    page.mouse.move(640, 600)
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 0")
    assert view_box(page) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"document.querySelector('[data-zoom] svg').viewBox.baseVal.width < {whole[2]}")


TWO_FINGERS = """
(svg) => {
  const box = svg.getBoundingClientRect();
  const at = (kind, id, x) => svg.dispatchEvent(new PointerEvent(kind, {
    pointerId: id, pointerType: "touch", bubbles: true, clientX: box.left + x, clientY: box.top + 60,
  }));
  at("pointerdown", 1, 100); at("pointerdown", 2, 140);
  at("pointermove", 1, 80); at("pointermove", 2, 160);
  at("pointerup", 1, 80); at("pointerup", 2, 160);
}
"""


def test_two_fingers_come_closer_to_what_is_between_them(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/map?around=softmax")
    whole = view_box(page)
    page.locator("[data-zoom]:visible svg").evaluate(TWO_FINGERS)
    closer = view_box(page)
    assert closer[2] == pytest.approx(whole[2] / 2, rel=0.01)
    assert closer[0] == pytest.approx(60, abs=6)  # what was at 120 is still there


def test_what_is_close_can_be_dragged_without_following_a_link(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/map?lesson=3")
    page.get_by_role("button", name="Closer").click()
    before = view_box(page)
    box = page.locator("[data-zoom]:visible a", has_text="Gradient descent").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 60, steps=4)
    page.mouse.up()
    assert view_box(page)[:2] != before[:2]
    assert urlsplit(page.url).query == "lesson=3"


# Concepts


def test_what_is_around_a_concept_is_reached_by_keyboard_and_by_click(anywhere: Page) -> None:
    anywhere.set_viewport_size({"width": 1280, "height": 900})
    anywhere.goto("/concepts/softmax")
    drawing = anywhere.get_by_role("region", name="Drawing of what is around Softmax")
    expect(drawing).to_have_count(1)
    link = drawing.get_by_role("link", name="Logits")
    drawing.focus()
    for _ in range(20):
        anywhere.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    anywhere.keyboard.press("Enter")
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Logits")
    anywhere.get_by_role("region", name="Drawing of what is around").get_by_role(
        "link", name="Softmax"
    ).click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Softmax")


def test_link_and_citation_are_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/concepts/softmax")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Copy citation").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('“Softmax”'))")
    assert str(page.evaluate("navigator.clipboard.readText()")).endswith(f". {page.url}")


def test_without_scripts_there_are_no_buttons_that_do_nothing(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    for path in ("/concepts/softmax", "/map", "/map?lesson=3", "/glossary"):
        page.goto(path)
        buttons = page.get_by_role("main").get_by_role("button")
        assert all(button.get_attribute("type") == "submit" for button in buttons.all())
    context.close()


# Reading


@pytest.mark.parametrize(("width", "is_open"), [(390, False), (1280, True)])
def test_the_contents_of_a_lesson_stand_open_where_there_is_room(
    anywhere: Page, width: int, is_open: bool
) -> None:
    anywhere.set_viewport_size({"width": width, "height": 800})
    anywhere.goto("/lessons/03-training")
    entry = anywhere.get_by_role("navigation", name="In this lesson").get_by_role("link").first
    expect(entry).to_be_visible(visible=is_open)


def test_a_card_is_shown_on_focus_and_goes_with_escape(page: Page) -> None:
    page.goto("/lessons/03-training")
    term = page.locator(".notes-section a.term").first
    page.locator(".notes-section").first.scroll_into_view_if_needed()
    page.get_by_role("link", name="Skip to the page").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.notes-section a.term')"):
            break
        page.keyboard.press("Escape")
    card = page.locator(".card")
    expect(card).to_be_visible()
    expect(term).to_have_attribute("aria-describedby", str(card.get_attribute("id")))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(term).to_be_focused()


def test_a_card_is_no_stop_of_its_own_for_the_keyboard(page: Page) -> None:
    page.goto("/lessons/03-training")
    terms = page.locator(".learning a.term")
    page.keyboard.press("Tab")  # a focus that the keyboard gave
    terms.nth(0).focus()
    expect(page.locator(".card")).to_be_visible()
    page.keyboard.press("Tab")
    expect(terms.nth(1)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(terms.nth(0)).to_be_focused()


def test_the_keys_are_listed_and_go_with_escape(page: Page) -> None:
    page.goto("/lessons/03-training")
    page.get_by_role("link", name="Glossary").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("Search, from anywhere")).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect(page.get_by_role("link", name="Glossary")).to_be_focused()
    page.get_by_role("button", name="Keys").click()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_have_count(0)
    box = page.get_by_role("combobox", name="Search the notes")
    box.press_sequentially("why?")
    expect(keys).to_have_count(0)
    expect(box).to_have_value("why?")


def test_the_pointer_may_move_into_a_card(page: Page) -> None:
    page.goto("/lessons/03-training")
    page.locator(".notes-section a.term").first.hover()
    name = page.locator(".card .card-name")
    expect(name).to_be_visible()
    name.hover()
    page.wait_for_timeout(600)  # longer than a card stays when the pointer is nowhere
    expect(name).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(name).to_have_count(0)


def test_a_touch_shows_a_card_and_a_second_one_opens_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/lessons/03-training")
    term = page.locator(".notes-section a.term").first
    term.evaluate("term => scrollBy(0, term.getBoundingClientRect().top - innerHeight / 2)")
    term.tap()
    expect(page.locator(".card")).to_be_visible()
    box, card = term.bounding_box(), page.locator(".card").bounding_box()
    assert box and card
    assert card["y"] + card["height"] <= box["y"]  # not under the finger
    assert urlsplit(page.url).path == "/lessons/03-training"
    term.tap()
    page.wait_for_url("**/concepts/**")
    context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 700), (1280, 700)])
def test_a_card_is_never_off_the_screen_nor_over_its_term(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/lessons/03-training")
    terms = page.locator(".notes-section a.term")
    for number in (0, 5, 11):
        term = terms.nth(number)
        term.scroll_into_view_if_needed()
        page.mouse.move(0, 0)
        term.hover()
        expect(page.locator(".card")).to_be_visible()
        # Of a term that is broken over two lines, the first is the one that counts.
        box, card = page.evaluate(
            """term => [term.getClientRects()[0], document.querySelector(".card").getBoundingClientRect()]
               .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }))""",
            term.element_handle(),
        )
        assert card["left"] >= 0 and card["right"] <= width
        assert card["top"] >= 0 and card["bottom"] <= height
        assert card["top"] >= box["bottom"] or card["bottom"] <= box["top"]
        page.keyboard.press("Escape")


def test_a_card_is_fetched_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/cards/" in request.url else None)
    page.goto("/lessons/03-training")
    term = page.locator(".notes-section a.term").first
    for _ in range(2):
        term.hover()
        expect(page.locator(".card")).to_be_visible()
        page.get_by_role("heading", level=1).hover()
        expect(page.locator(".card")).to_have_count(0)
    assert len(asked) == 1


def test_the_glossary_is_filtered_by_any_name_while_typing(page: Page) -> None:
    page.goto("/glossary")
    page.get_by_label("Show only").press_sequentially("sgd")
    expect(page.get_by_role("link", name="Stochastic gradient descent", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Accuracy", exact=True)).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/glossary\?q=sgd$"))
    page.reload()
    expect(page.get_by_label("Show only")).to_have_value("sgd")
    expect(page.get_by_role("link", name="Accuracy", exact=True)).to_be_hidden()


def test_the_glossary_is_filtered_by_lesson_and_by_what_is_not_defined(anywhere: Page) -> None:
    anywhere.goto("/glossary")
    form = anywhere.get_by_role("search", name="Names in the glossary")
    form.get_by_label("Lesson").select_option("03-training")
    if form.get_by_role("button", name="Show").is_visible():
        form.get_by_role("button", name="Show").click()
    expect(anywhere).to_have_url(re.compile(r"\?lesson=03-training$"))
    expect(anywhere.get_by_role("link", name="Softmax", exact=True)).to_be_visible()
    expect(anywhere.get_by_role("link", name="Accuracy", exact=True)).to_be_hidden()
    form.get_by_label("not defined yet").check()
    if form.get_by_role("button", name="Show").is_visible():
        form.get_by_role("button", name="Show").click()
    expect(anywhere).to_have_url(re.compile("only=undefined"))
    expect(anywhere.get_by_role("link", name="Softmax", exact=True)).to_be_hidden()


def test_problems_are_filtered_while_typing_also_those_that_were_folded_away(page: Page) -> None:
    page.goto("/problems")
    folded = page.locator("#page\\.entries details .problem").last
    expect(folded).to_be_hidden()
    page.get_by_label("Show only").fill(folded.inner_text() or folded.text_content() or "")
    expect(folded).to_be_visible()
    page.goto("/problems?by=file")
    page.get_by_label("Show only").fill("08-style")
    expect(page.get_by_role("heading", name="08-style-transfer.md")).to_be_visible()
    expect(page.get_by_role("heading", name="01-tensors-and-pytorch.md")).to_be_hidden()


def test_the_answers_of_questions_are_shown_when_asked_for(anywhere: Page) -> None:
    anywhere.goto("/questions")
    question = anywhere.locator(".questions > li").first
    answer = question.locator("details > div")
    expect(answer).to_be_hidden()
    question.get_by_text("Show the answer").click()
    expect(answer).to_be_visible()


def test_what_was_missed_is_remembered_and_leads_to_its_path(page: Page) -> None:
    page.goto("/questions?lesson=03-training")
    bar = page.locator("#page\\.marks")
    expect(bar).to_contain_text("stay in this browser")
    question = page.locator('.questions > li:not([data-about=""])').first
    question.get_by_text("Show the answer").click()
    question.get_by_role("button", name="I missed it").click()
    expect(bar).to_contain_text("0 known, 1 missed")
    page.reload()
    expect(bar).to_contain_text("0 known, 1 missed")
    about = (question.get_attribute("data-about") or "").split()
    bar.get_by_role("link", name="The path to what you missed").click()
    page.wait_for_url("**/path/**")
    assert set(about) <= {
        urlsplit(page.url).path.split("/")[-1],
        *parse_qs(urlsplit(page.url).query).get("to", []),
    }
    page.go_back()
    bar.get_by_role("button", name="Forget these marks").click()
    expect(bar).to_contain_text("stay in this browser")


def test_the_contents_of_a_lesson_follow_the_reading(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/lessons/03-training")
    here = page.locator(".contents a[aria-current]")
    expect(here).to_have_count(0)
    page.locator("#gradient").evaluate("section => section.scrollIntoView()")
    expect(here).to_have_attribute("href", "#gradient")
    page.evaluate("scrollTo(0, 0)")
    expect(here).to_have_count(0)


def test_what_looks_wrong_in_a_lesson_is_there_for_its_author(anywhere: Page) -> None:
    anywhere.goto("/lessons/03-training")
    problem = anywhere.locator(".for-author .problem").first
    expect(problem).to_be_hidden()
    anywhere.get_by_text("For its author").click()
    expect(problem).to_be_visible()


def on_paper(page: Page, path: str) -> str:
    """All that is printed of a page, as text."""
    page.goto(path)
    page.emulate_media(media="print")
    assert re.search(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    return re.sub(r"\n+", "\n", page.locator("body").inner_text())


@pytest.mark.parametrize("path", ["/lessons/03-training", "/path/softmax", "/questions"])
def test_paper_shows_the_text_and_nothing_to_click(page: Page, path: str) -> None:
    on_paper(page, path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for left_out in (".site-header", ".site-footer", ".contents", "form .field", ".marks", "button", "input"):
        for part in page.locator(left_out).all():
            expect(part).to_be_hidden()


def test_a_lesson_on_paper_is_a_handout(page: Page) -> None:
    printed = on_paper(page, "/lessons/03-training")
    assert printed.startswith("Lesson 3\nTraining: losses, gradients and steps")
    places = [
        printed.index(words) for words in ("Assumes", "Introduces", "Measuring mistakes", "Stepping downhill")
    ]
    assert places == sorted(places)
    question = page.locator(".questions .question").first.inner_text()
    assert printed.count(question) == 1
    hidden = page.locator(".questions details > div").first
    assert "".join((hidden.text_content() or "").split()) not in "".join(printed.split())
    for to_click in ("Show the answer", "For its author", "The way to all of it", "JSON", "Previous"):
        assert to_click not in printed, to_click


def test_a_path_on_paper_is_its_steps_each_with_what_needs_it(page: Page) -> None:
    printed = on_paper(page, "/path/cross-entropy-loss?known=vector")
    assert (
        printed.startswith("Path\nTo Cross-entropy loss\n") and "Known to you\nVector\nThe steps\n" in printed
    )
    places = []
    for step in page.locator(".steps > li").all():
        name, said = step.locator(".step-head > a").inner_text(), step.locator("p").first.inner_text()
        places.append(printed.index(f"{name}\n{said}\n"))
        needed = step.locator("summary")
        assert needed.count() == 0 or needed.inner_text() in printed
    assert len(places) > 10 and places == sorted(places)
    for to_click in ("I know this", "Forget all of it", "Read it all through", "Somewhere else", "Shorten"):
        assert to_click not in printed, to_click


def test_paper_shows_where_links_lead(page: Page) -> None:
    page.goto("/lessons/03-training")
    page.emulate_media(media="print")
    link = page.locator(".prose a.external:not(.bare)").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert str(link.get_attribute("href")) in shown


def test_the_chosen_colours_are_remembered(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch = page.get_by_role("button", name="Colours")
    switch.click()
    switch.click()
    page.goto("/glossary")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@pytest.mark.parametrize(
    "path", ["/", "/glossary", "/concepts/softmax", "/lessons/06-convolutional-networks", "/path/softmax",
             "/read/softmax", "/next?known=vector", "/path", "/map", "/map?lesson=3",
             "/map?around=gradient",
             "/search?q=gradient", "/questions", "/problems", "/why", "/files/lost"]
)  # fmt: skip
def test_no_page_is_wider_than_its_screen(anywhere: Page, path: str) -> None:
    anywhere.goto(path)
    for width in (320, 390, 768, 1280):
        anywhere.set_viewport_size({"width": width, "height": 800})
        assert anywhere.evaluate("document.documentElement.scrollWidth") <= width


def too_wide(page: Page, address: str) -> list[tuple[str, int]]:
    """The lessons at an address that a phone has to move sideways, with its width."""
    found = []
    for lesson in page.request.get(f"{address}/api/v1/lessons").json()["lessons"]:
        page.goto(f"{address}/lessons/{lesson['id']}")
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                found.append((lesson["id"], width))
    return found


def test_no_formula_makes_a_lesson_wider_than_a_phone(page: Page, address: str) -> None:
    assert too_wide(page, address) == []


@pytest.mark.corpora
def test_no_formula_of_notes_by_somebody_else_does(browser: Browser, corpora: Path, tmp_path: Path) -> None:
    chapters = [
        corpora / "ibook-linear-algebra" / "notes" / "chapters" / name
        for name in ("02-matrices-and-matrix-operations", "06-eigenvalues-and-eigenvectors",
                     "10-neural-networks-and-deep-learning", "15-autonomous-systems-and-sensor-fusion")
    ]  # fmt: skip
    for folder in chapters:
        (tmp_path / f"{folder.name}.md").write_bytes((folder / "index.md").read_bytes())
    with listening(build(tmp_path, tmp_path / "data")) as address:
        page = browser.new_page()
        assert too_wide(page, address) == []
        page.close()
