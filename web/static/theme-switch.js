// A button that goes round: as the system, light, dark. The choice is remembered on this machine.
const ROUND = { system: "light", light: "dark", dark: "system" };
const root = document.documentElement;

function show(button, theme) {
  button.setAttribute("aria-label", `Colours: ${theme}. Change to ${ROUND[theme]}`);
  button.title = `Colours: ${theme}`;
}

function choose(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Not remembered, then; it still holds for this page.
  }
}

// The page holds the button, unseen until it has a name, so that nothing moves when it comes alive.
export function startThemeSwitch(button) {
  if (!button) return;
  show(button, root.dataset.theme ?? "system");
  button.addEventListener("click", () => {
    const theme = ROUND[root.dataset.theme ?? "system"];
    choose(theme);
    show(button, theme);
  });
}
