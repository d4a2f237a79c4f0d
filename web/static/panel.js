// The findings beside the draft: which card is at work, what is accepted and what is put aside.

export class Panel {
  /**
   * @param {HTMLElement} place where the server's answer about the draft stands
   * @param {import("./editor.js").Editor} editor
   * @param {{change: (said: string) => void, words: DOMStringMap}} desk told when a card has been dealt with
   */
  constructor(place, editor, desk) {
    this.place = place;
    this.editor = editor;
    this.desk = desk;
    place.addEventListener("keydown", (event) => this.#press(event));
    place.addEventListener("focusin", (event) => editor.point(event.target.closest(".finding")?.dataset.index ?? null));
  }

  get cards() {
    return [...this.place.querySelectorAll(".finding")];
  }

  /** Put the server's answer in place; focus and unfolded parts stay as they are. */
  show(html) {
    const focused = this.place.contains(document.activeElement) ? document.activeElement : null;
    const position = Math.max(0, this.cards.indexOf(focused?.closest(".finding")));
    const unfolded = [...this.place.querySelectorAll("details[open]")].map((part) => part.id);
    this.place.innerHTML = html; // our own server's, with every text escaped by its templates
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
    this.mark();
    if (focused) (this.cards[Math.min(position, this.cards.length - 1)] ?? this.editor.area).focus();
  }

  /** Underline in the draft what the cards are about. */
  mark() {
    this.editor.mark(
      this.cards.map((card) => ({
        index: card.dataset.index,
        start: Number(card.dataset.start),
        end: Number(card.dataset.end),
        severity: ["error", "warning", "advice"].find((s) => card.classList.contains(s)),
      })),
    );
  }

  card(index) {
    return this.cards.find((card) => card.dataset.index === String(index));
  }

  /** Take the suggestion of a button, which may stand in a card or in the bubble at the word. */
  accept(button) {
    const card = this.card(button.closest("[data-index]").dataset.index);
    const { start, end, replacement } = button.dataset;
    const next = this.#after(card);
    const place = this.editor.placeNow(card.dataset.index, { start: Number(start), end: Number(end) });
    if (!place) return this.#leave(card, next, button); // other words stand there, and are being read
    this.#judge(card, true);
    this.editor.replace([{ ...place, replacement }]);
    this.#leave(card, next, button);
    return this.desk.change(this.desk.words.accepted);
  }

  reject(button) {
    const card = this.card(button.closest("[data-index]").dataset.index);
    const { start, end, rule } = card.dataset;
    const next = this.#after(card);
    this.#judge(card, false);
    this.editor.reject(rule, this.editor.wordsAt({ start: Number(start), end: Number(end) }));
    this.#leave(card, next, button);
    this.desk.change(this.desk.words.rejected);
  }

  /** To the next finding in the order of the text: after the card that has the focus, else at or after the caret. */
  next() {
    const placed = this.editor.findings.filter((f) => f.end > f.start).sort((a, b) => a.start - b.start);
    const here = placed.findIndex((f) => f.index === document.activeElement.closest(".finding")?.dataset.index);
    const caret = document.activeElement === this.editor.area ? this.editor.area.selectionStart : 0;
    const found = here < 0 ? placed.find((f) => f.end >= caret) : placed[here + 1];
    const card = this.card((found ?? placed[0])?.index) ?? this.cards[0];
    if (card) this.#focus(card);
  }

  /** Back to the words that a card is about. */
  leave(card) {
    const place = this.editor.findings.find((f) => f.index === card.dataset.index);
    this.editor.area.focus();
    if (place) this.editor.area.setSelectionRange(place.start, place.end);
  }

  /** Let whoever counts know of it. */
  #judge(card, accepted) {
    const detail = [{ rule: card.dataset.rule, accepted }];
    this.place.dispatchEvent(new CustomEvent("verdicts", { bubbles: true, detail }));
  }

  #focus(card) {
    const folded = card.closest("details");
    if (folded) folded.open = true;
    card.focus();
  }

  #after(card) {
    const visible = this.cards.filter((each) => each.checkVisibility());
    return visible[visible.indexOf(card) + 1] ?? visible[visible.indexOf(card) - 1];
  }

  /** The focus goes to the next card, or stays in the draft when the bubble was used. */
  #leave(card, next, button) {
    const isAtWord = !this.place.contains(button);
    card.remove();
    if (isAtWord || !next) this.editor.area.focus();
    else next.focus();
  }

  #press(event) {
    const card = event.target.classList.contains("finding") ? event.target : null;
    if (!card) return;
    const act = {
      Enter: () => card.querySelector(".accept") && this.accept(card.querySelector(".accept")),
      Delete: () => this.reject(card),
      Backspace: () => this.reject(card),
      Escape: () => this.leave(card),
      ArrowDown: () => this.#step(card, 1),
      ArrowUp: () => this.#step(card, -1),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  #step(card, by) {
    const visible = this.cards.filter((each) => each.checkVisibility());
    visible[visible.indexOf(card) + by]?.focus();
  }
}
