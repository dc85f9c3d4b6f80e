/* Choosing several rows of a list: one box for all of them, and how many are chosen. Without it every box works by itself. */
(() => {
  "use strict";

  for (const form of document.querySelectorAll("form[data-pick]")) {
    const boxes = () => [...form.querySelectorAll("input[data-pick-row]")];
    const all = form.querySelector("[data-pick-all]");
    const count = form.querySelector("[data-pick-count]");

    const tell = () => {
      const chosen = boxes().filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
      count.textContent = chosen ? `${chosen} dipilih` : "";
    };

    form.querySelector("[data-pick-tools]").hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      tell();
    });
    form.addEventListener("change", (event) => { if (event.target !== all) tell(); });
    tell();
  }
})();
