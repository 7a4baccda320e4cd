// Brings what a reading came to before the reader: a result to the top, a message just into view.
() => {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  const end = document.querySelector("#own").getBoundingClientRect().bottom;
  if (document.querySelector("#result")) scrollTo({ top: end + scrollY, behavior });
  else document.querySelector("#notice").scrollIntoView({ block: "nearest", behavior });
}
