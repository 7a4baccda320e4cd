// Shows which statement the details are of, and brings them to the reader.
const LEAST_IN_VIEW = 240;
const sheet = element.closest("#sheet");
let opener = "#article";

const chosen = () => element.querySelector("[data-chosen]");

function mark(index) {
  for (const part of document.querySelectorAll("#article [data-index], #table [data-index]")) {
    part.classList.toggle("chosen", part.dataset.index === index);
  }
}

function follow() {
  const section = chosen();
  mark(section?.dataset.chosen);
  sheet.classList.remove("away");
  sheet.scrollTop = 0;
  if (!section) return;
  const { top } = section.getBoundingClientRect();
  sheet.classList.toggle("away", top < 0 || top > innerHeight - LEAST_IN_VIEW);
  section.focus({ preventScroll: true });
}

function close() {
  const section = chosen();
  if (!section) return;
  trigger("clear");
  mark();
  const part = `${opener} [data-index="${section.dataset.chosen}"]`;
  document.querySelector(`${part}.tag, ${part} .quote`)?.focus();
}

// Listens to the whole page until the details are taken from it.
function listen(type, handle) {
  const heard = (event) => {
    if (element.isConnected) handle(event);
    else document.removeEventListener(type, heard);
  };
  document.addEventListener(type, heard);
}

watch("value", follow);

element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) close();
});

listen("click", (event) => {
  const part = event.target.closest("#article [data-index], #table [data-index]");
  if (!part) return;
  opener = part.closest("#table") ? "#table" : "#article";
  if (part.classList.contains("chosen")) follow();
});

listen("keydown", (event) => {
  if (event.key === "Escape" && !event.target.closest("input, textarea, select")) close();
});
