/* What is on the clipboard, as text with light marks. The server understands it (smartcity/common/rich_text/clipboard.py); here it is
   only made small first, because Word's clipboard can be a hundred times as long as its words. Used by rich-text.js. */
window.RichPaste = (() => {
  "use strict";

  const TAG = /<([a-z][^\s>/]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
  const ATTRIBUTE = /\s(href|class|colspan|rowspan|start|style)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/gi;
  const STYLE = /(?<![\w-])(?:font-weight|mso-list)\s*:[^;"']*/gi;

  // By its letters, not through a parser: a document made of it would set off the content security policy at every style.
  const reduced = (html) => html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(style|script|title|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(TAG, (_, name, attributes) => {
      let kept = "";
      for (const [, key, value] of attributes.matchAll(ATTRIBUTE)) {
        if (key.toLowerCase() !== "style") kept += ` ${key}=${value}`;
        else { const found = value.match(STYLE); if (found) kept += ` style="${found.join(";")}"`; }
      }
      return `<${name}${kept}>`;
    });

  const token = () => {
    const found = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  };

  async function ask(fields) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const answer = await fetch(document.querySelector('meta[name="paste-url"]').content, {
      method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin", redirect: "error",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // {text, problem}: text with marks, and a sentence when it had to be taken as plain text.
  return async function paste(data) {
    const html = data.getData("text/html"), plain = data.getData("text/plain");
    try {
      const answer = await ask(html ? { html: reduced(html) } : { plain });
      if (answer.text) return { text: answer.text, problem: "" };
      return { text: plain, problem: answer.problem ? `${answer.problem} Kali ini ditempel sebagai teks biasa.` : "" };
    } catch {
      return { text: plain, problem: "Server tidak terjangkau. Ditempel sebagai teks biasa." };
    }
  };
})();
