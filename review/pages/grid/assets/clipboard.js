// The clean article, for pasting elsewhere: as plain text and as paragraphs.

import { bare } from "./codes.js";
import { join } from "./paragraph.js";

/** Current texts of the segments that are left, without inline codes, as [paragraph, ...]. */
export function paragraphs(segments) {
  const found = [];
  let last;
  for (const segment of segments) {
    const text = bare(segment.codes, segment.text).trim();
    if (segment.deleted || !text) continue;
    if (segment.paragraph !== last) found.push([]);
    last = segment.paragraph;
    found[found.length - 1].push(text);
  }
  return found.map((texts) => join(texts).text);
}

export function html(texts, { targetLanguage, targetDir }) {
  const box = document.createElement("div");
  for (const text of texts) {
    const line = document.createElement("p");
    if (targetLanguage) line.lang = targetLanguage;
    if (targetDir === "rtl") line.dir = "rtl";
    line.textContent = text;
    box.append(line);
  }
  return box.innerHTML;
}

/** Put the article on the clipboard. Works without the clipboard API too, as on plain http. */
export async function copyArticle(model) {
  const texts = paragraphs(model.list());
  const rich = html(texts, model.article);
  await copy(texts.join("\n\n"), rich);
  return texts.length;
}

export async function copy(plain, rich = null) {
  try {
    const parts = { "text/plain": new Blob([plain], { type: "text/plain" }) };
    if (rich !== null) parts["text/html"] = new Blob([rich], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return;
  } catch {
    byCommand(plain, rich);
  }
}

function byCommand(plain, rich) {
  const fill = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/plain", plain);
    if (rich !== null) event.clipboardData.setData("text/html", rich);
  };
  document.addEventListener("copy", fill, { capture: true, once: true });
  if (!document.execCommand("copy")) {
    document.removeEventListener("copy", fill, { capture: true });
    throw new Error("The browser does not let the page write to the clipboard.");
  }
}
