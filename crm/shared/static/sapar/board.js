/* The board's one menu: opens at the card whose stages htmx has put into it; focus goes in and comes back. */
(() => {
  const menu = document.getElementById("move-menu");
  if (!menu?.showPopover) return;
  let opener = null;

  // One listener for all cards instead of attributes on each; without script the link opens its page.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.more");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.href, { source: link, target: "#move-menu", swap: "innerHTML" });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== menu) return;
    opener = event.detail.requestConfig.elt;
    if (!menu.matches(":popover-open")) menu.showPopover({ source: opener });
    menu.querySelector("[aria-current], button")?.focus();
  });

  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && menu.contains(document.activeElement) && opener?.isConnected) opener.focus();
  });
})();
