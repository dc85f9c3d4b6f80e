/* What can be put into a text besides words: references, offered while one types @, and figures of the plan from a list.
   It works on an editor of rich-text.js, for textareas with data-references; the address to ask stands in a meta element. */
window.References = (() => {
  "use strict";

  const { Marks } = window;
  const url = document.querySelector('meta[name="references-url"]')?.content;
  const BEGUN = /(?:^|[\s(])@([^@\n]{0,60})$/;
  const WAIT = 150;

  const make = (tag, attributes = {}, ...kids) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...kids);
    return node;
  };

  return ({ area, root, frame, editor, say }) => {
    const list = make("ul", { class: "rich-offers", role: "listbox", id: `${area.id}_offers`, "aria-label": "Rujukan", hidden: "" });
    root.after(list);
    let chosen = -1, timer, asked = 0, dismissed = "";

    const options = () => [...list.children];
    const isOpen = () => !list.hidden;

    // The "@" before the caret with what was typed after it, as a range; null where there is none.
    function begun() {
      const range = editor.getSelection();
      if (!range.collapsed || range.startContainer.nodeType !== Node.TEXT_NODE) return null;
      const before = range.startContainer.data.slice(0, range.startOffset).replace(/\u200b/g, "");
      const match = BEGUN.exec(before);
      if (!match) return null;
      const found = range.cloneRange();
      found.setStart(range.startContainer, range.startContainer.data.lastIndexOf("@", range.startOffset - 1));
      return { query: match[1], range: found };
    }

    function close() {
      list.hidden = true;
      list.replaceChildren();
      chosen = -1;
      root.removeAttribute("aria-activedescendant");
      root.removeAttribute("aria-controls");
    }

    function mark(place) {
      const all = options();
      chosen = (place + all.length) % all.length;
      all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
      root.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }

    function show(targets) {
      if (!targets.length) { close(); say("Tidak ada yang cocok."); return; }
      list.replaceChildren(...targets.map((target, number) => {
        const option = make("li", { role: "option", id: `${list.id}_${number}`, "aria-selected": "false" },
          make("span", {}, target.words), make("span", { class: "small muted" }, target.kind));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); put(target); });
        option.target = target;
        return option;
      }));
      list.hidden = false;
      root.setAttribute("aria-controls", list.id);
      say(`${targets.length} pilihan. Tombol panah memilih, Enter memasang.`);
      mark(0);
    }

    function put(target) {
      const found = begun();
      close();
      if (!found) return;
      editor.setSelection(found.range);
      insert(target);
    }

    function insert(target) {
      const words = Marks.write([{ kind: "paragraph", lines: [[{ text: target.text, bold: false, link: `rujuk:${target.anchor}` }]] }]);
      editor.insertHTML(words);
      editor.insertPlainText(" ");
      say(`Rujukan ke ${target.words} dipasang.`);
    }

    async function ask() {
      const found = begun();
      if (!found || found.query === dismissed) { if (!found) dismissed = ""; close(); return; }
      dismissed = "";
      const number = ++asked;
      try {
        const answer = await fetch(`${url}?q=${encodeURIComponent(found.query.trim())}`, { headers: { Accept: "application/json" } });
        if (number !== asked) return;
        if (!answer.ok) throw new Error(answer.status);
        show((await answer.json()).targets);
      } catch {
        if (number === asked) { close(); say("Daftar rujukan tidak dapat dimuat. Periksa jaringan, lalu ketik lagi."); }
      }
    }

    frame.addEventListener("keydown", (event) => {
      if (!isOpen() || event.isComposing || !root.contains(event.target)) return;
      const acts = {
        ArrowDown: () => mark(chosen + 1),
        ArrowUp: () => mark(chosen - 1),
        Enter: () => put(options()[chosen].target),
        Tab: () => put(options()[chosen].target),
        Escape: () => { dismissed = begun()?.query ?? ""; asked += 1; close(); },
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      acts[event.key]();
    }, true);
    editor.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    root.addEventListener("blur", close);

    document.querySelector("[data-pictures]")?.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-anchor]");
      if (!button) return;
      editor.focus();
      insert(button.dataset);
    });

    const picker = document.querySelector("[data-placeholders]");
    picker?.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-chip]");
      if (!button) return;
      editor.focus();
      editor.insertPlainText(button.dataset.chip);
      say(`${button.textContent.trim()} disisipkan.`);
    });
  };
})();
