/* Formset rows: add from a <template>, remove and bring back, renumber. Moving them is in row-order.js.
   Without JavaScript the server offers extra rows, order numbers and delete boxes. */
(() => {
  "use strict";

  const control = (group, name) => group.querySelector(`input[name="${group.dataset.rows}-${name}"]`);
  const rowsOf = (group) => [...group.querySelectorAll("[data-row]")];
  const shown = (group) => rowsOf(group).filter((row) => !row.classList.contains("is-removed"));
  const field = (row, name) => row.querySelector(`input[name$="-${name}"]`);
  const first = (row) => row.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea");

  function renumber(group) {
    shown(group).forEach((row, index) => {
      const number = row.querySelector("[data-row-number]");
      if (number) number.textContent = index + 1;
      const order = field(row, "ORDER");
      if (order) order.value = index + 1;
    });
    if (!isFull(group)) group.querySelector("[data-row-limit]")?.remove();
  }

  /** Removed rows are sent along until the page is left, and the server takes only so many. */
  function isFull(group) {
    const most = Number(control(group, "MAX_NUM_FORMS").value);
    return shown(group).length >= most || Number(control(group, "TOTAL_FORMS").value) >= 2 * most;
  }

  function refuse(group, button) {
    if (group.querySelector("[data-row-limit]")) return;
    const note = document.createElement("p");
    note.dataset.rowLimit = "";
    note.className = "hint";
    note.setAttribute("role", "status");
    button.after(note);
    note.textContent = `Paling banyak ${control(group, "MAX_NUM_FORMS").value} baris. Gabungkan baris yang serupa.`;
  }

  /** Whoever watches the form is told by a control that has a name: a table is kept as a whole. */
  function changed(group) {
    renumber(group);
    control(group, "TOTAL_FORMS").dispatchEvent(new Event("input", { bubbles: true }));
  }

  function announce(group, text) {
    let voice = group.querySelector(":scope > [data-row-voice]");
    if (!voice) {
      voice = document.createElement("p");
      voice.dataset.rowVoice = "";
      voice.className = "visually-hidden";
      voice.setAttribute("role", "status");
      group.append(voice);
    }
    voice.textContent = text;
  }

  const placeOf = (group, row) => `urutan ${shown(group).indexOf(row) + 1} dari ${shown(group).length}`;
  const titleOf = (row) => first(row)?.value?.trim() || "Baris";

  function add(group) {
    const total = control(group, "TOTAL_FORMS");
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = group.querySelector("template").innerHTML.replaceAll("__prefix__", String(index));
    const row = holder.content.querySelector("[data-row]");
    const last = rowsOf(group).at(-1);
    const list = group.querySelector("[data-row-list]");
    if (last) last.after(row);
    else list.insertBefore(row, list.querySelector(":scope > tfoot"));
    total.value = index + 1;
    reveal(row);
    changed(group);
    first(row)?.focus();
    announce(group, `Baris baru, ${placeOf(group, row)}.`);
  }

  function undoNote(onUndo) {
    const note = document.createElement("p");
    note.className = "row-undo";
    note.setAttribute("role", "status");
    note.textContent = "Baris dihapus saat disimpan. ";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-text btn-small";
    undo.textContent = "Batalkan hapus";
    undo.addEventListener("click", onUndo);
    note.append(undo);
    return [note, undo];
  }

  // A removed row stays in the form, marked for deletion, until it is sent: so it can be brought back.
  function remove(group, row) {
    field(row, "DELETE").checked = true;
    row.classList.add("is-removed");
    let place;
    const [note, undo] = undoNote(() => restore(group, row, place));
    place = note;
    if (row.matches("tbody")) {
      place = document.createElement("tr");
      place.className = "row-undo-line";
      const cell = place.insertCell();
      cell.colSpan = row.parentElement.tHead.rows[0].cells.length;
      cell.append(note);
    }
    row.append(place);
    changed(group);
    return undo;
  }

  function restore(group, row, place) {
    field(row, "DELETE").checked = false;
    row.classList.remove("is-removed");
    place.remove();
    changed(group);
    row.querySelector("[data-row-remove]").focus();
    announce(group, `Baris kembali, ${placeOf(group, row)}.`);
  }

  function reveal(row) {
    const deletable = field(row, "DELETE");
    for (const button of row.querySelectorAll("[data-row-drag], [data-row-up], [data-row-down], [data-row-remove]")) {
      button.hidden = button.matches("[data-row-remove]") && !deletable;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-row-add], [data-row-remove]");
    const group = button?.closest("[data-rows]");
    if (!group) return;
    event.preventDefault();
    if (button.matches("[data-row-add]")) {
      if (isFull(group)) refuse(group, button);
      else add(group);
    } else remove(group, button.closest("[data-row]")).focus();
  });

  // Told by row-order.js after a row has found its place.
  document.addEventListener("portal:moved", (event) => {
    const group = event.target.closest("[data-rows]");
    changed(group);
    announce(group, `${titleOf(event.target)}: ${placeOf(group, event.target)}.`);
  });

  function prepare(root) {
    for (const group of root.querySelectorAll("[data-rows]:not(.rows-ready)")) {
      group.classList.add("rows-ready");
      rowsOf(group).forEach(reveal);
      for (const row of rowsOf(group)) {
        if (field(row, "DELETE")?.checked) remove(group, row);
      }
      renumber(group);
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target.parentElement ?? document));
  prepare(document);
})();
