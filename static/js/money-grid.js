/* The one quick reader of money: while one types it keeps the totals of a grid and says what it understood. It knows only what is beyond doubt;
   the server reads every text again, decides what is stored and asks about the rest (smartcity/common/numbers.py). */
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

  function tell(echo, whole, years, sources) {
    const strong = document.createElement("b");
    strong.textContent = rupiah(whole);
    echo.replaceChildren("Terbaca: ", strong, sources ? `, ${years} tahun, ${sources} sumber dana` : "");
  }

  function sum(grid) {
    const totals = new Map();
    let whole = 0;
    let sources = 0;
    for (const row of grid.querySelectorAll("[data-row], tbody:not([data-row]) tr")) {
      let inRow = 0;
      let understood = false;
      for (const input of row.classList.contains("is-removed") ? [] : row.querySelectorAll("td[data-year] input:not([type=hidden])")) {
        const amount = read(input.value);
        if (amount === null || Number.isNaN(amount)) continue;
        const year = input.closest("td").dataset.year;
        totals.set(year, (totals.get(year) ?? 0) + amount);
        inRow += amount;
        understood = true;
      }
      whole += inRow;
      if (understood) sources += 1;
      const total = row.querySelector("[data-row-total]");
      if (total) total.textContent = dotted(inRow);
    }
    for (const cell of grid.querySelectorAll("[data-total]")) cell.textContent = dotted(totals.get(cell.dataset.year) ?? 0);
    const echo = (grid.closest("[data-rows], fieldset, form") ?? document).querySelector("[data-money-echo]");
    if (echo) tell(echo, whole, totals.size, grid.querySelector("[data-row]") ? sources : 0);
  }

  /** Say at once what was understood, where that says more than the text. */
  function single(input) {
    const amount = read(input.value);
    const bare = input.value.trim().toLowerCase().replace(/^rp\.?|\s/g, "");
    const words = amount === null || Number.isNaN(amount) || bare === dotted(amount) ? "" : rupiah(amount);
    input.dispatchEvent(new CustomEvent("portal:understood", { bubbles: true, detail: words }));
  }

  document.addEventListener("input", (event) => {
    const grid = event.target.closest?.("[data-money-grid], [data-rows]");
    if (!grid) return;
    for (const one of grid.matches("[data-money-grid]") ? [grid] : grid.querySelectorAll("[data-money-grid]")) sum(one);
    if (event.target.matches("td[data-year] input")) single(event.target);
  });

  const prepare = (root) => root.querySelectorAll("[data-money-grid]").forEach(sum);
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));
  prepare(document);
})();
