// The page at work: reads along as one types, and carries out what is accepted. Without it, the form works by POST.

import { Bubble } from "./bubble.js";
import { acceptDocuments, forgetDocument, saveFile, translateDocument } from "./documents.js";
import { Editor } from "./editor.js";
import { forget, keep, restore } from "./keeping.js";
import { Panel } from "./panel.js";
import { Review } from "./review.js";
import { Server } from "./server.js";

const PAUSE = 120; // ms without a stroke before the draft is read
const MESSAGE_PAUSE = 500; // ms: a message is pasted, and its translation costs more
const SHOWN = 3000; // ms that a status is shown

const form = document.getElementById("desk");
const answers = Object.fromEntries(["draft", "message", "translation"].map((p) => [p, document.getElementById(`${p}-answer`)]));
const documentAnswer = document.getElementById("document-answer");
const status = document.getElementById("status");
const glance = document.getElementById("glance");
document.documentElement.classList.add("scripted");

const restored = restore(form);
const editor = new Editor(document.getElementById("editor"), form.elements);
const server = new Server(form, document.getElementById("connection"));
const review = new Review(answers.translation, form.dataset);
const panel = new Panel(answers.draft, editor, { change: (said) => changeAndRead(said), words: form.dataset });
const bubble = new Bubble(document.getElementById("bubble"), editor, panel);

function tell(text) {
  status.textContent = text;
  status.classList.add("shown");
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => status.classList.remove("shown"), SHOWN);
}

function later(action, pause) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, pause);
  };
}

// ---- parts of the page ----

async function refresh(part) {
  const place = answers[part];
  const { text } = editor;
  place.setAttribute("aria-busy", "true");
  const html = await server.ask(part);
  if (html === null) return false;
  const isOld = editor.text !== text;
  if (part === "draft" && isOld) return false; // each change asks anew, and these places are of another text
  place.removeAttribute("aria-busy");
  if (part === "draft") {
    panel.show(html);
    bubble.hide();
    sayLanguage();
    sayScore();
  } else {
    place.innerHTML = html; // our own server's, with every text escaped by its templates
  }
  if (part === "translation") review.count();
  if (part === "translation" && isOld) review.outdate();
  if (part === "message") {
    form.elements.message.lang = place.querySelector("[data-language]")?.dataset.language ?? "";
    form.dispatchEvent(new CustomEvent("message-read"));
  }
  keep(form);
  return true;
}

/** The language found stands in the list that it can be corrected in. */
function sayLanguage() {
  const { language, languageName } = answers.draft.querySelector("[data-language]")?.dataset ?? {};
  const isFound = language && !form.elements.language.value;
  form.elements.language.options[0].textContent = isFound ? form.dataset.found.replace("%s", languageName) : form.dataset.auto;
  editor.area.lang = language ?? "";
}

/** On a small screen the reading lies below the letter: the way there says the score. */
function sayScore() {
  const score = answers.draft.querySelector(".score-number")?.textContent;
  glance.hidden = !score;
  if (score) glance.textContent = `${form.dataset.score.replace("%s", score)} ↓`;
}

function changed() {
  form.querySelector("[data-do=undo]").disabled = !editor.past.length;
  form.querySelector("[data-do=redo]").disabled = !editor.future.length;
  review.outdate();
  keep(form);
}

/** After a change by a button or a key: say it, and read the draft anew, and say the score with it. */
async function changeAndRead(said) {
  changed();
  bubble.hide();
  tell(said);
  const isRead = await refresh("draft");
  const score = answers.draft.querySelector(".score-number")?.textContent;
  if (isRead && score) tell(`${said}. ${form.dataset.score.replace("%s", score)}`);
}

const readDraft = later(() => refresh("draft"), PAUSE);
const readMessage = later(() => refresh("message").then(() => refresh("draft")), MESSAGE_PAUSE);

// ---- what the buttons do ----

async function acceptSafe() {
  const { text } = editor;
  const answer = await server.call(form.dataset.plan);
  if (!answer) return undefined;
  if (editor.text !== text) return acceptSafe(); // what was typed meanwhile has moved the places
  if (answer.problem) return tell(answer.problem);
  if (!answer.plan.length) return tell(form.dataset.nothingSafe);
  editor.replace(answer.plan);
  const verdicts = answer.rules.map((rule) => ({ rule, accepted: true }));
  form.dispatchEvent(new CustomEvent("verdicts", { detail: verdicts }));
  return changeAndRead(form.dataset.accepted);
}

/** The way to copy where browsers give no clipboard to pages: in a network without TLS. */
function copySelected(text) {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  focused.focus({ preventScroll: true });
  return isCopied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(text)) return;
  }
  tell(form.dataset.copied);
}

async function busy(button, work) {
  button.setAttribute("aria-busy", "true");
  await work();
  button.removeAttribute("aria-busy");
}

function clear() {
  if (!window.confirm(form.dataset.clearQuestion)) return;
  for (const name of ["message", "draft", "rejected", "locked"]) form.elements[name].value = "";
  if (form.elements.before) form.elements.before.value = "";
  form.elements.document.value = "";
  forgetDocument(documentAnswer);
  editor.findings = [];
  editor.forget();
  changed();
  forget();
  for (const part of Object.keys(answers)) refresh(part).then(forget);
  tell(form.dataset.cleared);
  editor.area.focus();
}

const actions = {
  accept: (button) => panel.accept(button),
  reject: (button) => panel.reject(button),
  "accept-safe": acceptSafe,
  undo: () => editor.undo() && changeAndRead(form.dataset.undone),
  redo: () => editor.redo() && changeAndRead(form.dataset.redone),
  lock: () => {
    const became = editor.lock();
    editor.area.focus();
    return became ? changeAndRead(form.dataset[became]) : tell(form.dataset.lockNothing);
  },
  "copy-draft": () => copy(editor.text),
  "copy-translation": () => copy(review.text),
  "translate-back": (button) => busy(button, async () => {
    const problem = await review.translateBack(server);
    if (problem) tell(problem);
  }),
  remember: (button) => review.remember(button),
  "save-sentence": (button) => busy(button, async () => {
    const saved = await review.saveSentence(button, server);
    if (saved) tell(saved);
  }),
  "translate-document": (button) => busy(button, () => translateDocument(form, server, documentAnswer)),
  print: () => window.print(),
  translate: (button) => busy(button, () => refresh("translation")),
  "tick-all": (box) => review.tickAll(box.checked),
  tick: () => review.count(),
  "only-doubtful": (box) => review.narrow(box.checked),
  clear,
};

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.type !== "checkbox") event.preventDefault();
  actions[button.dataset.do](button);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submitter } = event;
  if (submitter?.hasAttribute("formaction")) {
    busy(submitter, async () => {
      const problem = await saveFile(submitter, server, review.sentences);
      if (problem) tell(problem);
    });
  } else refresh("draft");
});

// On the whole page: the button that had the focus may have gone with the answer that it brought.
document.addEventListener("keydown", (event) => {
  const isCommand = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const isElsewhere = event.target.matches("textarea") && event.target !== editor.area;
  if (isCommand && (key === "z" || key === "y") && !isElsewhere) {
    event.preventDefault();
    actions[key === "y" || event.shiftKey ? "redo" : "undo"]();
  } else if (event.key === "F8") {
    event.preventDefault();
    panel.next();
  } else if (event.key === "Enter" && event.target.type === "checkbox") {
    event.preventDefault(); // else it presses the form's first button, which accepts suggestions
  }
});

editor.area.addEventListener("input", () => {
  changed();
  readDraft();
});
form.elements.message.addEventListener("input", () => {
  keep(form);
  readMessage();
});
for (const name of ["audience", "language"]) {
  form.elements[name].addEventListener("change", () => {
    const { language, audience } = answers.draft.querySelector("[data-language]")?.dataset ?? {};
    const isOther = form.elements.audience.value !== audience || form.elements.language.value.replace(/^$/, language) !== language;
    if (isOther && form.elements.before) form.elements.before.value = ""; // another scale: nothing to compare with
    refresh("draft");
  });
}
form.elements.target.addEventListener("change", () => keep(form));

acceptDocuments(form, server, {
  failed: tell,
  opened: (text, field) => {
    if (field === editor.area) {
      form.elements.before?.remove(); // another letter: what is compared with starts anew
      editor.open(text);
      changed();
      refresh("draft");
    } else {
      field.value = text;
      keep(form);
      refresh("message");
    }
  },
});

// ---- at the start ----

if (restored) {
  document.getElementById("message-card").open ||= Boolean(form.elements.message.value);
  editor.forget();
  if (form.elements.message.value) refresh("message");
  refresh("draft");
} else {
  panel.mark();
  sayScore();
}
review.count();
