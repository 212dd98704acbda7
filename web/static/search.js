// Suggestions as you type: an ARIA combobox with a list box. `/` puts the cursor into the box from anywhere.
const PAUSE = 90; // milliseconds without a key before asking

function isTyping(element) {
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

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = [...list.children];
    chosen = (index + options.length + 1) % (options.length + 1);
    // One place beyond the last option stands for the box itself.
    if (chosen === options.length) chosen = -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(optionFor));
    if (!suggestions.length || document.activeElement !== input) return close();
    chosen = -1;
    list.hidden = false;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "true");
    status.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
  }

  async function ask() {
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

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (input.value.trim()) ask();
        return;
      }
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? list.children.length - 1 : chosen - 1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    close();
  });
  // On mousedown, not click: the box loses its focus, and the list goes, before a click is one.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });
}
