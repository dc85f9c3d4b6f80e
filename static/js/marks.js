/* The light marks of rich text in the browser: text to blocks, blocks to DOM and back. The grammar is that of
   smartcity/common/rich_text/marks.py, and tests/smartcity/common/marks_cases.json holds both to it. Editing is rich-text.js. */
window.Marks = (() => {
  "use strict";

  const BULLET = /^\s*[-*\u2013\u2022]\s+(\S.*)$/;
  const NUMBER = /^\s*(\d{1,2})[.)]\s+(\S.*)$/;
  const RULE = /^:?-{3,}:?$/;
  const REFERENCE = "rujuk:";
  const ADDRESS = `(?:(?:https://|mailto:)[!#-'*-;=?-Z^-{}~]+|${REFERENCE}[A-Za-z0-9-]+)`;
  const ODD = "(?:\\\\\\\\)*\\\\[*\\[\\]|]";
  const EVEN = "(?:\\\\\\\\)+(?=[*\\[\\]|])";
  const LABEL = `(?:${ODD}|(?:\\\\\\\\)+(?=[\\]*|])|\\\\+(?![\\\\*\\[\\]|])|[^\\[\\]\\\\])+`;
  const TOKEN = new RegExp(`((?<!\\\\)(?:${ODD}|${EVEN}))|(\\*\\*)|\\[(${LABEL})\\]\\((${ADDRESS})\\)`, "g");
  const ESCAPES = new RegExp(`(?<!\\\\)(?:${ODD}|${EVEN})`, "g");
  const IS_ADDRESS = new RegExp(`^${ADDRESS}$`);
  const MAX_ADDRESS = 500;

  // Reading text --------------------------------------------------------------------------------------------------------

  const kindOf = (line) => {
    if (!line.trim()) return "";
    if (BULLET.test(line)) return "bullets";
    return NUMBER.test(line) ? "numbers" : isRow(line.trim()) ? "table" : "paragraph";
  };
  const isRow = (line) => {
    const escapes = line.length > 1 ? line.slice(1, -1).match(/\\*$/)[0].length : 1;
    return line.startsWith("|") && line.endsWith("|") && escapes % 2 === 0;
  };

  function parse(text) {
    const found = [];
    let group = null;
    const end = () => { if (group) add(found, group); group = null; };
    for (const line of text.split("\n")) {
      const kind = kindOf(line);
      if (!group || group.kind !== kind) end();
      if (kind) (group ??= { kind, lines: [] }).lines.push(line.trim());
    }
    end();
    return found;
  }

  function add(found, { kind, lines }) {
    const last = found.at(-1);
    if (kind === "bullets" || kind === "numbers") {
      const block = last?.kind === kind ? last : { kind, lines: [], numbers: [] };
      for (const line of lines) {
        const match = line.match(kind === "bullets" ? BULLET : NUMBER);
        block.lines.push(runs(match.at(-1).trim()));
        if (kind === "numbers") block.numbers.push(Number(match[1]));
      }
      if (block !== last) found.push(block);
      return;
    }
    const rows = kind === "table" ? readRows(lines) : [];
    const real = rows.length * (rows[0]?.length ?? 0) > 1 && rows.flat().some((cell) => cell.length);
    found.push(real ? { kind, rows } : { kind: "paragraph", lines: lines.map(runs) });
  }

  function readRows(lines) {
    const cells = lines.map(readCells);
    if (cells.length > 1 && cells[1].every((cell) => RULE.test(cell))) cells.splice(1, 1);
    const width = Math.max(...cells.map((row) => row.length));
    return cells.map((row) => Array.from({ length: width }, (_, place) => runs(row[place] ?? "")));
  }

  function readCells(line) {
    const inner = line.slice(1, -1), cells = [];
    let start = 0;
    for (const stroke of inner.matchAll(/(?<!\\)(\\*)\|/g)) {
      if (stroke[1].length % 2) continue;
      const end = stroke.index + stroke[0].length;
      cells.push(inner.slice(start, end - 1).trim());
      start = end;
    }
    return [...cells, inner.slice(start).trim()];
  }

  const unescape = (text) => (text.endsWith("\\") ? text.slice(0, text.length / 2) : text.slice(0, (text.length - 1) / 2) + text.at(-1));

  function piecesOf(line) {
    const pieces = [];
    let end = 0;
    for (const token of line.matchAll(TOKEN)) {
      pieces.push(["text", line.slice(end, token.index)]);
      end = token.index + token[0].length;
      const label = token[3] && `${token[3]}]`.replace(ESCAPES, unescape).slice(0, -1).trim();
      if (token[2]) pieces.push(["bold", "**"]);
      else if (token[1]) pieces.push(["text", unescape(token[1])]);
      else if (label) pieces.push(["link", label, token[4]]);
      else pieces.push(["text", token[0]]);
    }
    return [...pieces, ["text", line.slice(end)]].filter((piece) => piece[1]);
  }

  function runs(line) {
    const pieces = piecesOf(line), found = [];
    let opened = -1;
    pieces.forEach(([kind, text, link = ""], place) => {
      const before = (pieces[place - 1]?.[1] ?? "").slice(-1), after = (pieces[place + 1]?.[1] ?? "").slice(0, 1);
      if (kind === "bold" && opened >= 0 && before.trim() && found.length > opened + 1) {
        found.splice(opened, 1);
        for (const run of found.slice(opened)) run.bold = true;
        opened = -1;
        return;
      }
      if (kind === "bold" && opened < 0 && after.trim()) opened = found.length;
      found.push({ text, bold: false, link });
    });
    return tidied(found);
  }

  // Order ---------------------------------------------------------------------------------------------------------------

  const sameLook = (one, other) => one.bold === other.bold && one.link === other.link;

  // White space at the edges of a run of runs that `has` something goes out of it, as `without` says.
  function outside(list, has, without) {
    const parts = [];
    for (let start = 0; start < list.length;) {
      let end = start + 1;
      while (end < list.length && has(list[end]) && has(list[start]) === has(list[end])) end += 1;
      const group = list.slice(start, end);
      if (has(list[start])) {
        const first = group.findIndex((run) => run.text.trim()), last = group.findLastIndex((run) => run.text.trim());
        group.forEach((run, place) => {
          const lead = place < first || first < 0 ? run.text : place === first ? run.text.match(/^\s*/)[0] : "";
          const rest = run.text.slice(lead.length);
          const tail = place > last ? rest : place === last ? rest.match(/\s*$/)[0] : "";
          const words = rest.slice(0, rest.length - tail.length);
          parts.push(without(run, lead), { ...run, text: words }, without(run, tail));
        });
      } else parts.push(...group);
      start = end;
    }
    return parts.filter((run) => run.text);
  }

  function tidied(list) {
    let parts = outside(list, (run) => run.link, (run, text) => ({ ...run, text, link: "" }));
    parts = outside(parts, (run) => run.bold, (run, text) => ({ ...run, text, bold: false }));
    const joined = [];
    let afterSpace = true;
    for (const run of parts) {
      let text = run.text.replace(/\s+/g, " ");
      if (afterSpace) text = text.replace(/^ /, "");
      if (!text) continue;
      afterSpace = text.endsWith(" ");
      if (joined.length && sameLook(joined.at(-1), run)) joined.at(-1).text += text;
      else joined.push({ ...run, text });
    }
    if (joined.length) joined.at(-1).text = joined.at(-1).text.trimEnd();
    return joined.filter((run) => run.text);
  }

  function address(href) {
    const [scheme, ...rest] = href.trim().split(":");
    const found = `${scheme.toLowerCase()}:${encodeURI(rest.join(":")).replace(/%25(?=[0-9A-Fa-f]{2})/g, "%")}`
      .replace(/[()|[\]"<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
    return IS_ADDRESS.test(found) && found.length <= MAX_ADDRESS ? found : "";
  }

  // Writing text --------------------------------------------------------------------------------------------------------

  const plain = (line) => line.map((run) => run.text).join("");
  const write = (found) => found.map(writeBlock).filter(Boolean).join("\n\n");

  function writeBlock(block) {
    if (block.kind === "table") {
      const rows = block.rows.map((row) => `| ${row.map((cell) => writeLine(cell, true)).join(" | ")} |`);
      return block.rows.flat().some(plain) ? rows.join("\n") : "";
    }
    const lines = block.lines.map((line) => writeLine(line, false));
    if (block.kind === "bullets") return lines.filter(Boolean).map((line) => `- ${line}`).join("\n");
    if (block.kind === "numbers") {
      return lines.map((line, place) => line && `${block.numbers[place]}. ${line}`).filter(Boolean).join("\n");
    }
    return lines.filter(Boolean).map((line) => (/^(?:\||\*\s)/.test(line) ? `\\${line}` : line)).join("\n");
  }

  function writeLine(line, inCell) {
    const lastEnd = plain(line).lastIndexOf("](");
    let place = 0;
    return line.map((run, number) => {
      const text = escaped(line, number, lastEnd - place, inCell);
      place += run.text.length;
      const opens = run.bold && !line[number - 1]?.bold, closes = run.bold && !line[number + 1]?.bold;
      return `${opens ? "**" : ""}${run.link ? `[${text}](${run.link})` : text}${closes ? "**" : ""}`;
    }).join("");
  }

  function escaped(line, number, lastEnd, inCell) {
    const run = line[number], text = run.text;
    const marked = { "|": () => inCell, "]": () => run.link, "[": (place) => run.link || place < lastEnd, "*": (place) =>
      text[place - 1] === "*" || text[place + 1] === "*" || (place === 0 && (run.bold || number > 0))
      || (place === text.length - 1 && (run.bold || number + 1 < line.length)) };
    let out = "", backslashes = 0;
    for (let place = 0; place < text.length; place += 1) {
      const sign = text[place];
      if (marked[sign] && (backslashes || marked[sign](place))) out += "\\".repeat(backslashes + 1);
      backslashes = sign === "\\" ? backslashes + 1 : 0;
      out += sign;
    }
    return out + (run.bold || run.link || number + 1 < line.length ? "\\".repeat(backslashes) : "");
  }

  // DOM -----------------------------------------------------------------------------------------------------------------

  const make = (tag, kids = []) => { const node = document.createElement(tag); node.append(...kids); return node; };

  const lineNodes = (line) => line.map((run) => {
    let node = document.createTextNode(run.text);
    if (run.link) { node = make("a", [node]); node.setAttribute("href", run.link); }
    return run.bold ? make("b", [node]) : node;
  });

  function build(found) {
    const fragment = document.createDocumentFragment();
    fragment.append(...found.map(buildBlock));
    return fragment;
  }

  function buildBlock(block) {
    if (block.kind === "table") {
      // While it is written the head is a row like any other, for a head cell that is empty confuses a screen reader.
      const rows = block.rows.map((row) => make("tr", row.map((cell) => make("td", lineNodes(cell)))));
      return make("table", [make("tbody", rows)]);
    }
    if (block.kind === "paragraph") {
      return make("p", block.lines.flatMap((line, place) => (place ? [make("br"), ...lineNodes(line)] : lineNodes(line))));
    }
    const numbered = block.kind === "numbers" && block.numbers.every((number, place) => number === place + 1);
    const list = make(numbered ? "ol" : "ul");
    if (block.kind === "numbers" && !numbered) list.className = "typed-numbers";
    block.lines.forEach((line, place) => {
      list.append(make("li", numbered || block.kind === "bullets" ? lineNodes(line) : [`${block.numbers[place]}. `, ...lineNodes(line)]));
    });
    return list;
  }

  const PARAGRAPHS = new Set(["P", "DIV", "BLOCKQUOTE", "PRE"]);

  // What the editor holds, as blocks.
  function read(root) {
    const found = [];
    let lines = [[]], cell = null, item = null;
    const end = () => {
      const kept = lines.map(tidied).filter((line) => line.length);
      lines = [[]];
      if (!kept.length) return;
      const words = tidied(kept.flatMap((line) => [...line, { text: " ", bold: false, link: "" }]));
      if (item?.kind === "numbers") found.push({ kind: "numbers", lines: [words], numbers: [item.list.next++] });
      else if (item) found.push({ kind: item.kind, lines: [words] });
      else found.push({ kind: "paragraph", lines: kept });
    };
    const newLine = () => lines.push([]);
    function walk(node, bold, link, list) {
      if (node.nodeType === Node.TEXT_NODE) {
        lines.at(-1).push({ text: node.data.replace(/\u200b/g, ""), bold, link });
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const tag = node.nodeName, kids = (inner = list) => {
        for (const kid of node.childNodes) walk(kid, bold || tag === "B" || tag === "STRONG", tag === "A" ? address(node.getAttribute("href") ?? "") : link, inner);
      };
      if (tag === "BR") newLine();
      else if (tag === "TABLE" && !cell) { end(); table(node); }
      else if ((tag === "UL" || tag === "OL") && !cell) {
        const outer = item;
        end();
        const inNumbers = outer?.kind === "numbers";
        kids({ kind: node.classList.contains("typed-numbers") ? "paragraph" : tag === "OL" && !inNumbers ? "numbers" : "bullets", next: 1 });
        end();
        item = outer;
      } else if (tag === "LI" && !cell) {
        const outer = item;
        end();
        item = { kind: list?.kind ?? "bullets", list: list ?? { next: 1 } };
        kids();
        end();
        item = outer;
      } else if (PARAGRAPHS.has(tag) && !cell && !item) { end(); kids(); end(); }
      else if (PARAGRAPHS.has(tag)) { newLine(); kids(); newLine(); }
      else kids();
    }
    function table(node) {
      const rows = [...node.rows].map((row) => [...row.cells].map((each) => {
        cell = each;
        for (const kid of each.childNodes) walk(kid, false, "", null);
        const words = tidied(lines.flatMap((line) => [...line, { text: " ", bold: false, link: "" }]));
        lines = [[]];
        cell = null;
        return words;
      }));
      const width = Math.max(0, ...rows.map((row) => row.length));
      found.push({ kind: "table", rows: rows.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? [])) });
    }
    for (const kid of root.childNodes) walk(kid, false, "", null);
    end();
    return found;
  }

  const normal = (text) => write(parse(text));
  return { parse, write, build, read, normal, address, text: (root) => normal(write(read(root))) };
})();
