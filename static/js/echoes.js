/* What was understood, beside each control: the answer of the server ("portal:answered") and the quick reader of money ("portal:understood").
   Echoes, the choice between meanings, and fragments of the page that follow from what was typed. Nothing is judged here. */
(() => {
  "use strict";

  const beside = (kind, id) => document.querySelector(`[data-${kind}-for="${CSS.escape(id)}"]`);

  function describe(control, id, wanted) {
    const ids = new Set((control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean));
    if (wanted) ids.add(id);
    else ids.delete(id);
    if (ids.size) control.setAttribute("aria-describedby", [...ids].join(" "));
    else control.removeAttribute("aria-describedby");
  }

  function say(control, text) {
    let echo = beside("echo", control.id);
    describe(control, `${control.id}_echo`, Boolean(text));
    if (!text) {
      echo?.remove();
      return;
    }
    if (!echo) {
      echo = document.createElement("p");
      echo.className = "echo";
      echo.id = `${control.id}_echo`;
      echo.dataset.echoFor = control.id;
      control.after(echo);
    }
    const word = document.createElement("span");
    word.className = "echo-word";
    word.textContent = "Terbaca: ";
    const strong = document.createElement("b");
    strong.textContent = text;
    echo.replaceChildren(word, strong);
  }

  const labelOf = (control) => control.labels?.[0]?.textContent.replace(/\s+/g, " ").trim() ?? "";

  /** A question needs room: below the grid of targets, above the row of money, else below the control. */
  function settle(control, group) {
    const grid = control.closest(".target-grid");
    const row = control.closest("tbody[data-row]");
    if (!grid && !row) {
      control.after(group);
      return;
    }
    group.firstChild.textContent = `${labelOf(control)}, yang dimaksud:`;
    if (grid) grid.after(group);
    else {
      const line = row.insertRow(0);
      line.className = "money-above";
      line.dataset.askLine = "";
      const cell = line.insertCell();
      cell.colSpan = row.parentElement.tHead.rows[0].cells.length;
      cell.append(group);
    }
  }

  function forget(control) {
    const group = beside("asks", control.id);
    (group?.closest("[data-ask-line]") ?? group)?.remove();
  }

  function ask(control, choices) {
    forget(control);
    if (!choices?.length) return;
    const group = document.createElement("div");
    group.className = "ask";
    group.dataset.asksFor = control.id;
    const word = document.createElement("span");
    word.textContent = "Yang dimaksud:";
    group.append(word);
    for (const choice of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary btn-small";
      button.dataset.reading = choice.spelling;
      button.textContent = choice.label;
      group.append(" ", button);
    }
    settle(control, group);
  }

  // One quiet voice for the page: the control one has just left or stands in, once the server has answered.
  let voice;
  function announce(text) {
    if (!voice) {
      voice = document.createElement("p");
      voice.className = "visually-hidden";
      voice.setAttribute("role", "status");
      document.body.append(voice);
    }
    voice.textContent = text;
  }

  let edited = null;

  document.addEventListener("portal:answered", (event) => {
    const { echoes = {}, asks = {}, fragments = {} } = event.detail ?? {};
    for (const [id, text] of Object.entries(echoes)) {
      const control = document.getElementById(id);
      if (control) say(control, text);
    }
    for (const [id, choices] of Object.entries(asks)) {
      const control = document.getElementById(id);
      if (control) ask(control, choices);
    }
    for (const [id, html] of Object.entries(fragments)) {
      const place = document.getElementById(id);
      if (place) place.innerHTML = html;
    }
    if (!edited) return;
    if (asks[edited.id]) announce(`${labelOf(edited)}: dapat berarti lain, pilih yang dimaksud.`);
    else if (echoes[edited.id]) announce(`${labelOf(edited)} terbaca ${echoes[edited.id]}`);
    else return; // nothing is said of it yet: an answer may be on its way to what was typed before
    edited = null;
  });

  document.addEventListener("portal:understood", (event) => say(event.target, event.detail));

  // An echo belongs to the text it was made from: a changed text has none until it is read again.
  document.addEventListener("input", (event) => {
    const control = event.target;
    if (!control.id || !control.name) return;
    edited = control;
    forget(control);
    say(control, "");
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reading]");
    const id = button?.closest("[data-asks-for]")?.dataset.asksFor;
    const control = id && document.getElementById(id);
    if (!control) return;
    event.preventDefault();
    control.value = button.dataset.reading;
    control.focus();
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
