/* Errors that come back from saving while one types, shown beside the control exactly as the server draws them in a page (bootstrap5/field.html). */
(() => {
  "use strict";

  const list = (control, name) => (control.getAttribute(name) ?? "").split(" ").filter(Boolean);

  function describe(control, id, add) {
    const ids = list(control, "aria-describedby").filter((one) => one !== id);
    if (add) ids.push(id);
    if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
    else control.removeAttribute("aria-describedby");
  }

  function paragraphs(sentences) {
    return sentences.map((sentence) => {
      const line = document.createElement("p");
      const words = document.createElement("span");
      line.className = "error";
      words.textContent = sentence;
      line.append(Portal.icon("exclamation-circle-fill"), words);
      return line;
    });
  }

  // The element that is described: the list as a whole for radio buttons and check boxes.
  const described = (field, control) => field.querySelector("fieldset") ?? control;

  function inField(field, control, sentences) {
    const id = `${field.id.replace(/^div_/, "")}_error`;
    const box = document.createElement("div");
    box.id = id;
    box.dataset.live = "";
    box.append(...paragraphs(sentences));
    field.classList.add("has-error");
    control.classList.add("is-invalid");
    const before = [...field.querySelectorAll(".example, .hint, legend, label.form-label")].at(0);
    const last = field.querySelector(":scope > .example, fieldset > .example") ?? field.querySelector(":scope > .hint, fieldset > .hint")
      ?? before;
    if (last && !last.closest(".form-check")) last.after(box);
    else field.prepend(box);
    describe(described(field, control), id, true);
  }

  // A cell of the money grid has no room: its errors stand in a row above.
  function aboveRow(row, control, sentences) {
    const id = `${control.id}_error`;
    const holder = document.createElement("tr");
    const cell = document.createElement("th");
    const box = document.createElement("div");
    const year = control.closest("td")?.dataset.year;
    holder.dataset.live = "";
    cell.scope = "row";
    cell.colSpan = row.cells.length;
    box.id = id;
    box.append(...paragraphs(sentences.map((sentence) => (year ? `${year}: ${sentence}` : sentence))));
    cell.append(box);
    holder.append(cell);
    row.before(holder);
    control.classList.add("is-invalid");
    describe(control, id, true);
  }

  function show(id, sentences) {
    const control = document.getElementById(id);
    if (!control) return;
    const field = control.closest('[id^="div_id_"]');
    const row = control.closest(".money-grid tr");
    if (row) aboveRow(row, control, sentences);
    else if (field) inField(field, control, sentences);
    else {
      const box = document.createElement("div");
      box.dataset.live = "";
      box.append(...paragraphs(sentences));
      (control.closest(".field")?.querySelector(".rows, [data-rows]") ?? control).prepend(box);
    }
    control.closest("details")?.setAttribute("open", "");
  }

  function clear(question) {
    for (const box of question.querySelectorAll("[data-live], [id$='_error']")) {
      for (const one of question.querySelectorAll(`[aria-describedby~="${CSS.escape(box.id || "-")}"]`)) describe(one, box.id, false);
      for (const inner of box.querySelectorAll("[id$='_error']")) {
        for (const one of question.querySelectorAll(`[aria-describedby~="${CSS.escape(inner.id)}"]`)) describe(one, inner.id, false);
      }
      (box.closest("tr:not([data-row])") ?? box).remove();
    }
    for (const line of question.querySelectorAll("p.error")) line.remove();
    for (const field of question.querySelectorAll(".has-error")) field.classList.remove("has-error");
    for (const control of question.querySelectorAll(".is-invalid")) control.classList.remove("is-invalid");
  }

  /** Replace the errors of the questions that were just judged. `errors`: sentences by the id of their control. */
  Portal.showErrors = (judged, errors) => {
    for (const question of judged) if (question) clear(question);
    for (const [id, sentences] of Object.entries(errors)) show(id, sentences);
    const summary = document.querySelector("[data-error-summary]");
    if (summary && Object.keys(errors).length === 0 && !document.querySelector(".question .error")) summary.remove();
  };
})();
