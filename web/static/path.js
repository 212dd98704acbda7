// The path, or what is next, made anew at once when something is ticked. The server does it; its address is the state.
export function addressOf(form) {
  const given = [...new FormData(form)].filter(([, value]) => value.trim());
  return form.action.split("?")[0] + (given.length ? `?${new URLSearchParams(given)}` : "");
}

async function replaceForm(form, address, focused) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.getElementById(form.id);
  // A status region speaks when its words change, not when it is replaced.
  const status = form.querySelector("[role=status]");
  const words = next.querySelector("[role=status]");
  status.replaceChildren(...words.childNodes);
  words.replaceWith(status);
  form.replaceWith(next);
  if (focused) next.querySelector(`input[name=known][value="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

export function startPath(form) {
  if (!form()) return;
  const show = async (address, focused) => {
    try {
      await replaceForm(form(), address, focused);
    } catch {
      location.assign(address);
    }
  };
  document.addEventListener("change", (event) => {
    if (!form().contains(event.target) || event.target.type !== "checkbox") return;
    const address = addressOf(form());
    history.pushState(null, "", address);
    show(address, event.target.value);
  });
  addEventListener("popstate", () => show(location.href, ""));
}
