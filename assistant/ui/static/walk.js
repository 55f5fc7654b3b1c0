// The Incidents tab: buttons of its HTML, the address of the step in sight, where the reading goes on.
(() => {
  const write = (box, text) => {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value");
    own.set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const address = (change) => {
    const found = new URL(location);
    change(found.searchParams);
    history.replaceState(null, "", found);
  };
  let count = 0, acted = false;
  document.addEventListener("click", (event) => {
    const press = event.target.closest("[data-walk]");
    if (event.target.closest("#walk, #walk-cover, #walk-catalogue, #walk-report")) acted = true;
    if (press) write(document.querySelector("#walk-pressed textarea, #walk-pressed input"), `${press.dataset.walk}|${++count}`);
  });
  // A sheet opens in the library; a tab that was never seen has no field to write in yet, so it is shown first.
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-document]");
    if (!open) return;
    address((asked) => ["incident", "step", "report"].forEach((name) => asked.delete(name)));
    const field = () => document.querySelector("#open-document textarea, #open-document input");
    const show = () => document.querySelector("#tab-library-button")?.click();
    if (open.closest("#walk, #walk-catalogue")) show();
    if (field()) return;
    event.stopImmediatePropagation();
    show();
    const again = setInterval(() => {
      if (!field()) return;
      clearInterval(again);
      open.click();
    }, 50);
  }, true);
  const seen = () => [...document.querySelectorAll("#walk-stage [data-step], #walk-cover [data-step], #walk-report [data-step]")].find((one) => one.offsetParent);
  const name = (step) => address((asked) => {
    ["incident", "step", "report", ...(step ? ["document", "exercise"] : [])].forEach((one) => asked.delete(one));
    if (!step) return;
    if (step.dataset.report) return asked.set("report", step.dataset.report);
    asked.set("incident", step.dataset.incident);
    if (step.dataset.step) asked.set("step", step.dataset.step);
  });
  // The address names the step, or the document, as soon as it is in sight: a reload at any moment comes back to it.
  let named = "", read = "";
  new MutationObserver(() => {
    const step = seen(), key = step ? `${step.dataset.incident}|${step.dataset.step}|${step.dataset.report ?? ""}` : "";
    if (key && key !== named) name(step);
    named = key;
    const opened = document.querySelector("#reading .document")?.dataset.opened || "";
    if (opened && opened !== read) address((asked) => asked.set("document", opened));
    read = opened;
  }).observe(document.documentElement, { childList: true, subtree: true });
  // After a change of step the reading begins at its title.
  window.walkShown = () => setTimeout(() => {
    const step = seen();
    name(step);
    if (!acted) return;
    const title = step?.querySelector("h2");
    title?.focus({ preventScroll: true });
    const top = (step ?? document.querySelector("#walk-catalogue"))?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > window.innerHeight / 2) (step ?? document.querySelector("#tabs")).scrollIntoView({ block: "start" });
  }, 60);
  window.walkMeasured = () => setTimeout(() => {
    const outcome = document.querySelector("#walk-outcome .walk-outcome");
    if (outcome && outcome.getBoundingClientRect().top > window.innerHeight * 0.6) outcome.scrollIntoView({ block: "start" });
  }, 60);
  // What the address asks for, with the language of the reader: the one chosen here before, else the browser's.
  window.walkAddress = () => {
    const asked = new URLSearchParams(location.search);
    const report = asked.get("report") ? `report:${asked.get("report")}` : "";
    return [asked.get("document") ? "" : report || asked.get("incident") || "", asked.get("step") || "", window.readerLanguage()].join("|");
  };
  window.readerLanguage = () => localStorage.getItem("autopsie-language") || navigator.language || "en";
  window.keepLanguage = (lang) => { localStorage.setItem("autopsie-language", lang); };
})();
