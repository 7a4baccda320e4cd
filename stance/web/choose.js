// Tells the server which statement, or which example, was chosen, unless it is shown already.
element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-index]");
  if (!target || target.classList.contains("chosen")) return;
  trigger("select", { index: Number(target.dataset.index) });
});
