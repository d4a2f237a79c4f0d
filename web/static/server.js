// Talking to the server: the form itself is sent; a part of the page comes back, or a small JSON answer.

const REFUSED = [401, 403, 429]; // no answer of the page's own: try again, as when nobody answers
const RETRY = 4000; // ms between two tries while the server is lost

/** What a page of the server's says went wrong. */
const problemIn = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".problem")?.textContent.trim() ?? "";

export class Server {
  /** @param {HTMLFormElement} form @param {HTMLElement} notice says when the server is lost */
  constructor(form, notice) {
    this.form = form;
    this.notice = notice;
    this.latest = {};
  }

  /**
   * The part of the page as HTML, or null when a later request for it has overtaken this one.
   * A lost server is said, and tried again until it answers.
   */
  async ask(part) {
    this.latest[part]?.abort();
    const turn = (this.latest[part] = new AbortController());
    while (!turn.signal.aborted) {
      const response = await this.#send(this.form.action, { part }, turn.signal);
      if (turn.signal.aborted) return null;
      if (response) {
        if (response.status === 400) {
          if (await this.#renew()) continue;
          this.#say(problemIn(await response.text()), false); // the form as a whole was refused: there is no part to show
          return null;
        }
        const html = await response.text().catch(() => null);
        return turn.signal.aborted ? null : html;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
    return null;
  }

  /** The JSON that an address answers the form with, {problem} when it can't, or null when the server is lost. */
  async call(address, fields = {}) {
    const response = await this.#once(address, fields);
    return (await response?.json().catch(() => null)) ?? null;
  }

  /** The HTML that an address answers the form with, or null when the server or the form's token is lost. */
  async fragment(address, fields) {
    const response = await this.#once(address, fields);
    return response && response.status !== 400 ? response.text().catch(() => null) : null;
  }

  /** A file {file, name} that an address answers the form with, {problem} when it can't, or null when the server is lost. */
  async file(address, fields) {
    const response = await this.#once(address, fields);
    if (!response?.ok) return response && { problem: problemIn(await response.text()) };
    const [, name] = response.headers.get("Content-Disposition").match(/filename="?([^";]+)/);
    return { file: await response.blob(), name };
  }

  async #once(address, fields) {
    const response = await this.#send(address, fields);
    return response?.status === 400 && (await this.#renew()) ? this.#send(address, fields) : response;
  }

  async #send(address, fields, signal) {
    const body = new FormData(this.form);
    body.delete("file");
    body.delete("document");
    body.delete("sentences");
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    try {
      const response = await fetch(address, { method: "POST", body, signal });
      if (REFUSED.includes(response.status) || response.status >= 500) throw new Error(String(response.status));
      if (!this.notice.hidden) this.#say(this.form.dataset.back, true);
      return response;
    } catch (error) {
      if (error.name !== "AbortError") this.#say(this.form.dataset.lost, false);
      return null;
    }
  }

  /** A new token after a restart of the server; true when it is another than the one that was refused. */
  async #renew() {
    const field = this.form.elements.csrf_token;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(this.form.action)).text(), "text/html");
      const token = page.querySelector("[name=csrf_token]").value;
      const isNew = token !== field.value && !this.renewed;
      field.value = token;
      this.renewed = true;
      setTimeout(() => (this.renewed = false), RETRY);
      return isNew;
    } catch {
      return false;
    }
  }

  #say(text, isBack) {
    this.notice.textContent = text;
    this.notice.hidden = false;
    clearTimeout(this.hiding);
    if (isBack) this.hiding = setTimeout(() => (this.notice.hidden = true), RETRY);
  }
}
