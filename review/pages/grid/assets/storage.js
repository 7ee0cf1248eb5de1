// What the browser remembers between loads, and the names it gives to new things.

/** What localStorage did not take, for all grids of the page: one that is mounted anew goes on with it. */
const HELD = new Map();

/** A key-value store over localStorage. What cannot be written there is held in memory: `volatile` says so. */
export class Storage {
  constructor(area = safely(() => window.localStorage), memory = HELD) {
    this.area = area;
    this.memory = memory;
    this.volatile = !area || memory.size > 0;
  }

  get(key) {
    const text = this.memory.get(key) ?? safely(() => this.area.getItem(key));
    return text === null || text === undefined ? null : safely(() => JSON.parse(text));
  }

  set(key, value) {
    const text = JSON.stringify(value);
    try {
      this.area.setItem(key, text);
      this.memory.delete(key);
    } catch {
      this.memory.set(key, text);
      this.volatile = true;
    }
  }

  remove(key) {
    this.memory.delete(key);
    safely(() => this.area.removeItem(key));
    if (!this.memory.size && this.area) this.volatile = false;
  }

  /** Keys that begin with `prefix`, in alphabetical order. */
  keys(prefix) {
    const found = new Set([...this.memory.keys()].filter((key) => key.startsWith(prefix)));
    const length = safely(() => this.area.length) ?? 0;
    for (let index = 0; index < length; index += 1) {
      const key = this.area.key(index);
      if (key?.startsWith(prefix)) found.add(key);
    }
    return [...found].sort();
  }
}

function safely(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

/** A random UUID; crypto.randomUUID is missing where the page came over plain http. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new segment's id: a random integer in [2**40, 2**53). */
export function segmentId() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  const id = (high & 0x1fffff) * 2 ** 32 + low;
  return id >= 2 ** 40 ? id : id + 2 ** 40;
}

/** This tab's name, the same after a reload. */
export function tabName() {
  const area = safely(() => window.sessionStorage);
  const known = safely(() => area.getItem("rendition/tab"));
  if (known) return known;
  const name = uuid().slice(0, 8);
  safely(() => area.setItem("rendition/tab", name));
  return name;
}

/** Text typed but not yet an event: written at each keystroke, taken back after a crash. */
export class Drafts {
  constructor(storage, owner, batch, tab) {
    this.storage = storage;
    this.prefix = `rendition/draft/${owner}/${batch}/`;
    this.tab = tab;
  }

  keep(segment, text, version) {
    this.storage.set(this.prefix + segment, { text, version, at: Date.now(), tab: this.tab });
  }

  forget(segment) {
    this.storage.remove(this.prefix + segment);
  }

  /** Drafts of this tab's earlier life, and of tabs that have been silent for five seconds. */
  left() {
    return this.storage.keys(this.prefix).flatMap((key) => {
      const draft = this.storage.get(key);
      if (!draft || (draft.tab !== this.tab && Date.now() - draft.at < 5000)) return [];
      return [{ segment: Number(key.slice(this.prefix.length)), ...draft }];
    });
  }
}
