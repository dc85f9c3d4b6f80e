/* Formset rows: add from a <template>, remove, reorder, renumber. Without JavaScript the server offers extra rows and delete boxes. */
(() => {
  "use strict";

  const control = (group, name) => group.querySelector(`input[name="${group.dataset.rows}-${name}"]`);
  const rowsOf = (group) => [...group.querySelectorAll("[data-row]")];
  const shown = (group) => rowsOf(group).filter((row) => !row.classList.contains("is-removed"));
  const field = (row, name) => row.querySelector(`input[name$="-${name}"]`);

  function renumber(group) {
    shown(group).forEach((row, index) => {
      const number = row.querySelector("[data-row-number]");
      if (number) number.textContent = index + 1;
      const order = field(row, "ORDER");
      if (order) order.value = index + 1;
    });
    const maximum = control(group, "MAX_NUM_FORMS");
    const add = group.querySelector("[data-row-add]");
    if (maximum && add) add.hidden = shown(group).length >= Number(maximum.value);
  }

  function changed(group) {
    renumber(group);
    group.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function add(group) {
    const total = control(group, "TOTAL_FORMS");
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = group.querySelector("template").innerHTML.replaceAll("__prefix__", String(index));
    const row = holder.content.querySelector("[data-row]");
    rowsOf(group).at(-1)?.after(row) ?? group.querySelector(".row-list, tbody").append(row);
    total.value = index + 1;
    reveal(row);
    changed(group);
    row.querySelector("input:not([type=hidden], [type=checkbox]), select, textarea")?.focus();
  }

  // A removed row stays in the form, marked for deletion, until it is sent: so it can be brought back.
  function remove(group, row) {
    field(row, "DELETE").checked = true;
    row.classList.add("is-removed");
    const note = document.createElement("p");
    note.className = "row-undo";
    note.setAttribute("role", "status");
    note.textContent = "Baris dihapus saat disimpan. ";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "btn btn-text btn-small";
    undo.textContent = "Batalkan hapus";
    undo.addEventListener("click", () => restore(group, row, note));
    note.append(undo);
    const cells = row.matches("tr") ? document.createElement("td") : null;
    if (cells) { cells.colSpan = 99; cells.className = "row-undo"; cells.append(note); }
    row.append(cells ?? note);
    changed(group);
    undo.focus();
  }

  function restore(group, row, note) {
    field(row, "DELETE").checked = false;
    row.classList.remove("is-removed");
    (note.closest("td.row-undo") ?? note).remove();
    changed(group);
    row.querySelector("[data-row-remove]").focus();
  }

  function move(group, row, step) {
    const rows = shown(group);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    changed(group);
  }

  function reveal(row) {
    const deletable = field(row, "DELETE");
    for (const button of row.querySelectorAll("[data-row-up], [data-row-down], [data-row-remove]")) {
      button.hidden = button.matches("[data-row-remove]") && !deletable;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-row-add], [data-row-remove], [data-row-up], [data-row-down]");
    const group = button?.closest("[data-rows]");
    if (!group) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    if (button.matches("[data-row-add]")) add(group);
    else if (button.matches("[data-row-remove]")) remove(group, row);
    else {
      move(group, row, button.matches("[data-row-up]") ? -1 : 1);
      button.focus();
    }
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
