// What somebody knew and what they missed, as they mark it themselves: kept in this browser, told to nobody. What was
// missed among the questions of a page leads to the path of what those are about.
const KEPT = "marks"; // pairs of a question's words and "knew" or "missed"
const CHOICES = { knew: "I knew it", missed: "I missed it" };

function kept() {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEPT)) ?? []);
  } catch {
    return new Map(); // storage is forbidden, or holds something else
  }
}

function keep(marks) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...marks]));
  } catch {
    // Not remembered, then; it still holds for this page.
  }
}

function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  return made;
}

function pathTo(address, missed) {
  const concepts = new Set(missed.flatMap(({ item }) => item.dataset.about.split(" ").filter(Boolean)));
  if (!address || !concepts.size) return null;
  const link = document.createElement("a");
  link.href = `${address}?${new URLSearchParams([...concepts].map((concept) => ["to", concept]))}`;
  link.textContent = "The path to what you missed";
  return link;
}

export function startMarks(items, bar) {
  const marks = kept();
  const questions = [...items].map((item) => ({
    item,
    words: item.querySelector(".question").textContent.trim(),
    buttons: new Map(),
  }));

  function tell() {
    if (!bar) return;
    const marked = (mark) => questions.filter(({ words }) => marks.get(words) === mark);
    const [knew, missed] = [marked("knew"), marked("missed")];
    if (!knew.length && !missed.length) {
      bar.textContent = "Mark each answer when you have looked. Your marks stay in this browser.";
      return;
    }
    const forget = button("Forget these marks");
    forget.addEventListener("click", () => change(() => questions.forEach(({ words }) => marks.delete(words))));
    const path = pathTo(bar.dataset.path, missed);
    bar.replaceChildren(`${knew.length} known, ${missed.length} missed of ${questions.length} here. `, ...(path ? [path] : []), " ", forget);
  }

  function change(how) {
    how();
    keep(marks);
    show();
  }

  function show() {
    for (const { words, buttons } of questions) {
      for (const [mark, made] of buttons) made.setAttribute("aria-pressed", String(marks.get(words) === mark));
    }
    tell();
  }

  for (const { item, words, buttons } of questions) {
    const answer = item.querySelector("details > div");
    if (!answer) continue;
    const row = document.createElement("p");
    row.className = "marking";
    for (const [mark, said] of Object.entries(CHOICES)) {
      const made = button(said);
      made.addEventListener("click", () =>
        change(() => (marks.get(words) === mark ? marks.delete(words) : marks.set(words, mark))),
      );
      buttons.set(mark, made);
      row.append(made);
    }
    answer.append(row);
  }
  show();
}
