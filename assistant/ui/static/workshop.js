// The Workshop tab: buttons of its HTML, the address of the exercise in sight, where the reading goes on.
(() => {
  const write = (box, text) => {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value");
    own.set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let count = 0;
  document.addEventListener("click", (event) => {
    const press = event.target.closest("[data-workshop]");
    if (press) write(document.querySelector("#workshop-pressed textarea, #workshop-pressed input"), `${press.dataset.workshop}|${++count}`);
  });
  const seen = () => [...document.querySelectorAll("#workshop-head [data-exercise]")].find((one) => one.offsetParent);
  let named = "";
  window.workshopShown = () => setTimeout(() => {
    const head = seen(), now = head?.dataset.exercise || "", address = new URL(location);
    ["exercise", ...(now ? ["incident", "step", "document"] : [])].forEach((one) => address.searchParams.delete(one));
    if (now) address.searchParams.set("exercise", now);
    history.replaceState(null, "", address);
    if (now !== named) {
      head?.querySelector("h2").focus({ preventScroll: true });
      const place = head ?? document.querySelector("#workshop-catalogue");
      if (place && place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: "start" });
    } else if (document.activeElement?.closest?.("#workshop-attempts")) {
      document.querySelector("#workshop-prompt")?.scrollIntoView({ block: "center" });
    }
    named = now;
  }, 60);
  window.workshopMeasured = () => setTimeout(() => {
    const outcome = document.querySelector("#workshop-outcome .verdict, #free-outcome .workshop-result");
    if (outcome?.offsetParent && outcome.getBoundingClientRect().top > window.innerHeight * 0.6) outcome.scrollIntoView({ block: "start" });
  }, 60);
  // What the address asks for; an incident or a document that it names comes first.
  window.workshopAddress = () => {
    const asked = new URLSearchParams(location.search);
    return [asked.get("document") || asked.get("incident") ? "" : asked.get("exercise") || "", window.readerLanguage()].join("|");
  };
})();
