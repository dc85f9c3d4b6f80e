/* What is on the clipboard, as text with light marks. The server understands it (smartcity/common/richtext.py); here it is
   only made small first, because Word's clipboard can be a hundred times as long as its words. Used by rich-text.js. */
window.RichPaste = (() => {
  "use strict";

  const KEPT = new Set(["href", "class", "colspan", "rowspan", "start"]);
  const DROPPED = "style, script, title, template, iframe, object, noscript, svg, math, img, video, audio, link, meta, xml";

  function reduced(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const node of page.querySelectorAll(DROPPED)) node.remove();
    const comments = page.createNodeIterator(page, NodeFilter.SHOW_COMMENT);
    for (let node = comments.nextNode(); node; node = comments.nextNode()) node.remove();
    for (const node of page.body.querySelectorAll("*")) {
      const style = (node.getAttribute("style") ?? "").match(/(?:font-weight|mso-list)\s*:[^;]*/gi);
      for (const { name } of [...node.attributes]) if (!KEPT.has(name)) node.removeAttribute(name);
      if (style) node.setAttribute("data-style", style.join(";"));
    }
    // Under the content security policy no style attribute may be set, so it is written into the text that is sent.
    return page.body.innerHTML.replaceAll(" data-style=", " style=");
  }

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
