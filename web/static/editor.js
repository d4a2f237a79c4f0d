// The draft: a plain textarea over a layer of marks, what is locked in it, and a history both ways.

import { drawMarks } from "./marks.js";
import { difference, findMarked, move, stretch } from "./spans.js";

const LONGEST_HISTORY = 200;
const TYPING_PAUSE = 800; // ms between two strokes that are undone apart

export class Editor {
  /**
   * @param {HTMLElement} root holds the textarea and the layer of marks
   * @param {{rejected: HTMLInputElement, locked: HTMLInputElement}} fields sent along with the text, undone with it
   */
  constructor(root, fields) {
    this.fields = fields;
    this.area = root.querySelector("textarea");
    this.layer = root.querySelector(".marks");
    this.findings = [];
    this.current = null;
    this.forget();
    this.area.addEventListener("input", () => this.#typed());
  }

  get text() {
    return this.area.value;
  }

  get locks() {
    return JSON.parse(this.fields.locked.value || "[]").map(([start, end]) => ({ start, end }));
  }

  set locks(places) {
    this.fields.locked.value = places.length ? JSON.stringify(places.map((p) => [p.start, p.end])) : "";
  }

  get rejected() {
    return JSON.parse(this.fields.rejected.value || "[]");
  }

  /** Show other findings: [{index, start, end, severity}], whose places are those of the text as it stands. */
  mark(findings) {
    this.findings = findings.map((f) => ({ ...f, read: f.start }));
    this.readText = this.text;
    this.draw();
  }

  /** Let one finding stand out; null for none. */
  point(index) {
    this.current = index;
    for (const mark of this.layer.querySelectorAll("mark")) {
      mark.classList.toggle("current", mark.dataset.index === String(index));
    }
  }

  /** The finding at an offset, the innermost first; undefined when there is none. */
  at(offset) {
    return this.findings
      .filter((f) => f.start <= offset && offset <= f.end && f.end > f.start)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  }

  /** The words that stood at a place when they were read. */
  wordsAt({ start, end }) {
    return this.readText.slice(start, end);
  }

  /** Where a place of a finding's suggestion stands by now; null when its words have changed since they were read. */
  placeNow(index, { start, end }) {
    const finding = this.findings.find((f) => f.index === index);
    if (!finding) return null;
    const by = finding.start - finding.read;
    const whole = { start: Math.min(start, finding.read), end: Math.max(end, finding.end - by) };
    const isSame = this.wordsAt(whole) === this.text.slice(whole.start + by, whole.end + by);
    return isSame ? { start: start + by, end: end + by } : null;
  }

  /** Carry out changes [{start, end, replacement}], none over another, as one step that can be undone. */
  replace(changes) {
    this.#remember();
    for (const { start, end, replacement } of [...changes].sort((a, b) => b.start - a.start)) {
      this.#move({ start, end, growth: replacement.length - (end - start) });
      this.area.value = this.shown = this.text.slice(0, start) + replacement + this.text.slice(end);
    }
    this.draw();
  }

  /** A finding put aside: not shown again while those words stand there. */
  reject(rule, words) {
    this.#remember();
    this.fields.rejected.value = JSON.stringify([...this.rejected, [rule, words]]);
  }

  /** Lock what is selected, or unlock what the caret is in: "locked", "unlocked", or null for neither. */
  lock() {
    const { selectionStart: start, selectionEnd: end } = this.area;
    const touched = this.locks.filter((p) => p.start < Math.max(end, start + 1) && p.end > start);
    if (!touched.length && start === end) return null;
    this.#remember();
    const others = this.locks.filter((p) => !touched.some((t) => t.start === p.start));
    this.locks = touched.length ? others : [...others, { start, end }].sort((a, b) => a.start - b.start);
    this.draw();
    return touched.length ? "unlocked" : "locked";
  }

  /** Another text altogether. */
  open(text) {
    this.#remember();
    this.#put({ text, rejected: "", locked: "" });
  }

  /** No history, and the text that stands in the textarea as the start. */
  forget() {
    this.past = [];
    this.future = [];
    this.typedAt = 0;
    this.shown = this.text;
    this.draw();
  }

  /** Back to before the last change; false when there is none. */
  undo() {
    return this.#step(this.past, this.future);
  }

  /** Forward again; false when nothing was undone. */
  redo() {
    return this.#step(this.future, this.past);
  }

  draw() {
    drawMarks(this.layer, this.text, this.findings, [...this.locks, ...findMarked(this.text)]);
    this.point(this.current);
  }

  #step(from, to) {
    const state = from.pop();
    if (!state) return false;
    to.push(this.#state());
    this.#put(state);
    return true;
  }

  #state() {
    return { text: this.shown, rejected: this.fields.rejected.value, locked: this.fields.locked.value };
  }

  #put({ text, rejected, locked }) {
    const change = difference(this.text, text);
    this.findings = move(this.findings, change);
    this.area.value = this.shown = text;
    this.area.setSelectionRange(change.end + change.growth, change.end + change.growth);
    this.fields.rejected.value = rejected;
    this.fields.locked.value = locked;
    this.typedAt = 0;
    this.draw();
  }

  #remember() {
    this.past.push(this.#state());
    if (this.past.length > LONGEST_HISTORY) this.past.shift();
    this.future = [];
  }

  #move(change) {
    this.findings = move(this.findings, change);
    this.locks = stretch(this.locks, change);
  }

  /** Keep the underlines in place while the answer to what is being typed is on its way. */
  #typed() {
    const now = Date.now();
    if (now - this.typedAt > TYPING_PAUSE) this.#remember();
    this.typedAt = now;
    this.#move(difference(this.shown, this.text));
    this.shown = this.text;
    this.draw();
  }
}
