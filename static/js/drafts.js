/* The copy in this browser of what is not yet saved: by person and page; gone once the server has it, after 7 days, and at sign-out (portal.js). */
(() => {
  "use strict";

  const MARK = "naskah:";
  const KEPT_MS = 7 * 24 * 3600 * 1000;

  function parsed(name) {
    try {
      const copy = JSON.parse(localStorage.getItem(name));
      return copy && Number.isFinite(copy.at) && typeof copy.answers === "object" ? copy : null;
    } catch {
      return null;
    }
  }

  const names = (beginning) => Object.keys(localStorage).filter((name) => name.startsWith(beginning));

  function forgetOld() {
    for (const name of names(MARK)) {
      const copy = parsed(name);
      if (!copy || Date.now() - copy.at > KEPT_MS) localStorage.removeItem(name);
    }
  }

  /** The copies of one person for one page. Each opened page writes under a name of its own, so that two never mix. */
  function draftsOf(person, page) {
    const beginning = `${MARK}${person}:${page}:`;
    const own = beginning + Math.random().toString(36).slice(2, 10);
    let silent = false;

    /** Run what needs the storage; a browser that keeps nothing (full, or private) saves through the server alone. */
    const careful = (act) => { try { return act(); } catch { return null; } };
    careful(forgetOld);

    return {
      /** Keep `answers` (key -> {entries, version, base, sent}); none removes the copy. */
      keep(answers) {
        if (silent) return;
        careful(() => {
          if (Object.keys(answers).length === 0) localStorage.removeItem(own);
          else localStorage.setItem(own, JSON.stringify({ at: Date.now(), answers }));
        });
      },

      /** What earlier pages left: {at, answers, names}, the newest text of each question; null when there is nothing. */
      left() {
        return careful(() => {
          const found = names(beginning).filter((name) => name !== own);
          const copies = found.map(parsed).filter(Boolean).sort((one, other) => one.at - other.at);
          if (copies.length === 0) return null;
          return { at: copies.at(-1).at, answers: Object.assign({}, ...copies.map((copy) => copy.answers)), names: found };
        });
      },

      discard(left) { careful(() => left.names.forEach((name) => localStorage.removeItem(name))); },

      /** After signing out nothing is written any more, until the same person is back or asks for it. */
      hush(quiet) { silent = quiet; },
    };
  }

  Object.assign(window.Portal, { draftsOf });
})();
