// What makes the pages better where scripts run. Every page is complete without any of it.
import { startSearch } from "./search.js";
import { startCards } from "./cards.js";
import { startContents } from "./contents.js";
import { startFilter } from "./filter.js";
import { startCopies } from "./copy.js";
import { startMap } from "./map.js";
import { startHits } from "./hits.js";
import { startMarks } from "./marks.js";
import { startNarrowing } from "./narrow.js";
import { startPath } from "./path.js";
import { startThemeSwitch } from "./theme-switch.js";

// A table of contents stands open where it does not push the text out of sight.
if (matchMedia("(width >= 62rem)").matches) {
  for (const details of document.querySelectorAll("[data-open-when-wide]")) details.open = true;
}
startThemeSwitch(document.querySelector(".theme-switch"));
startSearch(document.getElementById("page.q"), document.body.dataset.suggest);
startHits(document.querySelector(".hits"), document.getElementById("page.q"));
startCards(document.body.dataset);
startContents(document.querySelector(".contents"));
startFilter(document.getElementById("page.filter"), document.getElementById("page.entries"));
startCopies(document.querySelector("[data-copies]"));
startMap(document.querySelector(".map-tools"));
startMarks(document.querySelectorAll(".questions > li"), document.getElementById("page.marks"));
startNarrowing(document.getElementById("page.narrow"), document.getElementById("page.shown"));
startPath(() => document.getElementById("page.path"));
