/* Conversations at fields and sections: what one has marked in an answer is quoted, and the focus stays with a conversation that was changed in place. */
(() => {
  "use strict";

  const LONGEST = 600;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary btn-small quote-button";
  button.textContent = "Kutip dan beri catatan";
  let marked = null;

  const answerOf = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest("[data-quotable]");

  // The words marked within one answer, with the link that writes at it; null where nothing can be quoted.
  function passage() {
    const selection = getSelection();
    const words = selection.toString().trim();
    const answer = answerOf(selection.anchorNode);
    if (!words || words.length > LONGEST || !answer || answer !== answerOf(selection.focusNode)) return null;
    const link = (answer.closest(".summary-row") ?? document).querySelector("[data-write]"); // a section has one link for the whole page
    return link ? { words, answer, link } : null;
  }

  // The button follows the answer in the page, so that the keyboard reaches it next.
  function offer() {
    const found = passage();
    if (!found && document.activeElement === button) return;
    marked = found;
    if (!marked) button.remove();
    else if (button.previousElementSibling !== marked.answer.lastElementChild || !button.isConnected) marked.answer.append(button);
  }

  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    if (!marked) return;
    const { words, link } = marked;
    const address = new URL(link.href);
    address.searchParams.set("kutipan", words);
    button.remove();
    marked = null;
    getSelection().removeAllRanges();
    if (window.htmx) window.htmx.ajax("GET", address.href, { target: link.closest("dd"), swap: "outerHTML" });
    else location.assign(address);
  });
  document.addEventListener("selectionchange", offer);
  offer(); // what was marked while this script was still on its way

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail?.target?.id ?? "";
    if (!target.startsWith("catatan-")) return;
    const thread = document.getElementById(target);
    (thread?.querySelector("[aria-invalid]") ?? thread)?.focus();
  });

  // A finished conversation that an address points to is unfolded.
  const unfold = () => {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const thread = place && place.closest("details.thread");
    if (!thread) return;
    thread.open = true;
    place.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
