/* What the page says about saving: the line in its head and the notes above the form. The words stand in editing/row/saved.html and saving_notes.html. */
(() => {
  "use strict";

  const line = () => document.getElementById("saved-state");

  /** A copy of an icon that the page brought along. */
  Portal.icon = (name) => document.querySelector("#saving-icons")?.content
    .querySelector(`[data-icon="${name}"] svg`)?.cloneNode(true) ?? "";

  /** Show a state of the head line: saved (with time), saving, offline, down, attention, stopped. */
  Portal.say = (state, time = "") => {
    const place = line();
    const words = document.querySelector(`template[data-saved="${state}"]`);
    if (!place || !words || (place.dataset.state === state && !time)) return;
    const content = words.content.cloneNode(true);
    for (const slot of content.querySelectorAll("[data-time]")) slot.textContent = time;
    place.dataset.state = state;
    place.className = `saved saved-${words.dataset.colour}`;
    place.replaceChildren(content);
  };

  /** Show a note above the form; `slots` are texts by name, `acts` what its buttons do. The same note is shown once. */
  Portal.note = (name, slots = {}, acts = {}) => {
    const place = document.getElementById("saving-notes");
    const words = document.querySelector(`template[data-note="${name}"]`);
    if (!place || !words) return null;
    const note = document.createElement("div");
    note.dataset.shown = name;
    note.append(words.content.cloneNode(true));
    for (const [slot, text] of Object.entries(slots)) {
      for (const element of note.querySelectorAll(`[data-slot="${slot}"]`)) element.textContent = text;
    }
    for (const [act, run] of Object.entries(acts)) {
      for (const button of note.querySelectorAll(`[data-act="${act}"]`)) button.addEventListener("click", run);
    }
    Portal.unnote(name);
    place.append(note);
    return note;
  };

  Portal.unnote = (name) => document.querySelector(`#saving-notes [data-shown="${name}"]`)?.remove();
})();
