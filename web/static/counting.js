// Tells the server what became of suggestions and letters: rules, kinds and scores, never a text.

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

form.addEventListener("verdicts", ({ detail }) => tell({ verdicts: detail }));
form.addEventListener("click", (event) => {
  if (event.target.closest("[data-do=copy-draft], [data-do=copy-translation], [data-do=print]")) tellLetter();
});
