// Tells the server which statement, or which example, was chosen.
element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-index]");
  if (!target) return;
  for (const button of element.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button === target));
  }
  trigger("select", { index: Number(target.dataset.index) });
});
