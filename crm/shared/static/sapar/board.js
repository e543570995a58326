/* The board's one menu: opens at the card whose stages htmx has put into it; focus goes in and comes back. A card may
   also be dragged to another stage: it stays where it is until the server has said yes. */
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

  let dragged = null;
  const columnAt = (event) => {
    const column = dragged && event.target.closest?.(".bcol");
    return column && !column.contains(dragged) ? column : null;
  };
  const mark = (column) => {
    for (const marked of document.querySelectorAll(".bcol.over")) if (marked !== column) marked.classList.remove("over");
    column?.classList.add("over");
  };

  // Who may not move a deal has no menu on its card, and drags nothing.
  document.addEventListener("pointerover", (event) => {
    const card = event.target.closest?.(".bcard");
    if (card?.querySelector("a.more")) card.draggable = true;
  });

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".bcard[draggable=true]") ?? null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });

  document.addEventListener("dragover", (event) => {
    const column = columnAt(event);
    mark(column);
    if (column) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const column = columnAt(event);
    if (!column) return;
    event.preventDefault();
    const link = dragged.querySelector("a.more");
    const values = { to_stage: column.dataset.stage, version: dragged.dataset.v };
    window.htmx.ajax("POST", link.href, { source: link, swap: "none", values });
  });

  document.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
})();
