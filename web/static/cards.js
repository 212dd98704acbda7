// Hover cards: what a linked term means, without leaving the page. For mouse, keyboard and touch. A card stays
// until the pointer has left both link and card, the focus has moved on, or Esc is pressed (WCAG 1.4.13).
const OPEN_AFTER = 250; // milliseconds: the pointer passes over many links on its way
const CLOSE_AFTER = 250; // time to move from the link into the card
const GAP = 6; // pixels between link and card
const EDGE = 8; // pixels between card and the edge of the screen
const LEAST = 96; // pixels that a card has at any rate

const remembered = new Map();

function fetchCard(address) {
  if (!remembered.has(address)) {
    const answer = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return response.text();
    });
    answer.catch(() => remembered.delete(address));
    remembered.set(address, answer);
  }
  return remembered.get(address);
}

// Below its link, or above where it fits only there, or where a finger would lie on it. Where it fits nowhere, it
// takes the larger room and scrolls.
function place(card, link, byFinger) {
  const box = [...link.getClientRects()][0] ?? link.getBoundingClientRect();
  const edge = document.documentElement.clientWidth - card.offsetWidth - 16;
  const left = Math.max(16, Math.min(box.left, edge));
  const room = { above: box.top - GAP - EDGE, below: innerHeight - box.bottom - GAP - EDGE };
  const [first, second] = byFinger ? ["above", "below"] : ["below", "above"];
  const fits = [first, second].find((side) => card.offsetHeight <= room[side]);
  const side = fits ?? (room.above > room.below ? "above" : "below");
  card.style.maxHeight = `${Math.max(room[side], LEAST)}px`;
  const top = side === "below" ? box.bottom + GAP : box.top - card.offsetHeight - GAP;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

export function startCards({ concepts, cards }) {
  let card = null;
  let touched = false; // by a finger, the last time
  let link = null;
  let timer = 0;

  function close() {
    clearTimeout(timer);
    card?.remove();
    link?.removeAttribute("aria-describedby");
    card = link = null;
  }

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  async function open(next) {
    if (next === link) return;
    close();
    link = next;
    const address = next.href.split(/[?#]/)[0].replace(concepts, cards);
    let html;
    try {
      html = await fetchCard(address);
    } catch {
      if (link === next) link = null;
      return;
    }
    if (link !== next) return;
    card = document.createElement("div");
    card.id = "page.card";
    card.className = "card";
    card.innerHTML = html;
    // Its addresses are relative to where it came from.
    for (const inside of card.querySelectorAll("a[href]")) {
      inside.href = new URL(inside.getAttribute("href"), address);
      inside.tabIndex = -1; // it leads where the term does: for the pointer, and no second stop for the keyboard
    }
    // At the end of the body: inside a paragraph or a table it would be cut off or styled as part of it.
    document.body.append(card);
    place(card, next, touched);
    next.setAttribute("aria-describedby", card.id);
  }

  const term = (event) => event.target.closest?.("a.term");
  const inside = (target) => target instanceof Node && (card?.contains(target) || link?.contains(target));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const over = term(event);
    if (over) later(() => open(over), OPEN_AFTER);
    else if (inside(event.target)) clearTimeout(timer);
    else if (card) later(close, CLOSE_AFTER);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const focused = term(event);
    if (focused?.matches(":focus-visible")) open(focused);
    else if (!inside(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && link) {
      close();
    }
  });

  // A first touch shows the card, a second one (or the card's own link) opens the page.
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched && card && !inside(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const tapped = term(event);
    if (!touched || !tapped || tapped === link) return;
    event.preventDefault();
    open(tapped);
  });
  addEventListener("resize", close);
}
