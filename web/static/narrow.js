// The glossary, narrowed down as you type. The server does it, among all concepts; its address is the state.
import { addressOf } from "./path.js";

const PAUSE = 120; // milliseconds without a key before asking

export function startNarrowing(form, shown) {
  if (!form || !shown) return;
  const status = form.querySelector("[role=status]");
  let timer = 0;
  let asking = null;

  async function show() {
    const address = addressOf(form);
    asking?.abort(); // an answer that comes late must not replace a newer one
    asking = new AbortController();
    const { signal } = asking;
    try {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      status.textContent = page.getElementById(form.id).querySelector("[role=status]").textContent;
      shown.replaceChildren(...page.getElementById(shown.id).childNodes);
      history.replaceState(null, "", address);
    } catch {
      if (!signal.aborted) location.assign(address);
    }
  }

  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(show, event.target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show();
  });
  // What was chosen before this was here, or is still there after going back.
  if ([...form.querySelectorAll("input, select")].some(isChanged)) show();
}

function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return field.selectedIndex !== given(field);
  return field.value !== field.defaultValue;
}

function given(select) {
  return Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));
}
