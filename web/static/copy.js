// Buttons that copy this page's address, or a citation that ends in it. Shown only where copying works.
export function startCopies(bar) {
  if (!bar || !navigator.clipboard) return;
  const status = bar.querySelector("[role=status]");
  bar.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy + location.href.split(/[?#]/)[0]);
      status.textContent = "Copied";
    } catch {
      status.textContent = "Your browser did not allow it";
    }
  });
  bar.hidden = false;
}
