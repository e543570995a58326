/* The review: a value and its words light each other up; keys decide on a card; selected words become a card. */
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wide = matchMedia("(min-width: 64rem)");
  let pinned = null;

  const light = (element) => {
    all(".lit").forEach((lit) => lit.classList.remove("lit"));
    if (!element?.dataset.ev) return;
    const ids = element.dataset.ev.split(" ");
    const found = all("[data-ev]").filter((other) => other.dataset.ev.split(" ").some((id) => ids.includes(id)));
    found.forEach((other) => { other.classList.add("lit"); other.closest(".sents li")?.classList.add("lit"); });
    // Bring the other side into view, never the side the reader is on.
    const inText = Boolean(element.closest(".report"));
    const other = found.find((one) => Boolean(one.closest(".report")) !== inText);
    if (other && wide.matches) other.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };

  document.addEventListener("pointerover", (event) => {
    const element = event.target.closest?.("[data-ev]");
    if (element && event.pointerType !== "touch") light(element);
    else if (!element && !pinned) light(null);
  });
  document.addEventListener("focusin", (event) => { pinned = event.target.closest?.("[data-ev]"); light(pinned); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { pinned = null; light(null); } });

  // The words in the text are one tab stop; arrows walk them. Without script they are plain links.
  const words = all(".ev");
  words.forEach((word, index) => { word.tabIndex = index ? -1 : 0; });
  document.addEventListener("keydown", (event) => {
    const index = words.indexOf(event.target);
    if (index < 0) return;
    const to = { ArrowRight: index + 1, ArrowDown: index + 1, ArrowLeft: index - 1, ArrowUp: index - 1, Home: 0, End: words.length - 1 }[event.key];
    if (to === undefined || !words[to]) return;
    words[index].tabIndex = -1;
    words[to].tabIndex = 0;
    words[to].focus();
    event.preventDefault();
  });

  // On a phone the two sides are tabs: a link to the other side turns to it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.ev, a.src");
    if (!link) return;
    const pane = document.getElementById(link.matches(".ev") ? "pane-draft" : "pane-report");
    if (pane) pane.checked = true;
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    if (link.matches(".ev")) target.focus({ preventScroll: true });
    light(link);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".lg");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") === "false";
    button.setAttribute("aria-pressed", String(on));
    all(`.ev[data-kind="${button.dataset.kind}"]`).forEach((word) => word.classList.toggle("off", !on));
  });

  // Single keys work only while a card itself has the focus, never inside a field (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    const card = event.target;
    if (!card.classList?.contains("draft") || event.ctrlKey || event.metaKey || event.altKey) return;
    const cards = all(".draft");
    const at = cards.indexOf(card);
    const press = (selector) => {
      const button = card.querySelector(selector);
      if (button && button.getAttribute("aria-pressed") !== "true") button.click();
    };
    const doings = {
      a: () => press(".yes"),
      r: () => press(".no"),
      e: () => card.querySelector(".inline")?.focus(),
      j: () => cards[at + 1]?.focus(),
      arrowdown: () => cards[at + 1]?.focus(),
      k: () => cards[at - 1]?.focus(),
      arrowup: () => cards[at - 1]?.focus(),
    };
    // By place on the keyboard too: the keys are the same under a Kazakh or Russian layout.
    const doing = doings[event.key.toLowerCase()] ?? doings[event.code.replace("Key", "").toLowerCase()];
    if (!doing) return;
    event.preventDefault();
    doing();
  });

  // Words selected in the report and + open a menu of the cards they can become.
  const menu = document.querySelector("[data-add-menu]");
  document.addEventListener("keydown", (event) => {
    if (!menu || event.key !== "+" || event.target.matches("input, textarea, select")) return;
    const selection = getSelection();
    const sentence = (selection.anchorNode?.parentElement ?? document.body).closest("[data-sentence]");
    if (selection.isCollapsed || !sentence) return;
    event.preventDefault();
    menu.querySelector("[name=words]").value = selection.toString();
    menu.querySelector("[name=sentence]").value = sentence.dataset.sentence;
    menu.showPopover();
    menu.querySelector("button").focus();
  });

  // A card that somebody was sent to (by the bar, or after adding it) takes the focus.
  const arrive = () => { if (/^#card-\d+$/.test(location.hash)) document.getElementById(location.hash.slice(1))?.focus(); };
  addEventListener("hashchange", arrive);
  arrive();
})();
