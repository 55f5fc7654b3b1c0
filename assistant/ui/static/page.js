// Keyboard and citations. Everything else is done by the program.
(() => {
  const field = () => document.querySelector("#question textarea");
  const press = (id) => document.querySelector(id)?.click();
  document.addEventListener("click", (event) => {
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
  document.addEventListener("keydown", (event) => {
    const typing = /^(TEXTAREA|INPUT|SELECT)$/.test(document.activeElement?.tagName || "");
    if (event.key === "Escape") press("#stop-button");
    if (event.key === "/" && !typing) { event.preventDefault(); field()?.focus(); }
  });
})();
