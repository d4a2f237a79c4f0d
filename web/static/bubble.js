// The card at the word: a click on an underlined place shows what is said about it right there.

const GAP = 6; // px between the words and the bubble

export class Bubble {
  /**
   * @param {HTMLElement} element
   * @param {import("./editor.js").Editor} editor
   * @param {import("./panel.js").Panel} panel
   */
  constructor(element, editor, panel) {
    this.element = element;
    this.editor = editor;
    this.panel = panel;
    editor.area.addEventListener("click", () => this.#clicked());
    editor.area.addEventListener("input", () => this.hide());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !element.hidden) {
        this.hide();
        editor.area.focus();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (!element.contains(event.target) && event.target !== editor.area) this.hide();
    });
  }

  hide() {
    this.element.hidden = true;
  }

  #clicked() {
    const { selectionStart, selectionEnd } = this.editor.area;
    const found = selectionStart === selectionEnd ? this.editor.at(selectionStart) : null;
    const words = found && this.editor.layer.querySelector(`mark[data-index="${found.index}"]`); // none where it is locked
    const card = words && this.panel.card(found.index);
    this.editor.point(card ? found.index : null);
    if (!card) return this.hide();
    this.element.dataset.index = found.index;
    this.element.className = `bubble finding ${found.severity}`;
    this.element.replaceChildren(...card.cloneNode(true).children);
    this.element.hidden = false;
    this.#place(words.getClientRects()[0]);
    if (card.checkVisibility()) card.scrollIntoView({ block: "nearest" });
    return undefined;
  }

  /** Under the first line of the words, within the editor's width. */
  #place(words) {
    const box = this.editor.layer.getBoundingClientRect();
    const left = Math.min(words.left - box.left, box.width - this.element.offsetWidth - GAP);
    this.element.style.insetInlineStart = `${Math.max(GAP, left)}px`;
    this.element.style.insetBlockStart = `${words.bottom - box.top + GAP}px`;
  }
}
