// Up and down from one hit of a search to the next, and from the first back into the box. Tab goes as everywhere.
export function startHits(list, box) {
  if (!list) return;
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const titles = [...list.querySelectorAll(".hit-title")];
    const here = titles.indexOf(document.activeElement);
    if (here < 0) return;
    const next = event.key === "ArrowDown" ? titles[here + 1] : (titles[here - 1] ?? box);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
