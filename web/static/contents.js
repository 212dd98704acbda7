// The contents of a lesson say where the reader is: at the last heading that has come up to the top of the window.
const TOP = 0.25; // of the window's height: what stands above this line is being read

export function startContents(contents) {
  if (!contents) return;
  const places = [...contents.querySelectorAll('a[href^="#"]')]
    .map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter(({ target }) => target);
  if (!places.length) return;
  let here = null;

  function mark() {
    const line = innerHeight * TOP;
    const passed = places.filter(({ target }) => target.getBoundingClientRect().top <= line);
    const next = passed.at(-1)?.link ?? null;
    if (next === here) return;
    here?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "location");
    // Kept in sight within its own column; the page itself does not move.
    if (next) contents.scrollTop += next.getBoundingClientRect().top - contents.getBoundingClientRect().top - contents.clientHeight / 2;
    here = next;
  }

  // Told when a heading or its section crosses the line, and not at every pixel.
  const watcher = new IntersectionObserver(mark, { rootMargin: `0px 0px -${(1 - TOP) * 100}% 0px`, threshold: [0, 1] });
  for (const { target } of places) watcher.observe(target);
}
