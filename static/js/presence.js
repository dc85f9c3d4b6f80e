/* Tells the server that this form page is open, and shows who else has the initiative open. Silent while the page is hidden. */
(() => {
  "use strict";

  const EVERY_MS = 40_000;
  const place = document.querySelector("[data-presence]");
  if (!place) return;

  // Marked as background: that a page stands open does not keep its session alive.
  const tell = (more = {}) => fetch(place.dataset.presence, {
    method: "POST",
    body: new URLSearchParams({ section: place.dataset.section, ...more }),
    headers: { Accept: "application/json", "X-CSRFToken": Portal.token(), "X-Background": "1" },
    credentials: "same-origin",
    keepalive: true,
  });

  function show(others) {
    const text = others.length ? `Juga sedang dibuka oleh ${others.join("; ")}.` : "";
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
  }

  async function beat() {
    if (document.visibilityState === "hidden") return;
    try {
      const response = await tell();
      if (response.ok) show((await response.json()).others ?? []);
    } catch { /* Without a network nobody can be seen; the head line of the page says so when it matters. */ }
  }

  setInterval(beat, EVERY_MS);
  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pageshow", beat);
  window.addEventListener("pagehide", () => { tell({ left: "1" }).catch(() => {}); });
})();
