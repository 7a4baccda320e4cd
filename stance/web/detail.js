// Shows which statement the details are of, and brings them to the reader.
const chosen = () => element.querySelector("[data-chosen]");

function follow() {
  const section = chosen();
  for (const part of document.querySelectorAll("#article [data-index], #table [data-index]")) {
    part.classList.toggle("chosen", section?.dataset.chosen === part.dataset.index);
  }
  section?.focus({ preventScroll: true });
}

watch("value", follow);

element.addEventListener("click", (event) => {
  if (!event.target.closest(".close")) return;
  const index = chosen()?.dataset.chosen;
  trigger("clear");
  document.querySelector(`#article .tag[data-index="${index}"]`)?.focus();
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") element.querySelector(".close")?.click();
});
