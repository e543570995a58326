/* What every htmx request needs: busy while it runs, words for screen readers, a notice when it fails. */
(() => {
  const live = document.getElementById("live");
  const notices = () => document.getElementById("notices");
  const say = (text) => { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  document.addEventListener("announce", (event) => say(event.detail.text));

  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    if (event.detail.successful) notices()?.querySelectorAll("[data-transient]").forEach((notice) => notice.remove());
  });

  const show = (id, retry) => {
    const notice = document.getElementById(id).content.firstElementChild.cloneNode(true);
    notice.dataset.transient = "";
    notice.querySelector("[data-try-again]")?.addEventListener("click", () => { notice.remove(); retry(); });
    notices()?.replaceChildren(notice);
    notice.focus();
  };
  // The same request again: forms by their button, everything else by its own trigger.
  const again = (element) => () => {
    if (element.matches("form")) element.requestSubmit();
    else window.htmx.trigger(element, element.matches("input, select, textarea") ? "change" : "click");
  };
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, (event) => {
      // A row that polls tries again by itself.
      if (!event.detail.elt.matches("[hx-trigger*='every']")) show("offline-notice", again(event.detail.elt));
    });
  }
  document.addEventListener("htmx:responseError", (event) => {
    const retargeted = event.detail.xhr.getResponseHeader("HX-Retarget");
    if (!retargeted) show("failure-notice");
  });

  // Without a connection a page of our own says so. Where the browser allows no service worker, its own page does.
  navigator.serviceWorker?.register("/service-worker.js").catch(() => {});

  // An error summary, a swapped-in notice or whatever else asks for the focus gets it.
  const focusWanted = (root) => root?.querySelector?.("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => focusWanted(event.detail.elt));
  focusWanted(document);
})();
