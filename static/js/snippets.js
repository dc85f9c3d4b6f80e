/* Saved replies: puts the chosen one into the text at the cursor. Without it the button asks the portal to put it behind the text. */
(() => {
  "use strict";

  // Words that stand in a paragraph of their own, wherever the cursor is.
  function put(area, words) {
    const before = area.value.slice(0, area.selectionStart).trimEnd();
    const after = area.value.slice(area.selectionEnd).trimStart();
    const head = before ? `${before}\n\n` : "";
    area.value = head + words + (after ? `\n\n${after}` : "");
    area.focus();
    area.selectionStart = area.selectionEnd = head.length + words.length;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Listens on the page, because a form may come into it later.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-snippets] button[name=sisipkan]");
    if (!button) return;
    const box = button.closest("[data-snippets]");
    const area = document.getElementById(box.dataset.snippets);
    const chosen = box.querySelector("select").selectedOptions[0];
    if (!area || !chosen) return;
    event.preventDefault();
    const said = box.querySelector("[data-snippets-said]");
    if (chosen.value) put(area, chosen.dataset.text);
    said.textContent = chosen.value ? `“${chosen.textContent}” disisipkan.` : "Pilih balasannya lebih dulu.";
  });
})();
