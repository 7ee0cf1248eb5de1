// Offsets on the wire count code points; JavaScript counts UTF-16 units. Converted here and nowhere else.

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

/** Code points before the UTF-16 index `units` of `text`. */
export function toPoints(text, units) {
  if (!ASTRAL.test(text)) return Math.min(units, text.length);
  let points = 0;
  for (let at = 0; at < units && at < text.length; points += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return points;
}

/** The UTF-16 index that stands before code point number `points` of `text`. */
export function toUnits(text, points) {
  if (!ASTRAL.test(text)) return Math.min(points, text.length);
  let at = 0;
  for (let seen = 0; seen < points && at < text.length; seen += 1) {
    at += text.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return at;
}

/** Move an index off the middle of a surrogate pair, towards the start. */
export function settle(text, index) {
  const inside = index > 0 && index < text.length
    && (text.charCodeAt(index) & 0xfc00) === 0xdc00
    && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
  return inside ? index - 1 : index;
}
