/* "/" and Ctrl+K open the search; the arrows walk what it found. */
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const opener = () => document.querySelector("[data-search]");

  document.addEventListener("keydown", (event) => {
    const asked = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target));
    if (asked && opener() && !document.querySelector("dialog:modal")) {
      event.preventDefault();
      opener().click();
      return;
    }
    const dialog = event.target.closest?.(".search-dialog");
    if (!dialog || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [dialog.querySelector("input"), ...dialog.querySelectorAll("#results a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
  });
})();
