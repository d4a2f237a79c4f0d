// Where places in a text stand after it has changed. Offsets are UTF-16 code units, as in every string here.

/** What turned `before` into `after`: the range of `before` that went, and by how much the text grew. */
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail, growth: after.length - before.length };
}

/** The places that the change left alone, where they stand now. */
export function move(places, { start, end, growth }) {
  return places
    .filter((p) => p.end <= start || p.start >= end)
    .map((p) => (p.start >= end ? { ...p, start: p.start + growth, end: p.end + growth } : p));
}

/** Locked places: a change within one belongs to it, and one of which nothing is left is gone. */
export function stretch(places, { start, end, growth }) {
  return places
    .map((p) => {
      if (p.end <= start) return p;
      if (p.start >= end) return { ...p, start: p.start + growth, end: p.end + growth };
      return { ...p, start: Math.min(p.start, start), end: Math.max(p.end, end) + growth };
    })
    .filter((p) => p.start < p.end);
}

/** Template text between [[ and ]]: the server leaves it alone by the same rule. */
export function findMarked(text) {
  const found = [];
  for (let start = text.indexOf("[["); start >= 0; start = text.indexOf("[[", found.at(-1).end)) {
    const close = text.indexOf("]]", start + 2);
    if (close < 0) break;
    found.push({ start, end: close + 2 });
  }
  return found;
}
