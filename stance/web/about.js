// Opens the small print for a link into it; not every browser does that by itself.
element.addEventListener("click", (event) => {
  if (event.target.closest("a")) document.querySelector(".about").open = true;
});
