// Suggestions as you type: an editable ARIA combobox whose list box completes what was typed
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). `/` puts the cursor into the box from anywhere.
const PAUSE = 90; // milliseconds without a key before asking

export function isTyping(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

function focusOnSlash(input) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

function optionFor(suggestion, index) {
  const option = document.createElement("li");
  option.id = `page.suggestion-${index}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.url = suggestion.url;
  option.textContent = suggestion.prefLabel;
  if (suggestion.matchedLabel && suggestion.matchedLabel !== suggestion.prefLabel) {
    const also = document.createElement("small");
    also.textContent = suggestion.matchedLabel;
    option.append(" ", also);
  }
  return option;
}

export function startSearch(input, address) {
  if (!input) return;
  focusOnSlash(input);
  if (!address) return; // a site without a server has nobody to ask

  const list = document.createElement("ul");
  list.id = "page.suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Concepts");
  const status = document.createElement("span");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.form.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let chosen = -1;
  let timer = 0;
  let asked = "";

  // -1 stands for the box itself.
  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionFor));
    if (!suggestions.length || document.activeElement !== input) return close();
    choose(-1);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
  }

  async function ask() {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (typed === asked && !list.hidden) return;
    asked = typed;
    if (!typed) return close();
    try {
      const response = await fetch(`${address}?${new URLSearchParams({ q: typed.slice(0, 100) })}`);
      if (!response.ok) return close();
      const { suggestions } = await response.json();
      // An answer that came late must not replace a newer one.
      if (typed === asked) show(suggestions);
    } catch {
      close();
    }
  }

  // Up and down go round, by way of the box; they open what is closed. With Alt down only opens, and up closes.
  async function arrow(down, onlyOpens) {
    if (onlyOpens) return down ? ask() : close();
    if (list.hidden || input.value.trim() !== asked) await ask();
    const places = list.children.length + 1; // with the box
    if (!list.hidden) choose(((chosen + 1 + (down ? 1 : places - 1)) % places) - 1);
  }

  function escape() {
    if (list.hidden) input.value = "";
    asked = "";
    close();
  }

  input.addEventListener("input", () => {
    choose(-1); // what was chosen was among suggestions for other letters
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      arrow(event.key === "ArrowDown", event.altKey);
    } else if (event.key === "Escape") {
      event.preventDefault();
      clearTimeout(timer);
      escape();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      choose(-1); // the cursor moves in the box
    }
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked = ""; // what is on its way is not shown either
    close();
  });
  // On mousedown, not click: the box loses its focus, and the list goes, before a click is one.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });
}
