/* One packet of autosave on its way: sends it and says what became of it. What to send, and when, is decided in autosave.js. */
(() => {
  "use strict";

  const WAIT_MS = 20_000;
  const KEEPALIVE_BYTES = 60_000; // the browser lets no more outlive the page

  const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  /** A packet of `keys` as they stand in `read`. Sent again it is the same packet: same body, same key. */
  Portal.packetOf = (form, read, keys, version) => {
    const body = new URLSearchParams({ edit_version: version, key: newKey(), person: form.dataset.person });
    for (const key of keys) {
      body.append("changed", key);
      for (const [name, value] of read.get(key)) body.append(name, value);
    }
    const signatures = new Map(keys.map((key) => [key, Portal.signature(read.get(key))]));
    return { keys, version, signatures, body: body.toString() };
  };

  async function once(form, packet, background, token) {
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token };
    if (background) headers["X-Background"] = "1"; // sent again by itself: does not count as use of the session
    return fetch(form.dataset.autosave, {
      method: "POST",
      body: packet.body,
      headers,
      credentials: "same-origin",
      keepalive: packet.body.length < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout?.(WAIT_MS),
    });
  }

  const json = async (response) => {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? response.json().catch(() => null) : null;
  };

  /** The server's answer, or {state: "offline" | "down" | "too_large" | "signed_out" | "refused"} where it gave none. */
  Portal.deliver = async (form, packet, background) => {
    let token = Portal.token();
    for (let round = 0; round < 2; round += 1) {
      let response;
      let answer;
      try {
        response = await once(form, packet, background, token);
        answer = await json(response);
      } catch {
        return { state: "offline" };
      }
      if (answer?.state === "stale_token") token = answer.token;
      else if (response.status === 413) return { state: "too_large" };
      else if (response.status >= 500 || response.status === 429 || response.status === 408) return { state: "down" };
      else if (response.redirected) return { state: "signed_out" };
      else return answer?.state ? answer : { state: "refused", message: "" };
    }
    return { state: "down" };
  };
})();
