/* What was typed into a plain form is kept in this tab while it is sent, and offered again on the same page to the same
person when the session had ended. Gone once accepted, at sign-out, for somebody else, and after 12 hours. Forms that
save themselves (data-autosave) have copies of their own (drafts.js). */
(() => {
  "use strict";

  const MARK = "isian:";
  const KEPT_MS = 12 * 3600 * 1000;
  const WRITTEN = new Set(["textarea", "text", "email", "url", "tel", "search", "number", "date", "time"]);
  const CHOSEN = new Set(["select-one", "select-multiple", "checkbox", "radio"]);
  const reader = document.body.dataset.reader ?? ""; // a different word for each person; empty before signing in

  /** Run what needs the storage; a browser that keeps nothing has nothing to offer. */
  const careful = (act) => { try { return act(); } catch { return null; } };
  const names = () => careful(() => Object.keys(sessionStorage).filter((name) => name.startsWith(MARK))) ?? [];
  const forget = (name) => careful(() => sessionStorage.removeItem(name));
  const forgetAll = () => names().forEach(forget);
  const nameOf = (form) => `${MARK}${reader}:${location.pathname}:${new URL(form.getAttribute("action") || location.pathname, location).pathname}#${form.id}`;
  const isCode = (control) => control.autocomplete === "one-time-code" || control.name === "csrfmiddlewaretoken";
  const controlsOf = (form) => [...form.elements].filter(
    (control) => control.name && !control.readOnly && !isCode(control) && (WRITTEN.has(control.type) || CHOSEN.has(control.type)));

  function valueOf(control) {
    if (control.type === "select-multiple") return [...control.selectedOptions].map((option) => option.value);
    return control.type === "checkbox" || control.type === "radio" ? control.checked : control.value;
  }

  function keep(form) {
    if (!reader || form.method !== "post" || "autosave" in form.dataset) return;
    const controls = controlsOf(form);
    if (!controls.some((control) => WRITTEN.has(control.type) && control.value.trim())) return;
    const fields = controls.map((control) => ({ name: control.name, type: control.type, value: valueOf(control) }));
    careful(() => sessionStorage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), path: location.pathname, isLost: false, fields })));
  }

  function read(name) {
    const kept = careful(() => JSON.parse(sessionStorage.getItem(name)));
    return kept && Array.isArray(kept.fields) && Date.now() - kept.at < KEPT_MS ? kept : null;
  }

  // Putting back ---------------------------------------------------------------------------------------------------

  function put(control, value) {
    if (Array.isArray(value)) for (const option of control.options) option.selected = value.includes(option.value);
    else if (typeof value === "boolean") control.checked = value;
    else control.value = value;
    control.closest("details")?.setAttribute("open", "");
    for (const event of ["portal:restored", "input", "change"]) control.dispatchEvent(new CustomEvent(event, { bubbles: true }));
  }

  /** Whether the form is on the page and has each of the fields. They are matched in order, for names may repeat. */
  function matches(form, fields) {
    const controls = form ? controlsOf(form) : [];
    const same = controls.length === fields.length && controls.every((control, n) => control.name === fields[n].name && control.type === fields[n].type);
    return same ? controls : null;
  }

  function textsOf(fields) {
    return fields.filter((field) => WRITTEN.has(field.type) && field.value.trim()).map((field) => {
      const area = document.createElement("textarea");
      Object.assign(area, { className: "form-control", readOnly: true, rows: 3, value: field.value });
      area.setAttribute("aria-label", "Teks yang tadi Anda tulis");
      return area;
    });
  }

  function button(words, kind, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: `btn ${kind} btn-small`, textContent: words });
    made.addEventListener("click", act);
    return made;
  }

  function offer(name, kept) {
    const note = document.createElement("section");
    note.className = "note note-warning";
    note.setAttribute("aria-label", "Isian sebelum sesi berakhir");
    const sentence = document.createElement("p");
    sentence.textContent = "Isian Anda sebelum sesi berakhir masih ada.";
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(
      button("Kembalikan isian", "btn-primary", () => {
        const controls = matches([...document.forms].find((form) => nameOf(form) === name), kept.fields);
        if (!controls) { actions.replaceWith(...textsOf(kept.fields)); return; } // the form is not on the page just now
        controls.forEach((control, n) => put(control, kept.fields[n].value));
        note.remove();
        controls.find((control) => WRITTEN.has(control.type) && control.value)?.focus();
      }),
      button("Buang", "btn-text", () => { forget(name); note.remove(); }));
    note.append(sentence, actions);
    (document.querySelector("main .primary") ?? document.querySelector("main"))?.prepend(note);
  }

  function open(name) {
    const kept = read(name);
    const isMine = name.startsWith(`${MARK}${reader}:`);
    if (!kept) forget(name);
    else if (!reader || document.querySelector("[data-unsent]")) careful(() => sessionStorage.setItem(name, JSON.stringify({ ...kept, isLost: true })));
    else if (!isMine || !kept.isLost) forget(name); // somebody else's, or accepted
    else if (kept.path === location.pathname) offer(name, kept);
  }

  // Sending --------------------------------------------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/logout/")) forgetAll();
    else keep(event.target);
  }, true);
  addEventListener("storage", (event) => { if (event.key === "keluar") forgetAll(); });

  const formOf = (event) => event.detail.elt.form ?? event.detail.elt.closest("form");
  document.addEventListener("htmx:configRequest", (event) => {
    const form = formOf(event);
    if (form && event.detail.verb === "post") keep(form);
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = formOf(event);
    const { xhr } = event.detail;
    if (!form || event.detail.requestConfig.verb !== "post") return;
    if (xhr.getResponseHeader("HX-Redirect")) form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true })); // kept: no need to ask
    else if (xhr.status < 400) forget(nameOf(form));
  });

  names().forEach(open);
})();
