/* Toasts leave after 8 seconds, never while they are hovered or focused. Nothing needed is only in a toast. */
(() => {
  const shelf = document.getElementById("toasts");
  const SECONDS = 8;

  const watch = (toast) => {
    let timer;
    const stay = () => clearTimeout(timer);
    const leave = () => { stay(); timer = setTimeout(() => toast.remove(), SECONDS * 1000); };
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
    leave();
  };
  for (const toast of shelf.querySelectorAll("[data-toast]")) watch(toast);

  // The server says HX-Trigger: {"toast": {"text": …, "undo": address or ""}}.
  document.addEventListener("toast", (event) => {
    const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
    toast.querySelector("span").textContent = event.detail.text;
    const undo = toast.querySelector("[data-undo]");
    if (event.detail.undo) undo.setAttribute("hx-post", event.detail.undo);
    else undo.remove();
    shelf.replaceChildren(toast);
    window.htmx?.process(toast);
    watch(toast);
  });

  // Parts that htmx swaps in may bring a toast of their own.
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) watch(node);
    }
  }).observe(shelf, { childList: true });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toast] [data-close], [data-toast] [data-undo]");
    if (!button) return;
    const toast = button.closest("[data-toast]");
    if (button.matches("[data-close]")) toast.remove();
    else button.addEventListener("htmx:afterRequest", () => toast.remove(), { once: true });
  });
})();
