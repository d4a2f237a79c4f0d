// Talking to the server: the form itself is sent, a part of the page comes back.

const RETRY = 4000; // ms between two tries while the server is lost

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
  async ask(part, { signal } = {}) {
    const turn = (this.latest[part] = (this.latest[part] ?? 0) + 1);
    for (;;) {
      const response = await this.#send(part, signal);
      if (this.latest[part] !== turn) return null;
      if (response) {
        if (response.status === 400 && (await this.#renew())) continue;
        return response.text();
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY));
      if (this.latest[part] !== turn) return null;
    }
  }

  async #send(part, signal) {
    const body = new FormData(this.form);
    body.delete("file");
    body.delete("document");
    body.set("part", part);
    try {
      const response = await fetch(this.form.action, { method: "POST", body, signal });
      if (response.status >= 500) throw new Error(String(response.status));
      if (!this.notice.hidden) this.#say(this.form.dataset.back, true);
      return response;
    } catch (error) {
      this.#say(this.form.dataset.lost, false);
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
    if (isBack) setTimeout(() => (this.notice.hidden = true), RETRY);
  }
}
