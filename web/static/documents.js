// Documents: chosen, dropped or pasted; the server reads them and forgets them.

const SAVING = 60_000; // ms that a browser may take to save a file from memory

/**
 * @param {HTMLFormElement} form
 * @param {import("./server.js").Server} server
 * @param {{opened: (text: string, field: HTMLTextAreaElement) => void, failed: (why: string) => void}} desk
 */
export function acceptDocuments(form, server, desk) {
  async function open(file, field) {
    if (!file) return;
    if (file.size > Number(form.dataset.bodyLimit)) return desk.failed(form.dataset.tooLarge);
    const answer = await server.call(form.dataset.document, { file });
    if (answer) answer.problem ? desk.failed(answer.problem) : desk.opened(answer.text, field);
    return undefined;
  }

  form.elements.file.addEventListener("change", async () => {
    await open(form.elements.file.files[0], form.elements.draft);
    form.elements.file.value = "";
  });
  for (const place of form.querySelectorAll(".dropping")) {
    const field = place.querySelector("textarea");
    const holdsFile = (event) => [...event.dataTransfer.types].includes("Files");
    for (const kind of ["dragenter", "dragover"]) {
      place.addEventListener(kind, (event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        place.classList.add("over");
      });
    }
    for (const kind of ["dragleave", "drop"]) place.addEventListener(kind, () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      open(event.dataTransfer.files[0], field);
    });
    // Word puts a picture of the words beside the words themselves: where there is text, the text is meant.
    field.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      open(event.clipboardData.files[0], field);
    });
  }
}

/**
 * The translation as a file to save. Sent by the browser itself, the page would go, and with it what was ticked as
 * read, wherever the server is away or has lost the session.
 *
 * @param {HTMLButtonElement} button names the format
 * @param {import("./server.js").Server} server
 * @param {string} sentences the translation as it is shown
 * @returns {Promise<string | undefined>} the problem, when there is one
 */
export async function saveFile(button, server, sentences) {
  const answer = await server.file(button.getAttribute("formaction"), { [button.name]: button.value, sentences });
  if (!answer?.file) return answer?.problem;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(answer.file);
  link.download = answer.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING);
  return undefined;
}

let made = ""; // the address of the latest translated file

/** Nothing of a translated file stays. @param {HTMLElement} place where the answer stood */
export function forgetDocument(place) {
  place.replaceChildren();
  URL.revokeObjectURL(made);
}

/**
 * The chosen file in the language wanted, and what must be looked at in it. Browsers don't save from long data
 * addresses: the link leads to the same file in their memory.
 *
 * @param {HTMLFormElement} form
 * @param {import("./server.js").Server} server
 * @param {HTMLElement} place where the answer stands
 */
export async function translateDocument(form, server, place) {
  const [file] = form.elements.document.files;
  if (file?.size > Number(form.dataset.bodyLimit)) {
    place.textContent = form.dataset.tooLarge;
    return;
  }
  const html = await server.fragment(form.dataset.translatedDocument, { part: "document", ...(file && { document: file }) });
  if (html === null) return;
  place.innerHTML = html; // our own server's, with every text escaped by its templates
  const link = place.querySelector("a[download]");
  if (!link) return;
  URL.revokeObjectURL(made);
  const bytes = Uint8Array.from(atob(link.getAttribute("href").split(",")[1]), (c) => c.charCodeAt(0));
  link.href = made = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
}
