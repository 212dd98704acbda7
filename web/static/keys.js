// The keys that do something here, in a dialog: Esc closes it, and the focus goes back to where it was.
const KEYS = [
  ["/", "Search, from anywhere"],
  ["↓ ↑", "From one suggestion or hit to the next"],
  ["Esc", "Close a card, a list or this"],
  ["+ − 0", "On a map: closer, farther, all of it"],
  ["?", "These keys"],
];

let dialog = null;

export function showKeys() {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "page.keys");
    const rows = KEYS.map(([keys, words]) => `<dt>${keys.replace(/\S+/g, "<kbd>$&</kbd>")}</dt><dd>${words}</dd>`);
    dialog.innerHTML = `<h2 id="page.keys">Keys</h2><dl>${rows.join("")}</dl><form method="dialog"><button>Close</button></form>`;
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}
