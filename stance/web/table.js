// Sorts and filters the table of statements; everything it needs stands in data attributes.
const rows = () => [...element.querySelectorAll("tbody tr")];

function compare(kind, column) {
  const value = (row) => row.cells[column].dataset.value;
  if (kind === "number") return (one, other) => Number(value(one)) - Number(value(other));
  return (one, other) => value(one).localeCompare(value(other));
}

function sort(button) {
  const head = button.closest("th");
  const descending = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const sorted = rows().sort(compare(button.dataset.sort, head.cellIndex));
  if (descending) sorted.reverse();
  element.querySelector("tbody").append(...sorted);
}

function filter() {
  const wanted = [...element.querySelectorAll("[data-filter]")].filter((one) => one.value);
  const all = rows();
  for (const row of all) {
    row.hidden = wanted.some((one) => row.dataset[one.dataset.filter] !== one.value);
  }
  const left = all.filter((row) => !row.hidden).length;
  const told = element.querySelector("output");
  told.textContent = wanted.length ? `${left} of ${all.length} shown` : "";
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sort]");
  if (button) sort(button);
});
element.addEventListener("change", filter);
