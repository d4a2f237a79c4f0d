// The translation under review: what has been read, what must be looked at, what it says translated back.

export class Review {
  /** @param {HTMLElement} place where the translation stands @param {DOMStringMap} words of the page */
  constructor(place, words) {
    this.place = place;
    this.words = words;
  }

  get translation() {
    return this.place.querySelector(".translation");
  }

  get ticks() {
    return [...this.place.querySelectorAll("[data-do=tick]")];
  }

  get isReviewed() {
    return this.ticks.every((tick) => tick.checked);
  }

  /** Say how much has been read; the label goes when all of it has. */
  count() {
    if (!this.translation) return;
    const badge = this.place.querySelector(".badge");
    const { label, target } = this.translation.dataset;
    badge.classList.toggle("reviewed", this.isReviewed);
    badge.textContent = this.isReviewed ? this.words.reviewed : label;
    badge.lang = this.isReviewed ? document.documentElement.lang : target;
    badge.dir = this.isReviewed ? "ltr" : this.place.querySelector(".target").dir;
    this.place.querySelector("[name=reviewed]").checked = this.isReviewed; // it goes along with what is saved
    const read = this.ticks.filter((tick) => tick.checked).length;
    document.getElementById("progress").textContent = this.words.read.replace("%s", read).replace("%t", this.ticks.length);
    for (const tick of this.ticks) tick.closest(".segment").classList.toggle("read", tick.checked);
  }

  tickAll(isRead) {
    for (const tick of this.ticks) tick.checked = isRead;
    this.count();
  }

  /** Show the doubtful segments alone, or all. */
  narrow(isNarrow) {
    this.translation.classList.toggle("doubtful-only", isNarrow);
  }

  /** The draft has changed since it was translated. */
  outdate() {
    const notice = document.getElementById("outdated");
    if (!notice) return;
    notice.textContent = this.words.outdated;
    notice.hidden = false;
  }

  /** The sentences as they are shown, and what stands between them; they go along with what is saved. */
  get sentences() {
    return this.place.querySelector("[name=sentences]").value;
  }

  get #sentences() {
    return JSON.parse(this.sentences);
  }

  /** The text to copy; its label goes along until a person has read it all. */
  get text() {
    const { between, targets } = this.#sentences;
    const text = between.map((gap, i) => gap + (targets[i] ?? "")).join("");
    return this.isReviewed ? text : `${text}\n\n(${this.translation.dataset.label})`;
  }

  /** Fill in, under each segment, what it says in the source language; the problem when that can't be had. */
  async translateBack(server) {
    const { source, target } = this.translation.dataset;
    const segments = [...this.place.querySelectorAll(".segment")];
    const texts = JSON.stringify(segments.map((s) => s.querySelector(".target").textContent));
    const answer = await server.call(this.words.backTranslation, { texts, source: target, into: source });
    for (const [i, text] of (answer?.texts ?? []).entries()) {
      const back = segments[i].querySelector(".back");
      back.hidden = text === null;
      back.querySelector(".words").textContent = text ?? "";
    }
    return answer?.problem;
  }

  /** Open or close the place where a sentence is saved to the memory, in the words that it should have. */
  remember(button) {
    const segment = button.closest(".segment");
    const toggle = segment.querySelector("[data-do=remember]");
    const open = segment.querySelector(".remembering");
    toggle.setAttribute("aria-expanded", String(!open));
    if (open) {
      open.remove();
      toggle.focus();
      return;
    }
    segment.append(document.getElementById("remembering").content.cloneNode(true));
    const area = segment.querySelector("textarea");
    area.value = segment.querySelector(".target").textContent;
    area.focus();
  }

  /** Save a sentence in the words that a person gave it; from then on they stand in this letter too. */
  async saveSentence(button, server) {
    const segment = button.closest(".segment");
    const at = [...this.place.querySelectorAll(".segment")].indexOf(segment);
    const { source, target } = this.translation.dataset;
    const wording = segment.querySelector("textarea").value.trim();
    const sentence = this.#sentences.sources[at];
    const answer = await server.call(this.words.memory, { sentence, wording, source, into: target });
    if (!answer?.saved) {
      if (answer) segment.querySelector(".outcome").textContent = answer.problem;
      return undefined;
    }
    const kept = this.#sentences;
    kept.targets[at] = wording;
    this.place.querySelector("[name=sentences]").value = JSON.stringify(kept);
    segment.querySelector(".target").textContent = wording;
    segment.querySelector("[data-do=tick]").checked = true;
    this.remember(button);
    this.count();
    return answer.saved;
  }
}
