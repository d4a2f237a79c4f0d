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

  /** The text to copy; its label goes along until a person has read it all. */
  get text() {
    const text = document.getElementById("translated-text").textContent;
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
}
