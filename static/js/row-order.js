/* Formset rows change places: by the handle (mouse, pen, finger), by its arrow keys, by the buttons up and down. Numbers and words are kept by rows.js. */
(() => {
  "use strict";

  const EDGE = 72;
  const shown = (group) => [...group.querySelectorAll("[data-row]:not(.is-removed)")];
  const moved = (row) => row.dispatchEvent(new CustomEvent("portal:moved", { bubbles: true }));

  /** Put a row at a place among the rows that are shown; false when it is there already. */
  function put(group, row, place) {
    const rows = shown(group);
    const from = rows.indexOf(row);
    const to = Math.min(Math.max(place, 0), rows.length - 1);
    if (from === to) return false;
    if (to < from) rows[to].before(row);
    else rows[to].after(row);
    return true;
  }

  // Buttons and keys ---------------------------------------------------------------------------------------------------

  function step(button, place) {
    const row = button.closest("[data-row]");
    if (put(row.closest("[data-rows]"), row, place)) moved(row);
    button.focus();
    button.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-row-up], [data-row-down]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    step(button, shown(row.closest("[data-rows]")).indexOf(row) + (button.matches("[data-row-up]") ? -1 : 1));
  });

  document.addEventListener("keydown", (event) => {
    const handle = event.target.closest?.("[data-row-drag]");
    if (!handle || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = handle.closest("[data-row]");
    const rows = shown(row.closest("[data-rows]"));
    const place = rows.indexOf(row);
    const places = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: rows.length - 1 };
    if (!(event.key in places)) return;
    event.preventDefault();
    step(handle, places[event.key]);
  });

  // Dragging: while it lasts every row is only its head, so that sixty of them are within reach. -------------------------

  let drag = null;

  function name(row) {
    const place = row.querySelector("[data-row-name]");
    const text = row.querySelector("input:not([type=hidden], [type=checkbox]), select")?.value.trim() ?? "";
    if (place) place.textContent = text ? `: ${text}` : "";
  }

  function begin(event, handle) {
    const row = handle.closest("[data-row]");
    const group = row.closest("[data-rows]");
    drag = { row, group, handle, pointer: event.pointerId, y: event.clientY, before: row.previousElementSibling, frame: 0 };
    shown(group).forEach(name);
    group.classList.add("rows-dragging");
    row.classList.add("is-dragged");
    keepUnder(handle, event.clientY);
    handle.setPointerCapture(event.pointerId);
    drag.frame = requestAnimationFrame(follow);
  }

  /** Scroll so that the row stays under the pointer when the others grow or shrink; again where that brings others to their size. */
  function keepUnder(handle, y, rounds = 6) {
    const box = handle.getBoundingClientRect();
    const off = box.top + box.height / 2 - y;
    if (Math.abs(off) > 1) window.scrollBy({ top: off, behavior: "instant" });
    if (rounds && !drag) requestAnimationFrame(() => keepUnder(handle, y, rounds - 1));
  }

  function place(y) {
    const rows = shown(drag.group);
    const mine = rows.indexOf(drag.row);
    const middle = (row) => { const box = row.getBoundingClientRect(); return box.top + box.height / 2; };
    let to = mine;
    while (to > 0 && y < middle(rows[to - 1])) to -= 1;
    while (to === mine || to > mine) {
      if (to + 1 >= rows.length || y <= middle(rows[to + 1])) break;
      to += 1;
    }
    put(drag.group, drag.row, to);
  }

  function follow() {
    if (!drag) return;
    const below = drag.y - (window.innerHeight - EDGE);
    const above = EDGE - drag.y;
    if (above > 0) window.scrollBy(0, -above / 3);
    else if (below > 0) window.scrollBy(0, below / 3);
    place(drag.y);
    drag.frame = requestAnimationFrame(follow);
  }

  function end(keep) {
    const { row, group, handle, before, frame, y } = drag;
    cancelAnimationFrame(frame);
    const stayed = row.previousElementSibling === before;
    if (!keep && !stayed) {
      if (before) before.after(row);
      else row.parentElement.prepend(row);
    }
    group.classList.remove("rows-dragging");
    row.classList.remove("is-dragged");
    drag = null;
    keepUnder(handle, Math.min(Math.max(y, EDGE), window.innerHeight - EDGE));
    if (keep && !stayed) moved(row);
    handle.focus({ preventScroll: true });
  }

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.("[data-row-drag]");
    if (!handle || drag || event.button !== 0) return;
    event.preventDefault();
    begin(event, handle);
  });
  document.addEventListener("pointermove", (event) => { if (drag?.pointer === event.pointerId) drag.y = event.clientY; });
  document.addEventListener("pointerup", (event) => {
    if (drag?.pointer !== event.pointerId) return;
    drag.y = event.clientY;
    place(drag.y);
    end(true);
  });
  document.addEventListener("pointercancel", (event) => { if (drag?.pointer === event.pointerId) end(false); });
  document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") end(false); });
})();
