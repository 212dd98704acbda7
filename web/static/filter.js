// A list in groups, filtered as you type: all typed words must stand in an item or its group's heading.
// What is folded away is opened for it.
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-\s]+/g, " ");
}

export function startFilter(bar, entries) {
  if (!bar || !entries) return;
  const input = bar.querySelector("input");
  const status = bar.querySelector("[role=status]");
  const groups = [...entries.children].map((group) => {
    const title = group.querySelector("h2")?.textContent ?? "";
    const items = [...group.querySelectorAll("li")];
    return { group, items: items.map((item) => ({ item, text: fold(`${title} ${item.textContent}`) })) };
  });
  bar.hidden = false;

  function filter() {
    const words = fold(input.value).trim().split(" ").filter(Boolean);
    let shown = 0;
    for (const { group, items } of groups) {
      let inGroup = 0;
      for (const { item, text } of items) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) inGroup += 1;
      }
      group.hidden = inGroup === 0;
      for (const more of group.querySelectorAll("details")) more.open = words.length > 0;
      shown += inGroup;
    }
    if (!words.length) status.textContent = "";
    else status.textContent = shown ? `${shown} of ${status.dataset.all}` : "None: try fewer letters, or search";
  }

  input.addEventListener("input", filter);
  // What was typed is still there after going back.
  if (input.value) filter();
}
