/* Menus are popovers. Here only: arrow keys inside them, closing after a choice, and browsers without popovers. */
(() => {
  const items = (menu) => [...menu.querySelectorAll("a, button")].filter((item) => item.offsetParent !== null);

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".menu");
    if (!menu) return;
    const all = items(menu);
    const now = all.indexOf(event.target);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  });

  // A choice that htmx sends leaves the page as it is: close the menu by hand.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const menu = event.target.closest?.(".menu[popover]");
    if (menu?.matches(":popover-open")) menu.hidePopover();
  });

  if ("popover" in HTMLElement.prototype) return;
  for (const menu of document.querySelectorAll(".menu[popover]")) menu.hidden = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[popovertarget]");
    const wanted = button && document.getElementById(button.getAttribute("popovertarget"));
    for (const menu of document.querySelectorAll(".menu[popover]")) {
      if (menu === wanted) menu.hidden = !menu.hidden;
      else if (!menu.contains(event.target)) menu.hidden = true;
    }
  });
})();
