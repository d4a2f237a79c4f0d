// The draft: a plain textarea, with the findings underlined in a layer beneath it, and a history that can be undone.

const LONGEST_HISTORY = 200;
const LONG = 60; // characters: a finding about a whole sentence is drawn thinner than one about a word
const TYPING_PAUSE = 800; // ms between two strokes that are undone apart

export class Editor {
  /**
   * @param {HTMLElement} root holds the textarea and the layer of marks
   * @param {() => HTMLInputElement} rejected the hidden field with the findings put aside: undone along with the text
   */
  constructor(root, rejected) {
    this.rejected = rejected;
    this.area = root.querySelector("textarea");
    this.layer = root.querySelector(".marks");
    this.findings = [];
    this.current = null;
    this.history = [];
    this.typedAt = 0;
    this.shown = this.area.value;
    this.area.addEventListener("input", () => this.#typed());
    this.draw();
  }

  get text() {
    return this.area.value;
  }

  /** Show other findings: [{index, start, end, severity}], offsets in UTF-16 code units. */
  mark(findings) {
    this.findings = findings;
    this.draw();
  }

  /** Let one finding stand out; null for none. */
  point(index) {
    this.current = index;
    for (const mark of this.layer.querySelectorAll("mark")) {
      mark.classList.toggle("current", mark.dataset.index === String(index));
    }
  }

  /** The finding at the caret, the innermost first; undefined when there is none. */
  at(offset) {
    return this.findings
      .filter((f) => f.start <= offset && offset <= f.end && f.end > f.start)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  }

  /** Put text in the place of a range; it can be undone. */
  replace(start, end, text) {
    this.remember();
    const value = this.area.value;
    this.set(value.slice(0, start) + text + value.slice(end), end, text.length - (end - start));
  }

  /** Another text; findings after `from` move by `growth`, those that the change touches are dropped. */
  set(text, from = Infinity, growth = 0) {
    this.findings = this.findings
      .filter((f) => f.end < from - Math.max(0, -growth) || f.start >= from)
      .map((f) => (f.start >= from ? { ...f, start: f.start + growth, end: f.end + growth } : f));
    this.area.value = text;
    this.shown = text;
    this.draw();
  }

  remember() {
    this.history.push({ text: this.shown, rejected: this.rejected().value });
    if (this.history.length > LONGEST_HISTORY) this.history.shift();
  }

  /** Back to before the last change; false when there is none. */
  undo() {
    const last = this.history.pop();
    if (!last) return false;
    this.findings = [];
    this.set(last.text);
    this.rejected().value = last.rejected;
    return true;
  }

  draw() {
    const text = this.area.value;
    const shown = this.findings.filter((f) => f.start < f.end && f.end <= text.length);
    const edges = [...new Set([0, text.length, ...shown.flatMap((f) => [f.start, f.end])])].sort((a, b) => a - b);
    const pieces = edges.slice(1).map((end, i) => {
      const start = edges[i];
      const words = text.slice(start, end);
      // Where findings lie over each other, the shortest shows: a word within a long sentence.
      const f = shown.filter((each) => each.start <= start && end <= each.end).sort((a, b) => a.end - a.start - b.end + b.start)[0];
      if (!f) return words;
      const mark = document.createElement("mark");
      mark.className = f.end - f.start > LONG ? `${f.severity} long` : f.severity;
      mark.dataset.index = f.index;
      mark.classList.toggle("current", f.index === this.current);
      mark.textContent = words;
      return mark;
    });
    // A line end at the very end needs something after it, else the layer is a line shorter than the textarea.
    this.layer.replaceChildren(...pieces, "\u200b");
  }

  /** Keep the underlines in place while the answer to what is being typed is on its way. */
  #typed() {
    const now = Date.now();
    if (now - this.typedAt > TYPING_PAUSE) this.remember();
    this.typedAt = now;
    const [before, after] = [this.shown, this.area.value];
    let same = 0;
    while (same < before.length && same < after.length && before[same] === after[same]) same += 1;
    let tail = 0;
    while (tail < before.length - same && tail < after.length - same && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    const growth = after.length - before.length;
    const changedTo = before.length - tail;
    this.findings = this.findings
      .filter((f) => f.end <= same || f.start >= changedTo)
      .map((f) => (f.start >= changedTo ? { ...f, start: f.start + growth, end: f.end + growth } : f));
    this.shown = after;
    this.draw();
  }
}
