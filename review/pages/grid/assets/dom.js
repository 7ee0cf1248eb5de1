// Small helpers for building elements. Data only ever goes in as text, a value or an attribute.

/** h("button", {class: "quiet", onclick: act}, "Accept", child, null): build an element. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "readOnly") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
  return element;
}

/** Set an attribute only where it differs, so that assistive technology is not told of nothing. */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, String(value));
  }
}

/** Set an element's text only where it differs. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A text in its own direction and language, kept apart from what stands around it. */
export function isolated(text, { lang = "", dir = "auto" } = {}, attributes = {}) {
  return h("bdi", { ...attributes, lang: lang || null, dir }, text);
}

/** A key or combination of keys as the user reads it. */
export function keycap(label) {
  return label ? h("kbd", { "aria-hidden": "true" }, label) : null;
}

export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
