/* Saves a form page while one types: changed questions only, one packet under way, sent again until it is answered.

What is not yet with the server is kept in this browser (drafts.js) and offered when the page is opened again. Each
question has the version at which this page shows it; see views/autosaving.py for what that is good for. */
(() => {
  "use strict";

  const PAUSE_MS = 1200; // after the last key
  const LONGEST_MS = 5000; // while somebody types on and on
  const COPY_MS = 200;
  const SLOWEST_RETRY_MS = 30_000;
  const STOPPED = new Set(["frozen", "signed_out"]);

  function watch(form) {
    const questions = Portal.questionsOf(form);
    const drafts = Portal.draftsOf(form.dataset.person, form.dataset.page);
    const started = questions.read();
    const confirmed = new Map([...started].map(([key, entries]) => [key, Portal.signature(entries)]));
    const seen = new Map(); // questions shown as of another version than the page's
    const stale = new Set(); // questions somebody else changed since
    const clashes = new Map(); // question -> label, changed by both
    const turnedDown = new Map(); // question -> what the server could not understand
    const saving = { version: Number(form.elements.edit_version.value), state: "", packet: null, most: Infinity, tries: 0 };
    const timers = {};
    let unsentSince = 0;
    let waiting = [];
    let passing = false;

    const early = questions.touched(); // on a slow line somebody writes before the scripts have come
    for (const key of [...(form.dataset.changed ?? "").split(" "), ...early].filter((key) => confirmed.has(key))) confirmed.set(key, null);
    for (const pair of (form.dataset.seen ?? "").split(" ").filter(Boolean)) {
      const [key, version] = pair.split(":");
      seen.set(key, Number(version));
      stale.add(key);
    }

    const versionOf = (key) => seen.get(key) ?? saving.version;
    const unsaved = (read) => [...read.keys()].filter((key) => Portal.signature(read.get(key)) !== confirmed.get(key));
    const isNews = (read, key) => !clashes.has(key) && turnedDown.get(key) !== Portal.signature(read.get(key));

    // The copy in this browser ---------------------------------------------------------------------------------------

    function keepCopy() {
      clearTimeout(timers.copy);
      const read = questions.read();
      const answers = {};
      for (const key of unsaved(read)) {
        answers[key] = {
          entries: read.get(key), version: versionOf(key), base: confirmed.get(key), sent: saving.packet?.signatures.get(key) ?? null,
        };
      }
      drafts.keep(answers);
    }

    function offerCopy() {
      const left = drafts.left();
      if (!left) return;
      const read = questions.read();
      const different = Object.entries(left.answers).filter(
        ([key, copy]) => read.has(key) && Portal.meaning(copy.entries) !== Portal.meaning(read.get(key)));
      if (different.length === 0) {
        drafts.discard(left);
        return;
      }
      const when = new Date(left.at).toLocaleString("id-ID", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
      const labels = different.map(([key]) => questions.label(key)).join(", ");
      Portal.note("restore", { when, labels }, {
        restore: () => { restore(different); drafts.discard(left); Portal.unnote("restore"); },
        discard: () => { drafts.discard(left); Portal.unnote("restore"); },
      });
    }

    function restore(answers) {
      for (const [key, copy] of answers) {
        const now = confirmed.get(key);
        // Text written on top of another version is saved as of that version, unless the page shows just what it knew.
        if (copy.version !== saving.version && now !== copy.base && now !== copy.sent) seen.set(key, copy.version);
        questions.write(key, copy.entries);
      }
      keepCopy();
      send();
    }

    // Sending --------------------------------------------------------------------------------------------------------

    function nextPacket() {
      const read = questions.read();
      const open = unsaved(read).filter((key) => !clashes.has(key));
      const news = open.filter((key) => isNews(read, key));
      if (news.length === 0) return null;
      const version = Math.min(...news.map(versionOf));
      const together = open.filter((key) => versionOf(key) === version);
      const keys = saving.most < together.length ? news.filter((key) => versionOf(key) === version).slice(0, saving.most) : together;
      return Portal.packetOf(form, read, keys, version);
    }

    function schedule() {
      const now = Date.now();
      unsentSince ||= now;
      clearTimeout(timers.send);
      timers.send = setTimeout(send, Math.max(0, Math.min(PAUSE_MS, unsentSince + LONGEST_MS - now)));
    }

    async function send({ background = false } = {}) {
      clearTimeout(timers.send);
      clearTimeout(timers.retry);
      if (saving.busy || saving.state === "frozen") return;
      saving.packet ??= nextPacket();
      unsentSince = 0;
      if (!saving.packet) return settle();
      saving.busy = true;
      if (!saving.state) Portal.say("saving");
      const answer = await Portal.deliver(form, saving.packet, background);
      await Portal.released();
      saving.busy = false;
      take(answer);
    }

    function retryLater(state) {
      saving.state = state;
      saving.tries += 1;
      Portal.say(state);
      const pause = Math.min(SLOWEST_RETRY_MS, 1000 * 2 ** saving.tries) * (0.75 + Math.random() / 2);
      timers.retry = setTimeout(() => send({ background: true }), pause);
      done();
    }

    // Answers --------------------------------------------------------------------------------------------------------

    function take(answer) {
      if (answer.state === "offline" || answer.state === "down") return retryLater(answer.state);
      const packet = saving.packet;
      if (STOPPED.has(answer.state)) return stop(answer.state, answer.message);
      saving.packet = null;
      saving.state = "";
      saving.tries = 0;
      drafts.hush(false);
      Portal.unnote("signed_out");
      if (answer.state === "too_large") tooLarge(packet);
      else if (answer.state === "refused") refused(packet, answer);
      else stored(packet, answer);
      keepCopy();
      return send();
    }

    function stop(state, message = "") {
      saving.state = state;
      if (state === "frozen") saving.packet = null;
      keepCopy();
      Portal.say("stopped");
      Portal.note(state, { message }, { sign_in: signIn });
      done();
    }

    function stored(packet, answer) {
      const foreign = new Map(answer.others.map((other) => [other.key, other]));
      const unread = new Set(answer.unread);
      const clashing = new Map((answer.clashes ?? []).map(({ key, label }) => [key, label]));
      for (const key of packet.keys) {
        if (clashing.has(key)) clashes.set(key, clashing.get(key));
        else if (unread.has(key)) turnedDown.set(key, packet.signatures.get(key));
        else {
          confirmed.set(key, packet.signatures.get(key));
          turnedDown.delete(key);
          fresh(key, answer.version);
        }
      }
      // The page's other questions stand as of the new version, but for those somebody else has changed.
      for (const key of confirmed.keys()) {
        const isMine = packet.keys.includes(key) && !unread.has(key) && !clashing.has(key);
        if (isMine || stale.has(key) || versionOf(key) > answer.version) continue;
        if (clashing.has(key)) seen.set(key, versionOf(key));
        else if (foreign.has(key)) outdated(key, foreign.get(key));
        else if (versionOf(key) >= packet.version) seen.set(key, answer.version);
      }
      saving.version = Math.max(saving.version, answer.version);
      form.elements.edit_version.value = saving.version;
      saving.time = answer.time;
      showErrors(packet.keys, answer.errors);
      if (clashes.size) Portal.note("conflict", { labels: [...clashes.values()].join(", ") });
      form.dispatchEvent(new CustomEvent("portal:answered", { bubbles: true, detail: current(packet, answer) }));
    }

    /** The answer without what it says of questions that somebody has gone on writing in: it speaks of an older text. */
    function current(packet, answer) {
      const read = questions.read();
      const moved = packet.keys.filter((key) => Portal.signature(read.get(key)) !== packet.signatures.get(key));
      const stands = ([id]) => !moved.some((key) => questions.element(key)?.contains(document.getElementById(id)));
      const kept = (parts) => Object.fromEntries(Object.entries(parts).filter(stands));
      return { ...answer, echoes: kept(answer.echoes), asks: kept(answer.asks), fragments: kept(answer.fragments) };
    }

    // An error is not shown to somebody who is still typing there.
    function showErrors(keys, errors) {
      const show = () => Portal.showErrors(keys.map(questions.element), errors);
      const typing = document.activeElement;
      if (form.contains(typing) && errors[typing.id]) typing.addEventListener("blur", () => Portal.released().then(() => setTimeout(show)), { once: true });
      else show();
    }

    function refused(packet, answer) {
      for (const key of packet.keys) turnedDown.set(key, packet.signatures.get(key));
      Portal.note("refused", { message: answer.message || "Portal menolak isian ini." });
    }

    // One packet may be too large although each of its questions is not.
    function tooLarge(packet) {
      if (packet.keys.length > 1) {
        saving.most = Math.ceil(packet.keys.length / 2);
        return;
      }
      const [key] = packet.keys;
      turnedDown.set(key, packet.signatures.get(key));
      Portal.note("too_large", { labels: questions.label(key) });
    }

    // Questions somebody else changed --------------------------------------------------------------------------------

    function outdated(key, other) {
      seen.set(key, versionOf(key));
      stale.add(key);
      const place = questions.element(key);
      const words = document.querySelector('template[data-note="outdated"]');
      if (!place || !words || place.querySelector("[data-outdated]")) return;
      const note = document.createElement("div");
      note.dataset.outdated = "";
      note.append(words.content.cloneNode(true));
      note.querySelector('[data-slot="by"]').textContent = other.by;
      note.querySelector('[data-slot="when"]').textContent = other.when;
      note.querySelector("button").addEventListener("click", () => load(key));
      place.prepend(note);
    }

    function fresh(key, version) {
      seen.set(key, version);
      stale.delete(key);
      questions.element(key)?.querySelector("[data-outdated]")?.remove();
    }

    /** Show one question as it is stored now. What was typed into it meanwhile is sent first and leads to both texts. */
    async function load(key) {
      await flush();
      if (unsaved(questions.read()).includes(key)) return;
      const response = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
      if (!response?.ok || response.redirected) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const place = questions.element(key);
      const now = page.querySelector(`[data-question="${CSS.escape(key)}"]`);
      if (!now || !place) return;
      place.replaceChildren(...now.childNodes);
      confirmed.set(key, Portal.signature(questions.read().get(key)));
      fresh(key, Number(page.querySelector("#isian [name=edit_version]").value));
      place.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true })); // new content, as the other scripts know it
      place.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }

    // Coming to rest -------------------------------------------------------------------------------------------------

    function settle() {
      const open = unsaved(questions.read());
      if (STOPPED.has(saving.state)) Portal.say("stopped");
      else if (open.length) Portal.say("attention");
      else if (saving.time) Portal.say("saved", saving.time);
      if (open.length === 0) {
        Portal.unnote("refused");
        Portal.unnote("too_large");
        saving.most = Infinity;
        form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true }));
      }
      done();
    }

    function done() {
      const resolved = waiting;
      waiting = [];
      resolved.forEach((resolve) => resolve());
    }

    /** Send what is there and wait until it is answered or cannot be sent. */
    function flush() {
      return new Promise((resolve) => { waiting.push(resolve); send(); });
    }

    function signIn() {
      drafts.hush(false);
      keepCopy();
      form.dispatchEvent(new CustomEvent("portal:saved", { bubbles: true })); // the copy is kept: no need to ask
      location.assign(`${form.dataset.signIn}?next=${encodeURIComponent(location.pathname)}`);
    }

    // What the page does and what happens to it ----------------------------------------------------------------------

    form.addEventListener("input", () => {
      clearTimeout(timers.copy);
      timers.copy = setTimeout(keepCopy, COPY_MS);
      if (!saving.state) schedule();
    });
    form.addEventListener("focusout", () => { if (unsentSince) send(); });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keepCopy();
      if (unsentSince || saving.state) send({ background: !unsentSince });
    });
    window.addEventListener("focus", () => { if (saving.state) send(); });
    window.addEventListener("online", () => { saving.tries = 0; send(); });
    window.addEventListener("offline", () => { if (!saving.state && unsaved(questions.read()).length) Portal.say("offline"); });
    window.addEventListener("pagehide", () => { keepCopy(); send(); });
    window.addEventListener("storage", (event) => {
      if (event.key !== "keluar" || !event.newValue) return;
      drafts.hush(true);
      if (unsaved(questions.read()).length) stop("signed_out");
    });

    // The ordinary button: first what is still under way, then the page itself with what could not be saved.
    form.addEventListener("submit", (event) => {
      const compares = event.submitter?.matches("[data-act=compare]");
      if (passing || compares) { passing = false; keepCopy(); return; }
      const read = questions.read();
      if (!saving.packet && !unsaved(read).some((key) => isNews(read, key))) return;
      event.preventDefault();
      flush().then(() => {
        if (saving.state) { document.getElementById("saved-state")?.scrollIntoView({ block: "center" }); return; }
        passing = true;
        form.requestSubmit(event.submitter);
      });
    });
    form.addEventListener("formdata", (event) => {
      if (questions.reading) return;
      const changed = unsaved(questions.read(event.formData));
      event.formData.set("tracked", "1");
      for (const key of changed) event.formData.append("changed", key);
      for (const [key, version] of seen) {
        if (version !== saving.version) event.formData.append("seen", `${key}:${version}`);
      }
    });

    offerCopy();
    if (form.dataset.changed) keepCopy();
    if (early.size) form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
})();
