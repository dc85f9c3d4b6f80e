/* Sends files in chunks, several one after the other, each with a bar of its own. Cut off, it goes on by itself, and after a reload
   when the same file is chosen again. Without JavaScript the form sends all files at once. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-list]");
  const kept = document.querySelector("[data-evidence-list]");
  const mostBytes = Number(form.dataset.mostBytes);
  const chunkBytes = Number(form.dataset.chunkBytes);
  const endings = form.dataset.endings.split(",");
  const PATIENCE = [1, 2, 4, 8, 15, 30];
  const queue = [];
  let busy = false;

  const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1).replace(".", ",").replace(",0", "")} MB`;
  const sized = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : megabytes(bytes));

  // The same file has the same key after a reload; a change to it gives another.
  function keyOf(file) {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (const letter of `${file.name}|${file.size}|${file.lastModified}`) {
      const code = letter.codePointAt(0);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  }

  function refusal(file) {
    const ending = `.${file.name.split(".").pop().toLowerCase()}`;
    if (file.size === 0) return "Berkas ini kosong. Buka berkas aslinya, simpan ulang, lalu unggah lagi.";
    if (!endings.includes(ending)) return "Jenis berkas ini tidak diterima. Simpan ulang sebagai PDF, DOCX, XLSX, PNG, atau JPEG.";
    if (file.size > mostBytes) {
      const mend = /\.(png|jpe?g)$/i.test(file.name) ? "Kecilkan gambarnya, lalu unggah lagi." : "Simpan ulang sebagai PDF.";
      return `Berkas ini ${sized(file.size)}, batasnya ${sized(mostBytes)}. ${mend}`;
    }
    return "";
  }

  // One file as the page shows it -------------------------------------------------------------------------------------

  function show(file) {
    const item = document.createElement("li");
    const [name, button, bar, words] = ["b", "button", "progress", "span"].map((tag) => document.createElement(tag));
    item.className = "upload-item";
    name.textContent = file.name;
    button.type = "button";
    button.className = "btn btn-text btn-small";
    button.textContent = "Batalkan";
    button.setAttribute("aria-label", `Batalkan ${file.name}`);
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Kemajuan ${file.name}`);
    words.setAttribute("role", "status");
    words.textContent = "Menunggu giliran";
    item.append(name, button, bar, words);
    list.append(item);
    list.hidden = false;
    return { file, key: keyOf(file), item, button, bar, words, stopped: false, wake: null };
  }

  function end(entry, text, mark) {
    entry.item.classList.add(mark);
    entry.words.textContent = text;
    entry.bar.remove();
    entry.button.remove();
    document.querySelector(`[data-unfinished] [data-key="${entry.key}"]`)?.remove();
    const cut = document.querySelector("[data-unfinished]");
    if (cut && !cut.querySelector("[data-key]")) cut.remove();
  }

  function tell(entry, received) {
    entry.bar.value = received;
    entry.words.textContent = `${sized(received)} dari ${sized(entry.file.size)}`;
  }

  // Sending -----------------------------------------------------------------------------------------------------------

  const token = () => decodeURIComponent(document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)?.[1] ?? "")
    || form.querySelector("input[name=csrfmiddlewaretoken]").value;

  async function ask(entry, more) {
    const body = new FormData();
    body.set("key", entry.key);
    body.set("name", entry.file.name);
    body.set("size", entry.file.size);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const response = await fetch(form.dataset.upload, {
      method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" }, credentials: "same-origin",
    });
    if (response.redirected || response.status === 403) return { state: "signed_out" };
    if (response.status === 404) return { state: "refused", sentence: "Inisiatif ini tidak dapat dibuka lagi. Muat ulang halaman." };
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }

  const pause = (entry, seconds) => new Promise((resolve) => {
    entry.wake = resolve;
    setTimeout(resolve, seconds * 1000);
  });

  function again(entry) {
    return new Promise((resolve) => {
      const retry = document.createElement("button");
      retry.type = "button";
      retry.className = "btn btn-secondary btn-small";
      retry.textContent = "Coba lagi";
      retry.addEventListener("click", () => { retry.remove(); resolve(); });
      entry.wake = () => { retry.remove(); resolve(); };
      entry.item.append(retry);
    });
  }

  async function send(entry) {
    let [received, failures, more] = [0, 0, {}];
    while (!entry.stopped) {
      let answer;
      try {
        answer = await ask(entry, more);
      } catch {
        answer = null;
      }
      if (entry.stopped) return;
      if (answer === null || answer.state === "signed_out") {
        // After a cut the server is asked first what it has: the last chunk may have arrived although no answer came.
        more = {};
        if (answer === null && failures < PATIENCE.length) {
          entry.words.textContent = "Sambungan terputus. Unggahan berlanjut begitu tersambung.";
          await pause(entry, PATIENCE[failures++]);
        } else {
          entry.words.textContent = answer ? "Anda keluar. Masuk lagi di jendela lain, lalu tekan Coba lagi." : "Sambungan belum pulih. Tekan Coba lagi bila sudah tersambung.";
          failures = 0;
          await again(entry);
        }
        continue;
      }
      failures = 0;
      if (answer.state !== "part") return finish(entry, answer);
      received = answer.received;
      tell(entry, received);
      more = { offset: received, chunk: entry.file.slice(received, received + chunkBytes) };
    }
  }

  function finish(entry, answer) {
    if (answer.state !== "done") return end(entry, answer.sentence, "upload-failed");
    end(entry, answer.note || "Tersimpan", "upload-done");
    if (!answer.row || !kept) return;
    const holder = document.createElement("template");
    holder.innerHTML = answer.row;
    kept.append(holder.content);
    document.querySelector("[data-while-empty]").hidden = true;
    const used = document.querySelector("[data-used]");
    used.textContent = `${kept.children.length} berkas`;
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (queue.length) await send(queue.shift());
    busy = false;
  }

  function cancel(entry) {
    entry.stopped = true;
    entry.wake?.();
    const place = queue.indexOf(entry);
    if (place >= 0) queue.splice(place, 1);
    end(entry, "Dibatalkan", "upload-cancelled");
    ask(entry, { cancel: "1" }).catch(() => {});
  }

  function take(files) {
    for (const file of files) {
      const entry = show(file);
      const sentence = refusal(file);
      if (sentence) {
        end(entry, sentence, "upload-failed");
        continue;
      }
      entry.button.addEventListener("click", () => cancel(entry));
      queue.push(entry);
    }
    work();
  }

  const sendChosen = () => {
    take([...input.files]);
    input.value = "";
  };
  input.addEventListener("change", sendChosen);
  form.querySelector("[data-send]").hidden = true;
  sendChosen(); // what was chosen while this script was still on its way
  window.addEventListener("online", () => { for (const entry of queue) entry.wake?.(); });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
})();
