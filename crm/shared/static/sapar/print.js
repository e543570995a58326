/* "Print" buttons: the browser's own dialog. Without script they stay hidden, and the browser's menu prints as well. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
