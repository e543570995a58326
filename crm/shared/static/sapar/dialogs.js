/* A dialog that htmx puts into #dialog opens as a modal one; the focus goes back to what opened it. */
(() => {
  let opener = null;
  const close = (dialog) => {
    dialog.close();
    if (dialog.parentElement?.id === "dialog") dialog.remove();
    if (opener?.isConnected) opener.focus();
    opener = null;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "dialog" && !event.target.closest("dialog")) {
      // A menu closes before the dialog opens: its own button is the place to come back to.
      const menu = event.target.closest(".menu[popover]");
      opener = menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : event.target;
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "dialog") return;
    const dialog = event.detail.target.querySelector("dialog");
    if (!dialog) {
      if (opener?.isConnected) opener.focus();
      opener = null;
      return;
    }
    dialog.removeAttribute("open");
    dialog.showModal();
    dialog.addEventListener("cancel", (cancel) => { cancel.preventDefault(); close(dialog); });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("dialog [data-close]");
    if (!button) return;
    const dialog = button.closest("dialog");
    if (!dialog.matches(":modal")) return;
    event.preventDefault();
    close(dialog);
  });
})();
