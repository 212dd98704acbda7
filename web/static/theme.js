// The remembered choice of light or dark, before anything is drawn: this file is no module, so the page waits for it.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's choice is shown then.
}
document.documentElement.classList.add("scripted");
