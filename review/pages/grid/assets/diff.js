// Word-level differences; scripts written without spaces are compared character by character.

const TOKEN = new RegExp(
  "</?\\d{1,5}/?>|[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}]\\p{M}*"
  + "|[\\p{L}\\p{M}\\p{N}]+(?:['’.,-][\\p{L}\\p{M}\\p{N}]+)*|\\s+|.",
  "gsu",
);
const CELLS = 4_000_000;

export function tokens(text) {
  return text.match(TOKEN) ?? [];
}

/** Differences as [{op: "equal" | "delete" | "insert", text}]; a deletion stands before its insertion. */
export function diff(before, after) {
  const a = tokens(before);
  const b = tokens(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const parts = [];
  push(parts, "equal", a.slice(0, head));
  middle(parts, a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  push(parts, "equal", tail ? a.slice(a.length - tail) : []);
  return tidy(parts);
}

function push(parts, op, words) {
  if (words.length) parts.push({ op, text: words.join("") });
}

/** Longest common subsequence by dynamic programming; beyond CELLS the whole stretch counts as replaced. */
function middle(parts, a, b) {
  if (!a.length || !b.length || a.length * b.length > CELLS) {
    push(parts, "delete", a);
    push(parts, "insert", b);
    return;
  }
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      table[at] = a[i] === b[j] ? table[at + width + 1] + 1 : Math.max(table[at + width], table[at + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      parts.push({ op: "equal", text: a[i] });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) {
      parts.push({ op: "delete", text: a[i] });
      i += 1;
    } else {
      parts.push({ op: "insert", text: b[j] });
      j += 1;
    }
  }
}

/** Join neighbours; a lone space between two changes belongs to both, which reads better than islands. */
function tidy(parts) {
  const runs = [];
  let gone = "";
  let come = "";
  const flush = () => {
    if (gone) runs.push({ op: "delete", text: gone });
    if (come) runs.push({ op: "insert", text: come });
    gone = "";
    come = "";
  };
  parts.forEach((part, index) => {
    if (part.op === "delete") gone += part.text;
    else if (part.op === "insert") come += part.text;
    else {
      const next = parts[index + 1];
      if (/^\s+$/.test(part.text) && gone && come && next && next.op !== "equal") {
        gone += part.text;
        come += part.text;
        return;
      }
      flush();
      const last = runs[runs.length - 1];
      if (last?.op === "equal") last.text += part.text;
      else runs.push({ op: "equal", text: part.text });
    }
  });
  flush();
  return runs;
}
