// The map, looked at closer and searched as you type. Closer: by buttons and keys, by the wheel with Ctrl, with two
// fingers; then it can be dragged. Nothing but the view box changes, so what is drawn stays what the server drew.
import { fold } from "./filter.js";

const CLOSEST = 6;
const STEP = 1.4;
const DRAGGED = 5; // pixels: less is a click that trembled

class View {
  constructor(svg) {
    this.svg = svg;
    this.width = svg.viewBox.baseVal.width;
    this.height = svg.viewBox.baseVal.height;
    this.show(1, 0, 0);
  }

  show(scale, x, y) {
    this.scale = Math.min(Math.max(scale, 1), CLOSEST);
    const [width, height] = [this.width / this.scale, this.height / this.scale];
    this.x = Math.min(Math.max(x, 0), this.width - width);
    this.y = Math.min(Math.max(y, 0), this.height - height);
    this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${width} ${height}`);
    this.svg.classList.toggle("closer", this.scale > 1);
  }

  // A point of the screen as a share of the drawing's place on it.
  share({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  }

  // Comes closer by a factor; what is at this share of the place stays there.
  zoom(factor, [across, down] = this.middle()) {
    const scale = Math.min(Math.max(this.scale * factor, 1), CLOSEST);
    const x = this.x + across * this.width * (1 / this.scale - 1 / scale);
    const y = this.y + down * this.height * (1 / this.scale - 1 / scale);
    this.show(scale, x, y);
  }

  // The middle of what can be seen of the drawing.
  middle() {
    const box = this.svg.getBoundingClientRect();
    const clientX = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const clientY = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    return this.share({ clientX, clientY });
  }

  // Moves by pixels of the screen.
  move(right, down) {
    const box = this.svg.getBoundingClientRect();
    const pixel = this.width / this.scale / box.width;
    this.show(this.scale, this.x - right * pixel, this.y - down * pixel);
  }

  // Brings into view what has the focus.
  bring(link) {
    if (this.scale === 1) return;
    const box = link.getBBox();
    const [width, height] = [this.width / this.scale, this.height / this.scale];
    const inside = box.x >= this.x && box.x + box.width <= this.x + width && box.y >= this.y && box.y + box.height <= this.y + height;
    if (!inside) this.show(this.scale, box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2);
  }
}

const KEYS = {
  "+": (view) => view.zoom(STEP),
  "=": (view) => view.zoom(STEP),
  "-": (view) => view.zoom(1 / STEP),
  0: (view) => view.show(1, 0, 0),
  ArrowLeft: (view) => view.move(60, 0),
  ArrowRight: (view) => view.move(-60, 0),
  ArrowUp: (view) => view.move(0, 60),
  ArrowDown: (view) => view.move(0, -60),
};

function distance([one, other]) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}

function startPointers(svg, view) {
  const down = new Map();
  let dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    if (!down.size) dragged = false;
    down.set(event.pointerId, event);
  });
  addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    if (down.size === 2) {
      const spread = distance([...down.values()]);
      down.set(event.pointerId, event);
      const both = [...down.values()];
      const middle = { clientX: (both[0].clientX + both[1].clientX) / 2, clientY: (both[0].clientY + both[1].clientY) / 2 };
      if (spread > 0) view.zoom(distance(both) / spread, view.share(middle));
      dragged = true;
    } else if (view.scale > 1 && (dragged || distance([before, event]) > DRAGGED)) {
      view.move(event.clientX - before.clientX, event.clientY - before.clientY);
      down.set(event.pointerId, event);
      dragged = true;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => down.delete(event.pointerId));
  svg.addEventListener("click", (event) => dragged && event.preventDefault(), true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

function startRegion(region) {
  const svg = region.querySelector("svg");
  const view = new View(svg);
  startPointers(svg, view);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY / 200), view.share(event));
  }, { passive: false });
  region.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && view.scale === 1) return;
    event.preventDefault();
    act(view);
  });
  region.addEventListener("focusin", (event) => event.target.closest("svg a") && view.bring(event.target));
  return { region, view };
}

function button(sign, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

// Marks what is drawn and called so; says how much.
function startFind(input, status, regions) {
  const links = regions.flatMap(({ region }) => [...region.querySelectorAll("svg a:not(.band-more)")]);
  const names = new Map(links.map((link) => [link, fold(link.querySelector("title").textContent)]));
  function find() {
    const words = fold(input.value).trim();
    for (const [link, name] of names) link.classList.toggle("found", words !== "" && name.includes(words));
    for (const { region } of regions) region.classList.toggle("finding", words !== "");
    const found = links.filter((link) => link.classList.contains("found") && link.checkVisibility());
    if (found.length) status.textContent = `${found.length} here`;
    else status.textContent = words ? "Not drawn here: Enter looks around it" : "";
    if (matchMedia("(width >= 72rem)").matches) found[0]?.scrollIntoView({ block: "nearest" });
  }
  input.addEventListener("input", find);
  if (input.value) find();
}

export function startMap(tools) {
  const regions = [...document.querySelectorAll("[data-zoom]")].map(startRegion);
  if (!tools || !regions.length) return;
  const shown = () => regions.find(({ region }) => region.checkVisibility())?.view;
  const buttons = tools.querySelector(".zoom"); // its room is kept by the page, so that nothing moves
  buttons.setAttribute("role", "group");
  buttons.setAttribute("aria-label", "Look closer");
  buttons.append(
    button("+", "Closer", () => shown()?.zoom(STEP)),
    button("−", "Further away", () => shown()?.zoom(1 / STEP)),
    button("1:1", "All of it", () => shown()?.show(1, 0, 0)),
  );
  const input = tools.querySelector("[data-find]");
  if (input) startFind(input, tools.querySelector("[data-found]"), regions);
}
