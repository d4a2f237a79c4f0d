// The layer under the textarea: the same text, with the findings underlined and the locked parts hatched.

const LONG = 60; // characters: a finding about a whole sentence is drawn thinner than one about a word

/**
 * @param {HTMLElement} layer
 * @param {string} text
 * @param {{index: string, start: number, end: number, severity: string}[]} findings
 * @param {{start: number, end: number}[]} locks
 */
export function drawMarks(layer, text, findings, locks) {
  const fits = (place) => place.start < place.end && place.end <= text.length;
  const waiting = findings.filter(fits).sort((a, b) => a.start - b.start);
  const locked = locks.filter(fits);
  const edges = new Set([0, text.length, ...[...waiting, ...locked].flatMap((p) => [p.start, p.end])]);
  const ordered = [...edges].sort((a, b) => a - b);
  let open = [];
  let next = 0;
  const pieces = ordered.slice(1).map((end, i) => {
    const start = ordered[i];
    while (next < waiting.length && waiting[next].start <= start) open.push(waiting[next++]);
    open = open.filter((f) => f.end > start);
    const words = text.slice(start, end);
    if (locked.some((p) => p.start <= start && end <= p.end)) return element("span", "lock", words);
    if (!open.length) return words;
    // Where findings lie over each other, the shortest shows: a word within a long sentence.
    const finding = open.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const long = finding.end - finding.start > LONG ? " long" : "";
    const mark = element("mark", finding.severity + long, words);
    mark.dataset.index = finding.index;
    return mark;
  });
  // A line end at the very end needs something after it, else the layer is a line shorter than the textarea.
  layer.replaceChildren(...pieces, "\u200b");
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
