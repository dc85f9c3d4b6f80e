/* The questions of a form page: which control belongs to which, what stands in them, and putting that back. Knows no network and no storage. */
(() => {
  "use strict";

  // Names that belong to the page and not to a question.
  const OWN = new Set(["csrfmiddlewaretoken", "edit_version", "next", "add_row", "tracked", "changed", "seen"]);
  const COUNTS = /_FORMS$/;

  /** The question a control belongs to: a table's controls begin with its key. "" for what belongs to none. */
  const keyOf = (name) => (!name || OWN.has(name) ? "" : name.split("-")[0]);

  /** One text for what stands in a question, to compare. */
  const signature = (entries) => JSON.stringify(entries ?? []);

  /** The same without bookkeeping and empty places, to tell whether two states of a question mean the same. */
  const meaning = (entries) =>
    signature((entries ?? []).filter(([name, value]) => value !== "" && !COUNTS.test(name) && !name.endsWith("-ORDER")));

  const textual = (text) => text.replaceAll("\r\n", "\n");
  const first = (select) => (select.multiple || select.size > 1 ? null : [...select.options].find((option) => !option.disabled));

  /** Whether a control no longer stands as the server sent it. */
  function isTouched(control) {
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
    if (control.options) {
      const given = [...control.options].filter((option) => option.defaultSelected);
      const before = given.length ? given : [first(control)];
      return [...control.options].some((option) => option.selected !== before.includes(option));
    }
    return control.type !== "hidden" && "defaultValue" in control && textual(control.value) !== textual(control.defaultValue);
  }

  function questionsOf(form) {
    const questions = { reading: false };

    /** What stands in every question: key -> [[name, value], ...] as the form would send it, or sends it in `sent`. */
    questions.read = (sent = null) => {
      const found = new Map();
      for (const control of form.elements) {
        const key = keyOf(control.name);
        if (key && !found.has(key)) found.set(key, []);
      }
      questions.reading = true;
      const data = sent ?? new FormData(form);
      questions.reading = false;
      for (const [name, value] of data) {
        if (typeof value === "string") found.get(keyOf(name))?.push([name, value.replaceAll("\r\n", "\n")]);
      }
      return found;
    };

    /** The questions answered in this page before any script was there to see it. */
    questions.touched = () => new Set([...form.elements].filter(isTouched).map((control) => keyOf(control.name)).filter(Boolean));

    questions.element = (key) => form.querySelector(`[data-question="${CSS.escape(key)}"]`);

    questions.label = (key) =>
      [...(questions.element(key)?.querySelectorAll("label, legend, summary, h2, h3") ?? [])]
        .find((words) => !words.closest(".thread"))?.firstChild?.textContent.trim() || key; // a conversation has heads of its own

    const controlsOf = (key) => [...form.elements].filter((control) => keyOf(control.name) === key);
    const rowsOf = (group) => [...group.querySelectorAll("[data-row]")];
    const inRow = (row, name) => row.querySelector(`[name$="-${name}"]`);

    // A table gets as many rows as it had; rows that are too many are marked as removed.
    function fitRows(key, values) {
      const total = Number(values.get(`${key}-TOTAL_FORMS`)?.[0]);
      const group = form.querySelector(`[data-rows="${CSS.escape(key)}"]`);
      if (!group || !Number.isInteger(total)) return;
      const add = group.querySelector("[data-row-add]");
      for (let count = rowsOf(group).length; count < total && add; count += 1) add.click();
      for (const row of rowsOf(group)) {
        const gone = inRow(row, "DELETE");
        if (!gone) continue;
        const place = Number(gone.name.split("-").at(-2));
        const wanted = place >= total || values.has(gone.name);
        if (wanted && !gone.checked) row.querySelector("[data-row-remove]")?.click();
        if (!wanted && gone.checked) row.querySelector(".row-undo button")?.click();
      }
    }

    // Rows stand in the order that was given to them; rows.js numbers them as they stand.
    function orderRows(key) {
      const group = form.querySelector(`[data-rows="${CSS.escape(key)}"]`);
      const rows = group ? rowsOf(group).filter((row) => inRow(row, "ORDER")) : [];
      if (rows.length < 2) return;
      const place = (row) => Number(inRow(row, "ORDER").value) || rows.length;
      const marker = document.createElement("i");
      rows[0].before(marker);
      marker.before(...[...rows].sort((one, other) => place(one) - place(other)));
      marker.remove();
    }

    function put(control, given) {
      const before = control.type === "checkbox" || control.type === "radio" ? control.checked : control.value;
      if (typeof before === "boolean") control.checked = given.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = given.includes(option.value);
      else if (given.length) control.value = given[0];
      const after = typeof before === "boolean" ? control.checked : control.value;
      if (after === before) return;
      control.closest("details")?.setAttribute("open", "");
      control.dispatchEvent(new CustomEvent("portal:restored", { bubbles: true }));
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /** Put back what once stood in a question. Controls are told by `portal:restored` and `input`. */
    questions.write = (key, entries) => {
      const values = new Map();
      for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
      fitRows(key, values);
      for (const control of controlsOf(key)) {
        if (COUNTS.test(control.name) || control.name.endsWith("-DELETE")) continue;
        put(control, values.get(control.name) ?? []);
      }
      orderRows(key);
    };

    return questions;
  }

  Object.assign(window.Portal, { keyOf, signature, meaning, questionsOf });
})();
