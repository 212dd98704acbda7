// The path, shortened at once when something is ticked. The server makes the new path; its address is the state.
function addressOf(form) {
  const known = new FormData(form).getAll("known");
  const query = new URLSearchParams(known.map((id) => ["known", id]));
  return form.action.split("?")[0] + (known.length ? `?${query}` : "");
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
    if (!form().contains(event.target) || event.target.name !== "known") return;
    const address = addressOf(form());
    history.pushState(null, "", address);
    show(address, event.target.value);
  });
  addEventListener("popstate", () => show(location.href, ""));
}
