// What makes the pages better where scripts run. Every page is complete without any of it.
import { isTyping, startSearch } from "./search.js";
import { startCards } from "./cards.js";
import { startThemeSwitch } from "./theme-switch.js";

const byId = (id) => document.getElementById(id);
const first = (selector) => document.querySelector(selector);

// A table of contents stands open where it does not push the text out of sight.
if (matchMedia("(width >= 62rem)").matches) {
  for (const details of document.querySelectorAll("[data-open-when-wide]")) details.open = true;
}
startThemeSwitch(first(".theme-switch"));
startSearch(byId("page.q"), document.body.dataset.suggest);
startCards(document.body.dataset);

const showKeys = () => import("./keys.js").then((it) => it.showKeys());
first(".keys-button")?.addEventListener("click", showKeys);
document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) showKeys();
});

// What only some pages need is fetched by those.
if (first(".contents")) import("./contents.js").then((it) => it.startContents(first(".contents")));
if (first(".hits")) import("./hits.js").then((it) => it.startHits(first(".hits"), byId("page.q")));
if (byId("page.filter")) import("./filter.js").then((it) => it.startFilter(byId("page.filter"), byId("page.entries")));
if (first("[data-copies]")) import("./copy.js").then((it) => it.startCopies(first("[data-copies]")));
if (first(".map-tools")) import("./map.js").then((it) => it.startMap(first(".map-tools")));
if (first(".questions")) {
  import("./marks.js").then((it) => it.startMarks(document.querySelectorAll(".questions > li"), byId("page.marks")));
}
if (byId("page.narrow")) import("./narrow.js").then((it) => it.startNarrowing(byId("page.narrow"), byId("page.shown")));
if (byId("page.path")) import("./path.js").then((it) => it.startPath(() => byId("page.path")));
