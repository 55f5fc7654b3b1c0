// Keyboard, citations, documents and terms. Everything else is done by the program.
(() => {
  const field = () => document.querySelector("#question textarea");
  const press = (id) => document.querySelector(id)?.click();
  const write = (box, text) => {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value");
    own.set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // On a narrow screen a tab may be in the menu "…", without its id; the hidden row that measures the tabs keeps their order.
  const TABS = ["chat", "incidents", "workshop", "lab", "audit", "library"];
  const tab = (name) => {
    const button = document.querySelector(`#tab-${name}-button`);
    if (button) return button.click();
    const label = document.querySelectorAll("#tabs .tab-container.visually-hidden button")[TABS.indexOf(name)]?.textContent;
    [...document.querySelectorAll("#tabs .overflow-dropdown button")].find((one) => one.textContent.trim() === label?.trim())?.click();
  };
  // The figure alone, as large as the window; a click or Escape closes it and returns to the button.
  const enlarge = (figure) => {
    const dialog = document.createElement("dialog");
    dialog.className = "enlarged";
    dialog.append(figure.querySelector(".picture").cloneNode(true));
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.querySelector(".gradio-container").append(dialog);
    dialog.showModal();
  };
  let count = 0;
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-document]");
    if (open) {
      if (open.closest("article.turn")) tab("library");
      return write(document.querySelector("#open-document textarea, #open-document input"), `${open.dataset.document}|${++count}`);
    }
    const place = event.target.closest("[data-tab]");
    if (place) {
      tab(place.dataset.tab);
      return window.scrollTo({ top: 0 });
    }
    const ask = event.target.closest("[data-ask]");
    if (ask) {
      tab("chat");
      write(field(), ask.dataset.ask);
      return setTimeout(() => press("#ask-button"), 150);
    }
    const figure = event.target.closest(".larger")?.closest("figure");
    if (figure) return enlarge(figure);
    const link = event.target.closest("a.cite");
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.tagName === "DETAILS") target.open = true;
    document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
    target.classList.add("lit");
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  });
  // A definition near the right edge opens to the left; Escape hides it.
  const place = (event) => {
    const term = event.target.closest?.(".term");
    if (!term) return;
    term.classList.remove("quiet");
    term.classList.toggle("right", term.getBoundingClientRect().left > window.innerWidth - 380);
  };
  document.addEventListener("pointerover", place);
  document.addEventListener("focusin", place);
  document.addEventListener("keydown", (event) => {
    const typing = /^(TEXTAREA|INPUT|SELECT)$/.test(document.activeElement?.tagName || "");
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      document.querySelectorAll(".term:hover, .term:focus").forEach((term) => term.classList.add("quiet"));
      press("#stop-button");
    }
    if (event.key === "/" && !typing) { event.preventDefault(); field()?.focus(); }
  });
  window.openedDocument = () => {
    const opened = document.querySelector("#reading .document");
    const address = new URL(location);
    if (opened) address.searchParams.set("document", opened.dataset.opened);
    else address.searchParams.delete("document");
    history.replaceState(null, "", address);
    if (!opened || (!count && window.innerWidth >= 900)) return;
    opened.focus({ preventScroll: true });
    if (opened.getBoundingClientRect().top < 0 || window.innerWidth < 900) opened.scrollIntoView({ block: "start" });
  };
})();
