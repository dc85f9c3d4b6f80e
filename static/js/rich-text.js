/* The editor over a textarea with light marks: bold, lists, links, tables. The textarea stays the truth: it is kept up to
   date and says so with an input event, so whatever saves, guards or copies forms needs to know nothing of the editor. */
(() => {
  "use strict";

  const { Marks, RichPaste, Squire } = window;

  const make = (tag, attributes = {}, ...kids) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...kids);
    return node;
  };

  const button = (words, title) => make("button", { type: "button", class: "rich-button", tabindex: "-1", title }, words);

  function edit(area) {
    const label = area.labels[0] ?? document.querySelector(`label[for="${area.id}"]`);
    if (label && !label.id) label.id = `${area.id}_label`;
    const name = label?.firstChild?.textContent.trim() ?? "";
    const help = area.closest(".field")?.querySelector("[data-marks-help]");
    const described = (area.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== help?.id);
    const root = make("div", {
      class: `form-control rich-area${area.classList.contains("is-invalid") ? " is-invalid" : ""}`, id: `${area.id}_editor`,
      contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": name,
    });
    if (label) root.setAttribute("aria-labelledby", label.id);
    if (described.length) root.setAttribute("aria-describedby", described.join(" "));
    if (area.getAttribute("aria-invalid") === "true") root.setAttribute("aria-invalid", "true");
    if (area.rows > 10) root.classList.add("rich-area-tall");
    const status = make("p", { class: "rich-status", role: "status" });
    const bar = make("div", { class: "rich-bar", role: "toolbar", "aria-label": `Bentuk teks: ${name}`, "aria-controls": root.id });
    const tools = make("div", { class: "rich-bar rich-bar-table", role: "toolbar", "aria-label": "Tabel", hidden: "" });
    const frame = make("div", { class: "rich" }, bar, tools, root, status);
    area.before(frame);

    let whole = true;
    const editor = new Squire(root, {
      blockTag: "P",
      addLinks: false,
      // What is given to the editor is always text with marks, never HTML.
      sanitizeToDOMFragment: (text) => inserted(text),
      didError: () => {},
    });
    const say = (words) => { status.textContent = words; };

    function inserted(text) {
      const fragment = Marks.build(Marks.parse(text)), only = fragment.childNodes.length === 1 && fragment.firstChild;
      if (!whole && only && only.nodeName === "P") fragment.replaceChildren(...only.childNodes);
      return fragment;
    }

    // Text and editor --------------------------------------------------------------------------------------------------

    let quiet = false, mine = false;
    function load() {
      quiet = true;
      whole = true;
      editor.setHTML(area.value);
      whole = false;
      setTimeout(() => { quiet = false; refresh(); });
    }
    function store() {
      if (quiet) return;
      const text = Marks.text(root);
      if (text === area.value) return;
      area.value = text;
      mine = true;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      mine = false;
    }
    editor.addEventListener("input", () => { store(); refresh(); });
    root.addEventListener("input", (event) => event.stopPropagation());
    area.addEventListener("portal:restored", load);
    area.addEventListener("input", () => { if (!mine) load(); });
    area.addEventListener("focus", () => editor.focus());
    label?.addEventListener("click", (event) => { event.preventDefault(); editor.focus(); });

    // Bold, lists, undo ------------------------------------------------------------------------------------------------

    const near = (tag) => {
      let node = editor.getSelection().commonAncestorContainer;
      while (node && node !== root) { if (node.nodeName === tag) return node; node = node.parentNode; }
      return null;
    };
    const cell = () => near("TD");
    const toggleBold = () => (editor.hasFormat("B") ? editor.removeBold() : editor.bold());
    function toggleList(tag) {
      if (cell()) say("Daftar tidak dapat dibuat di dalam tabel.");
      else if (near(tag)) editor.removeList();
      else if (tag === "UL") editor.makeUnorderedList();
      else editor.makeOrderedList();
    }

    // Links ------------------------------------------------------------------------------------------------------------

    const field = make("input", { type: "text", class: "form-control", id: `${area.id}_link`, autocomplete: "off", inputmode: "url" });
    const wrong = make("p", { class: "error", role: "alert", hidden: "" }, make("span", {}, "Tulis alamat yang dimulai dengan https:// atau mailto:, misalnya https://contoh.go.id."));
    const put = make("button", { type: "button", class: "btn btn-secondary btn-small" }, "Pasang tautan");
    const drop = make("button", { type: "button", class: "btn btn-text btn-small" }, "Hapus tautan");
    const cancel = make("button", { type: "button", class: "btn btn-text btn-small" }, "Batal");
    const panel = make("div", { class: "rich-link", role: "group", "aria-label": "Tautan", hidden: "" },
      make("label", { class: "form-label", for: field.id }, "Alamat tautan"), wrong, field, make("div", { class: "rich-link-actions" }, put, drop, cancel));
    tools.after(panel);
    panel.addEventListener("input", (event) => event.stopPropagation());
    function openLink() {
      field.value = near("A")?.getAttribute("href") ?? "https://";
      drop.hidden = !near("A");
      wrong.hidden = true;
      panel.hidden = false;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
    function closeLink() { panel.hidden = true; editor.focus(); }
    function putLink() {
      const href = Marks.address(field.value.includes(":") ? field.value : `https://${field.value}`);
      if (!href) { wrong.hidden = false; field.focus(); return; }
      const range = editor.getSelection(), link = near("A");
      panel.hidden = true;
      editor.focus();
      if (link) range.selectNodeContents(link);
      editor.setSelection(range);
      if (link) editor.removeLink();
      editor.makeLink(href);
    }
    put.addEventListener("click", putLink);
    drop.addEventListener("click", () => { panel.hidden = true; editor.focus(); editor.removeLink(); });
    cancel.addEventListener("click", closeLink);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); putLink(); }
      if (event.key === "Escape") { event.preventDefault(); closeLink(); }
    });

    // Tables -----------------------------------------------------------------------------------------------------------

    function into(where) {
      const range = document.createRange();
      range.selectNodeContents(where);
      range.collapse(true);
      editor.focus();
      editor.setSelection(range);
    }
    const emptyCell = () => make("td", {}, make("br"));
    function change(act) {
      const here = cell();
      if (!here) { say("Letakkan kursor di dalam tabel lebih dulu."); return; }
      editor.saveUndoState(editor.getSelection());
      const row = here.parentNode, table = here.closest("table"), place = here.cellIndex;
      act({ here, row, table, place });
      editor.fireEvent("input");
    }
    function insertTable() {
      if (cell()) { say("Tabel tidak dapat dibuat di dalam tabel."); return; }
      const rows = [0, 1, 2].map(() => make("tr", {}, emptyCell(), emptyCell()));
      const table = make("table", {}, make("tbody", {}, ...rows));
      editor.insertElement(table);
      if (!table.nextElementSibling) table.after(editor.createDefaultBlock());
      into(table.rows[0].cells[0]);
      say("Tabel dua kolom dibuat. Baris pertama adalah kepala tabel.");
    }
    const newRow = (row) => {
      const added = make("tr", {}, ...[...row.cells].map(() => emptyCell()));
      row.after(added);
      return added;
    };
    const acts = {
      row: () => change(({ row, place }) => into(newRow(row).cells[place])),
      column: () => change(({ row, table, place }) => {
        for (const each of table.rows) each.cells[place].after(emptyCell());
        into(row.cells[place + 1]);
      }),
      dropRow: () => change(({ row, table }) => {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        if (!next) { leave(table); return; }
        row.remove();
        into(next.cells[0]);
      }),
      dropColumn: () => change(({ row, table, place }) => {
        if (row.cells.length === 1) { leave(table); return; }
        for (const each of table.rows) each.cells[place]?.remove();
        into(row.cells[Math.max(0, place - 1)]);
      }),
    };
    function leave(table) {
      const after = table.nextElementSibling ?? editor.createDefaultBlock();
      if (!after.parentNode) table.after(after);
      table.remove();
      into(after);
    }
    // Emptying all leaves an empty text, not the empty shell of a table or a list.
    function emptied(event) {
      const range = editor.getSelection(), all = (text) => text.replace(/\s|\u200b/g, "");
      if (!["Backspace", "Delete"].includes(event.key) || range.collapsed || all(range.toString()) !== all(root.textContent)) return false;
      editor.saveUndoState(range);
      const block = editor.createDefaultBlock();
      root.replaceChildren(block);
      into(block);
      editor.fireEvent("input");
      return true;
    }
    // A cell is one line: Enter goes to the cell below, and no key joins two cells.
    // Heard on the frame, on the way down: the editor listens on the same element and would be first.
    frame.addEventListener("keydown", (event) => {
      if (event.isComposing || !root.contains(event.target)) return;
      const here = cell(), stop = () => { event.preventDefault(); event.stopImmediatePropagation(); };
      if (emptied(event)) { stop(); return; }
      if (!here) return;
      const range = editor.getSelection();
      if (event.key === "Enter") {
        stop();
        const below = here.parentNode.nextElementSibling ?? newRow(here.parentNode);
        into(below.cells[here.cellIndex]);
        editor.fireEvent("input");
      } else if (range.collapsed && (event.key === "Backspace" || event.key === "Delete")) {
        const edge = document.createRange();
        edge.selectNodeContents(here);
        if (event.key === "Backspace") edge.setEnd(range.startContainer, range.startOffset);
        else edge.setStart(range.endContainer, range.endOffset);
        if (!edge.toString().replace(/\u200b/g, "")) stop();
      }
    }, true);

    // Toolbar ----------------------------------------------------------------------------------------------------------

    const buttons = [
      [button("Tebal", "Tebal (Ctrl+B)"), toggleBold, () => editor.hasFormat("B")],
      [button("Daftar", "Daftar (Ctrl+Shift+8)"), () => toggleList("UL"), () => Boolean(near("UL"))],
      [button("Daftar bernomor", "Daftar bernomor (Ctrl+Shift+9)"), () => toggleList("OL"), () => Boolean(near("OL"))],
      [button("Tautan", "Tautan (Ctrl+K)"), openLink, () => Boolean(near("A"))],
      [button("Tabel", "Sisipkan tabel"), insertTable],
      [button("Batalkan", "Batalkan (Ctrl+Z)"), () => editor.undo()],
      [button("Ulangi", "Ulangi (Ctrl+Y)"), () => editor.redo()],
    ];
    const tableButtons = [
      [button("Tambah baris", "Tambah baris di bawah"), acts.row],
      [button("Tambah kolom", "Tambah kolom di kanan"), acts.column],
      [button("Hapus baris", "Hapus baris ini"), acts.dropRow],
      [button("Hapus kolom", "Hapus kolom ini"), acts.dropColumn],
    ];
    function equip(holder, list) {
      for (const [node, act] of list) {
        holder.append(node);
        node.addEventListener("mousedown", (event) => event.preventDefault());
        node.addEventListener("click", () => { say(""); act(); refresh(); });
      }
      const nodes = list.map(([node]) => node);
      nodes[0].tabIndex = 0;
      holder.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, Home: -nodes.length, End: nodes.length }[event.key];
        if (!step) return;
        event.preventDefault();
        const at = nodes.indexOf(document.activeElement);
        const next = Math.abs(step) > 1 ? (step > 0 ? nodes.length - 1 : 0) : (at + step + nodes.length) % nodes.length;
        for (const node of nodes) node.tabIndex = -1;
        nodes[next].tabIndex = 0;
        nodes[next].focus();
      });
    }
    equip(bar, buttons);
    equip(tools, tableButtons);
    function refresh() {
      for (const [node, , on] of buttons) if (on) node.setAttribute("aria-pressed", String(on()));
      tools.hidden = !cell();
    }
    editor.addEventListener("pathChange", refresh);
    editor.addEventListener("cursor", refresh);

    const key = navigator.platform.startsWith("Mac") ? "Meta-" : "Ctrl-";
    const keys = { b: toggleBold, "Shift-8": () => toggleList("UL"), "Shift-9": () => toggleList("OL"), k: openLink };
    for (const [sign, act] of Object.entries(keys)) {
      editor.setKeyHandler(key + sign, (_, event) => { event.preventDefault(); act(); refresh(); });
    }
    for (const sign of ["i", "u", "Shift-7", "Shift-5", "Shift-6", "d"]) editor.setKeyHandler(key + sign, (_, event) => event.preventDefault());

    // Pasting ----------------------------------------------------------------------------------------------------------

    async function take(data) {
      say("Menempel…");
      const { text, problem } = await RichPaste(data);
      say(problem);
      editor.focus();
      editor.insertHTML(cell() ? text.replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|") : text);
      store();
    }
    const catching = (name, source) => frame.addEventListener(name, (event) => {
      const data = event[source];
      if (!data || !root.contains(event.target) || ![...data.types].some((type) => type.startsWith("text/"))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      take({ getData: ((kept) => (type) => kept[type])({ "text/html": data.getData("text/html"), "text/plain": data.getData("text/plain") }) });
    }, true);
    catching("paste", "clipboardData");
    catching("drop", "dataTransfer");

    if ("references" in area.dataset) window.References?.({ area, root, frame, editor, say });

    load();
    // Only now, when the editor works, does the textarea step back; whoever focuses it gets to the editor.
    area.classList.add("visually-hidden");
    area.tabIndex = -1;
    area.setAttribute("aria-hidden", "true");
    if (help) help.hidden = true;
  }

  // Who is already writing when this script comes is left where they are, until they go on to something else.
  const later = (area) => area.addEventListener("blur", () => window.Portal.released().then(() => setTimeout(() => edit(area))), { once: true });
  for (const area of document.querySelectorAll("textarea[data-rich]")) (area === document.activeElement ? later : edit)(area);
})();
