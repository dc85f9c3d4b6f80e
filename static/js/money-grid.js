/* Money as it is typed: reads Indonesian notations, keeps the totals of a grid, echoes what was understood. The server reads again and decides. */
(() => {
  "use strict";

  const UNITS = { k: 1e3, rb: 1e3, ribu: 1e3, jt: 1e6, juta: 1e6, m: 1e9, miliar: 1e9, milyar: 1e9, t: 1e12, triliun: 1e12, trilyun: 1e12 };

  /** Whole rupiah in a text such as "450 jt", "1,25 miliar", "Rp 450.000.000,00"; null when empty, NaN when unreadable. */
  function read(text) {
    const plain = text.trim().toLowerCase().replace(/^rp\.?\s*/, "").replace(/\s+/g, " ");
    if (plain === "" || plain === "-") return null;
    const match = plain.match(/^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))? ?([a-z]+)?\.?$/);
    if (!match || (match[3] && !UNITS[match[3]])) return NaN;
    if (!match[3] && match[2] && !/^0?0$/.test(match[2])) return NaN; // "1,250": the server asks what is meant
    const number = Number(`${match[1].replaceAll(".", "")}.${match[2] ?? "0"}`) * (UNITS[match[3]] ?? 1);
    return Number.isSafeInteger(Math.round(number)) ? Math.round(number) : NaN;
  }

  const dotted = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const rupiah = (number) => `Rp${dotted(number)}`;

  function say(echo, number) {
    const strong = document.createElement("b");
    strong.textContent = rupiah(number);
    echo.replaceChildren("Terbaca: ", strong);
  }

  function sum(grid) {
    const totals = new Map();
    let whole = 0;
    for (const input of grid.querySelectorAll("td[data-year] input:not([type=hidden])")) {
      if (input.closest(".is-removed")) continue;
      const amount = read(input.value);
      if (!amount) continue;
      const year = input.closest("td").dataset.year;
      totals.set(year, (totals.get(year) ?? 0) + amount);
      whole += amount;
    }
    for (const cell of grid.querySelectorAll("[data-total]")) {
      cell.textContent = cell.dataset.year ? dotted(totals.get(cell.dataset.year) ?? 0) : dotted(whole);
    }
    for (const echo of (grid.closest("form") ?? document).querySelectorAll("[data-money-echo]")) say(echo, whole);
  }

  function single(input) {
    const echo = document.querySelector(`[data-echo-for="${CSS.escape(input.id)}"]`);
    if (!echo) return;
    const amount = read(input.value);
    if (amount === null) echo.textContent = "";
    else if (Number.isNaN(amount)) echo.textContent = "Belum terbaca sebagai angka. Contoh: 450.000.000 atau 450 juta";
    else say(echo, amount);
  }

  document.addEventListener("input", (event) => {
    event.target.closest?.("form")?.querySelectorAll("[data-money-grid]").forEach(sum);
    if (event.target.matches?.("input[data-money]")) single(event.target);
  });

  const prepare = (root) => root.querySelectorAll("[data-money-grid]").forEach(sum);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  prepare(document);
})();
