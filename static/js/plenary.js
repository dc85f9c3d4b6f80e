/* Keys of the plenary's screen; its links do the same without JavaScript. */
(() => {
  "use strict";

  const target = (key) => {
    if (key === "Escape") return document.querySelector("[data-leave]");
    return ["ArrowRight", "PageDown"].includes(key) ? document.querySelector("[data-next]") : null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const link = target(event.key);
    if (link) location.assign(link.href);
  });
})();
