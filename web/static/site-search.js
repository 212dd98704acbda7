// Search in a site without a server: by names first, then by the words beside them. It is no module, and its index
// is a script, because a page that was opened from a folder may load neither modules nor data.
(() => {
  const MOST = 60;
  const MOST_TEXTS = 20;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-\s]+/g, " ").trim();

  // How well a name fits what was typed; 0: not at all.
  function fit(name, query, words) {
    if (name === query) return 100;
    if (name.startsWith(query)) return 80;
    const parts = name.split(" ");
    if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 60;
    if (words.every((word) => name.includes(word))) return 40;
    return 0;
  }

  // Whether one typo lies between two words: a letter too many, too few or another, or two that changed places.
  function isAlmost(one, other) {
    if (Math.abs(one.length - other.length) > 1 || one.length < 4) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    const ends = (skipOne, skipOther) => one.slice(start + skipOne) === other.slice(start + skipOther);
    const swapped = one[start] === other[start + 1] && one[start + 1] === other[start] && ends(2, 2);
    return ends(1, 1) || ends(1, 0) || ends(0, 1) || swapped;
  }

  function hits(query) {
    const typed = fold(query);
    const words = typed.split(" ").filter(Boolean);
    if (!words.length) return [];
    const scored = globalThis.glosspathIndex.map((entry, place) => {
      const names = [entry[0], ...entry[1]].map(fold);
      let best = Math.max(...names.map((name) => fit(name, typed, words)));
      if (!best && names.some((name) => isAlmost(typed, name))) best = 30;
      const text = fold(entry[3]);
      if (!best && words.every((word) => text.includes(word) || names[0].includes(word))) best = 10;
      return { entry, best, place };
    });
    return scored.filter(({ best }) => best).sort((a, b) => b.best - a.best || a.place - b.place);
  }

  function itemFor([name, others, address, words], query) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.className = "hit-title";
    link.href = address;
    link.textContent = name;
    const head = document.createElement("div");
    head.append(link);
    item.append(head);
    const typed = fold(query);
    const other = others.find((one) => fold(one) === typed);
    if (other && fold(name) !== typed) {
      const matched = document.createElement("p");
      matched.className = "soft";
      matched.textContent = `matched by ${other}`;
      item.append(matched);
    }
    const snippet = document.createElement("p");
    snippet.className = "hit-snippet";
    snippet.textContent = words;
    item.append(snippet);
    return item;
  }

  function show(query) {
    const found = hits(query);
    document.getElementById("page.hits").replaceChildren(...found.slice(0, MOST).map(({ entry }) => itemFor(entry, query)));
    const count = found.length === 1 ? "1 hit" : `${found.length || "Nothing"}${found.length ? " hits" : ""}`;
    document.getElementById("page.found").textContent = query.trim() ? `${count} for “${query.trim()}”` : "";
  }

  // Search of all texts, where the site was made with it and comes from a server.
  const texts = document.createElement("section");
  texts.hidden = true;
  const title = document.createElement("h2");
  title.textContent = "In the texts";
  const list = document.createElement("ol");
  list.className = "hits";
  texts.append(title, list);
  document.getElementById("page.hits").after(texts);
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  let engine;
  async function showTexts(query) {
    if (!globalThis.glosspathFullText || !location.protocol.startsWith("http")) return;
    const top = new URL(".", location.href);
    engine ??= import(new URL("pagefind/pagefind.js", top)).then(async (pagefind) => {
      await pagefind.options({ baseUrl: top.pathname });
      return pagefind;
    });
    const found = await (await engine).debouncedSearch(query.trim());
    if (!found) return; // more was typed meanwhile
    const pages = await Promise.all(found.results.slice(0, MOST_TEXTS).map((result) => result.data()));
    list.replaceChildren(...pages.map((page) => itemFor([page.meta.title, [], page.url, plain(page.excerpt)], query)));
    texts.hidden = !pages.length;
  }

  const box = document.getElementById("page.q");
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  const ask = () => {
    show(box.value);
    showTexts(box.value).catch(() => { texts.hidden = true; });
  };
  box.addEventListener("input", ask);
  ask();
})();
