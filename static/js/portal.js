/* What every page gains from JavaScript; without it everything still works. Rows of forms are in rows.js, money in money-grid.js. */
(() => {
  "use strict";

  const cookieToken = () => {
    const found = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  };
  const metaToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  // What the other scripts of a page share.
  const Portal = window.Portal = { token: () => cookieToken() || metaToken() };

  // While something is being pressed nothing may move below it: what the release no longer meets is not clicked.
  let [pressed, release] = [null, null];
  document.addEventListener("pointerdown", () => { pressed ??= new Promise((resolve) => { release = resolve; }); }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => setTimeout(() => { release?.(); pressed = release = null; }), true); // after the click
  }
  /** Resolves at once, or when what is pressed just now has been let go. */
  Portal.released = () => pressed ?? Promise.resolve();

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = Portal.token();
  });

  // The token changes when one signs in again in another tab; the cookie always holds the valid one.
  document.addEventListener("submit", (event) => {
    const token = cookieToken();
    const field = event.target.querySelector('input[name="csrfmiddlewaretoken"]');
    if (token && field) field.value = token;
  }, true);

  const focusSummary = (root) => root.querySelector("[data-error-summary]")?.focus();

  // A link of the summary moves the focus into the control, not only the view.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    control.closest("details")?.setAttribute("open", "");
    const place = control.closest(".field, .target-grid-wrap, tbody[data-row]") ?? control.closest("tr, .row-item") ?? control;
    place.scrollIntoView();
    control.focus({ preventScroll: true });
  });

  // Which files were chosen, in the language of the page (components/file_face.html).
  function sayChosen(input) {
    const said = input.parentElement.querySelector("[data-file-name]");
    const names = [...input.files].map((file) => file.name);
    if (said) said.textContent = names.length > 1 ? `${names.length} berkas: ${names.join(", ")}` : names.join("");
  }
  document.addEventListener("change", (event) => { if (event.target.type === "file") sayChosen(event.target); });
  // A browser that goes back, or loads again, may still hold what was chosen.
  window.addEventListener("pageshow", () => { for (const input of document.querySelectorAll(".file-input")) sayChosen(input); });

  document.addEventListener("click", (event) => {
    event.target.closest?.("[data-dismiss]")?.closest("[data-toast]")?.remove();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  const textOf = (source) => source.href ?? ("value" in source ? source.value : source.innerText);

  async function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    let said = "Tersalin";
    try {
      await navigator.clipboard.writeText(textOf(source));
    } catch {
      const selection = getSelection();
      if (source.select) source.select();
      else selection.selectAllChildren(source);
      said = "Teks ditandai, tekan Ctrl+C";
    }
    announce(button, said);
  }

  function announce(button, text) {
    let status = button.parentElement.querySelector("[data-copied]");
    if (!status) {
      status = document.createElement("span");
      status.dataset.copied = "";
      status.className = "saved saved-saved";
      status.setAttribute("role", "status");
      button.after(status);
    }
    status.textContent = text;
    setTimeout(() => { status.textContent = ""; }, 6000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
  });

  // Ask before leaving a guarded form that was changed and not sent.
  const dirty = new Set();
  // A control may lie in one form and belong to another, as the answer to a note beside a question does.
  const guarded = (event) => {
    const form = event.target.form ?? event.target.closest?.("form");
    return form?.matches("[data-guard]") ? form : null;
  };
  document.addEventListener("input", (event) => { const form = guarded(event); if (form) dirty.add(form); });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) dirty.delete(event.target); });
  document.addEventListener("portal:saved", (event) => dirty.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    const open = [...dirty].some((form) => form.isConnected);
    if (open) event.preventDefault();
  });

  // Signing out leaves no copy of what was typed in this browser (drafts.js), and tells the other tabs.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/logout/") || event.target.method !== "post") return;
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("naskah:")) localStorage.removeItem(key);
      localStorage.setItem("keluar", String(Date.now()));
    } catch { /* A browser that keeps nothing has nothing to forget. */ }
  });

  // Filters apply at once; the button that is there without JavaScript stays for the keyboard.
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("form[data-auto] select")) event.target.form.requestSubmit();
  });

  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-dismiss][hidden], [data-copy][hidden]")) button.hidden = false;
  };
  document.addEventListener("htmx:afterSettle", (event) => { prepare(event.target); focusSummary(event.target); });

  prepare(document);
  focusSummary(document);
})();
