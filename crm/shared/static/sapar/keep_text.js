/* Keeps what is typed into <form data-keep-text="name"> in this tab until it has been sent: a lost connection loses nothing. */
(() => {
  const form = document.querySelector("form[data-keep-text]");
  if (!form) {
    // The page after: when it says that all went well, what was sent need not be kept.
    try {
      const sent = sessionStorage.getItem("keep-text:sent");
      if (sent && document.querySelector("#toasts [data-toast]")) {
        sessionStorage.removeItem(sent);
        sessionStorage.removeItem("keep-text:sent");
      }
    } catch { /* storage is closed to us */ }
    return;
  }
  const key = `keep-text:${form.dataset.keepText}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");

  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (kept && !form.querySelector(".error")) {
      for (const field of fields()) {
        if (!(field.name in kept)) continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = kept[field.name] === field.value;
        else field.value = kept[field.name];
      }
    }
  } catch { /* storage is closed to us: nothing to bring back */ }

  form.addEventListener("input", () => {
    const kept = {};
    for (const field of fields()) {
      if (field.type !== "radio" && field.type !== "checkbox") kept[field.name] = field.value;
      else if (field.checked) kept[field.name] = field.value;
    }
    try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch { /* as above */ }
  });

  // Without a connection the browser would leave the page for its own error: stay, and say that the text is here.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      try { sessionStorage.setItem("keep-text:sent", key); } catch { /* as above */ }
      return;
    }
    event.preventDefault();
    const notice = document.getElementById("offline-notice").content.firstElementChild.cloneNode(true);
    notice.querySelector("[data-try-again]").addEventListener("click", () => { notice.remove(); form.requestSubmit(); });
    document.getElementById("notices").replaceChildren(notice);
    notice.focus();
  });
})();
