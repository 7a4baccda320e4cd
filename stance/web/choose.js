// Tells the server which statement, or which example, was chosen.
element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-index]");
  if (target) trigger("select", { index: Number(target.dataset.index) });
});
