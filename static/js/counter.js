/* Says how many characters a long text has left, once it is nearly full, and how many are too many. Nothing is cut. */
(() => {
  "use strict";

  const NEAR = 0.85;
  const number = new Intl.NumberFormat("id-ID");
  const length = (text) => [...text.normalize("NFC").trim()].length;

  // The words for `used` of `limit` characters; none while there is plenty of room.
  const words = (used, limit) => {
    if (used > limit) return `Kelebihan ${number.format(used - limit)} karakter, batasnya ${number.format(limit)}.`;
    return used >= NEAR * limit ? `Sisa ${number.format(limit - used)} karakter` : "";
  };

  const spoken = new WeakMap();

  function counterOf(area) {
    const place = area.closest(".field") ?? area.parentElement;
    let counter = place.querySelector(":scope > [data-counter]");
    if (!counter) {
      counter = document.createElement("p");
      counter.dataset.counter = "";
      counter.className = "counter";
      counter.setAttribute("role", "status");
      place.append(counter);
    }
    return counter;
  }

  function count(area) {
    const limit = Number(area.dataset.limit), used = length(area.value), text = words(used, limit);
    if (!text && !area.closest(".field")?.querySelector(":scope > [data-counter]")) return;
    const counter = counterOf(area);
    counter.classList.toggle("is-over", used > limit);
    // A reader is not interrupted at every letter: the words change when the typing pauses.
    clearTimeout(spoken.get(counter));
    spoken.set(counter, setTimeout(() => { counter.textContent = text; }, 400));
  }

  const counted = (target) => (target.matches?.("textarea[data-limit]") ? target : null);
  document.addEventListener("input", (event) => { const area = counted(event.target); if (area) count(area); });
  for (const area of document.querySelectorAll("textarea[data-limit]")) count(area);
})();
