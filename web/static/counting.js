// Tells the server what became of suggestions and letters, and which languages messages are in: rules, kinds, scores
// and languages, never a text.

const BEGINNING = 40; // characters that a message is known again by, within this page alone

const form = document.getElementById("desk");
let counted = null; // what the letter's scores were at first: one letter is counted once

function tell(told) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("told", JSON.stringify(told));
  fetch(form.dataset.feedback, { method: "POST", body, keepalive: true }).catch(() => {}); // the letter goes before
}

/** A letter that is copied or printed is done. */
function tellLetter() {
  const section = form.querySelector(".score[data-language]");
  const after = Number.parseFloat(section?.querySelector(".score-number")?.textContent);
  const first = form.elements.before?.value ?? "";
  const before = JSON.parse(first || "{}").score;
  if (Number.isNaN(after) || before === undefined || counted === first) return;
  counted = first;
  const { language, kind } = section.dataset;
  tell({ letter: { language, kind: kind || null, score_before: before, score_after: after } });
}

const begin = () => form.elements.message.value.trim().slice(0, BEGINNING);
let countedMessage = begin(); // what is here at the start was counted before
let answered = ""; // the message that the answer on the page is about

/** A message is read at every pause, and counted when the cursor has left it. */
function tellMessage() {
  const found = document.querySelector("#message-answer [data-language]");
  if (!found || document.activeElement === form.elements.message) return;
  if (begin() !== answered || answered === countedMessage) return;
  countedMessage = answered;
  tell({ message: { language: found.dataset.language || null, missing_into: found.dataset.missingInto || null } });
}

form.addEventListener("message-read", () => {
  answered = begin();
  tellMessage();
});
form.elements.message.addEventListener("blur", tellMessage);
form.addEventListener("verdicts", ({ detail }) => tell({ verdicts: detail }));
form.addEventListener("click", (event) => {
  if (event.target.closest("[data-do=copy-draft], [data-do=copy-translation], [data-do=print]")) tellLetter();
});
