// Brings the explanation to the reader once it is there.
watch("value", () => {
  const section = element.querySelector(".why");
  section?.focus({ preventScroll: true });
  section?.scrollIntoView({ block: "nearest" });
});
