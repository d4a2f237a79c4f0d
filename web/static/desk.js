// The page at work: reads along as one types, and carries out what is accepted. Without it, the form works by POST.

import { translateBack } from "./back.js";
import { Editor } from "./editor.js";
import { forget, keep, restore } from "./keeping.js";
import { Server } from "./server.js";

const PAUSE = 350; // ms without a stroke before the draft is read
const SHOWN = 2500; // ms that a status is shown

const form = document.getElementById("desk");
const answers = Object.fromEntries(["draft", "message", "translation"].map((p) => [p, document.getElementById(`${p}-answer`)]));
const status = document.getElementById("status");
const undoButton = form.querySelector("[data-do=undo]");
document.documentElement.classList.add("scripted");

const restored = restore(form);
const editor = new Editor(document.getElementById("editor"), () => form.elements.rejected);
const server = new Server(form, document.getElementById("connection"));

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
  place.setAttribute("aria-busy", "true");
  const html = await server.ask(part);
  if (html === null) return;
  const focused = place.contains(document.activeElement) ? document.activeElement.closest(".finding") : null;
  const position = focused ? findings().indexOf(focused) : -1;
  const restOpen = document.getElementById("rest")?.open;
  place.innerHTML = html; // our own server's, with every text escaped by its templates
  place.removeAttribute("aria-busy");
  if (part === "draft") {
    if (restOpen && document.getElementById("rest")) document.getElementById("rest").open = true;
    showFindings();
    if (position >= 0) findings()[Math.min(position, findings().length - 1)]?.focus();
  }
  keep(form);
}

function findings() {
  return [...answers.draft.querySelectorAll(".finding")];
}

function showFindings() {
  editor.mark(
    findings().map((item) => ({
      index: item.dataset.index,
      start: Number(item.dataset.start),
      end: Number(item.dataset.end),
      severity: ["error", "warning", "advice"].find((s) => item.classList.contains(s)),
    })),
  );
  const language = answers.draft.querySelector("[data-language]")?.dataset.language;
  if (language) editor.area.lang = language;
  undoButton.disabled = !editor.history.length;
}

const readDraft = later(() => refresh("draft"), PAUSE);
const readMessage = later(() => refresh("message").then(() => refresh("draft")), PAUSE);

function changed() {
  undoButton.disabled = false;
  keep(form);
}

// ---- accepting, putting aside, undoing ----

function accept(button) {
  const item = button.closest(".finding");
  editor.replace(Number(button.dataset.start), Number(button.dataset.end), button.dataset.replacement);
  moveOn(item);
  tell(form.dataset.accepted);
}

function reject(item) {
  const field = form.elements.rejected;
  editor.remember();
  const words = editor.text.slice(Number(item.dataset.start), Number(item.dataset.end));
  field.value = JSON.stringify([...(field.value ? JSON.parse(field.value) : []), [item.dataset.rule, words]]);
  moveOn(item);
  tell(form.dataset.rejected);
}

/** The focus goes to the next finding; the list is read anew. */
function moveOn(item) {
  const all = findings();
  const next = all[all.indexOf(item) + 1] ?? all[all.indexOf(item) - 1];
  item.remove();
  (next ?? editor.area).focus();
  changed();
  refresh("draft");
}

async function acceptSafe() {
  const response = await fetch(`/api/v1/simplifications`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      text: editor.text, audience: form.elements.audience.value, language: form.elements.language.value || null,
    }),
  }).catch(() => null);
  if (!response?.ok) return refresh("draft"); // which says what is wrong
  editor.remember();
  editor.findings = [];
  editor.set((await response.json()).text);
  changed();
  tell(form.dataset.accepted);
  return refresh("draft");
}

function undo() {
  if (!editor.undo()) return;
  changed();
  tell(form.dataset.undone);
  refresh("draft");
}

// ---- the translation ----

function review() {
  const ticks = [...answers.translation.querySelectorAll("[data-do=tick]")];
  const badge = answers.translation.querySelector(".badge");
  const isReviewed = ticks.every((tick) => tick.checked);
  badge.classList.toggle("reviewed", isReviewed);
  badge.textContent = isReviewed ? form.dataset.reviewed : answers.translation.querySelector(".translation").dataset.label;
  badge.lang = isReviewed ? document.documentElement.lang : answers.translation.querySelector(".translation").dataset.target;
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  tell(form.dataset.copied);
}

const actions = {
  accept: (button) => accept(button),
  reject: (button) => reject(button.closest(".finding")),
  "accept-safe": () => acceptSafe(),
  undo: () => undo(),
  "copy-draft": () => copy(editor.text),
  "copy-translation": () => {
    // The label goes along until a person has read the text.
    const badge = answers.translation.querySelector(".badge");
    const text = document.getElementById("translated-text").textContent;
    return copy(badge.classList.contains("reviewed") ? text : `${text}\n\n(${badge.textContent})`);
  },
  "translate-back": async (button) => {
    button.setAttribute("aria-busy", "true");
    if (!(await translateBack(answers.translation.querySelector(".translation")))) tell(form.dataset.lost);
    button.removeAttribute("aria-busy");
  },
  print: () => window.print(),
  translate: async (button) => {
    button.setAttribute("aria-busy", "true");
    await refresh("translation");
    button.removeAttribute("aria-busy");
  },
  "tick-all": () => {
    for (const tick of answers.translation.querySelectorAll("[data-do=tick]")) tick.checked = true;
    review();
  },
  tick: () => review(),
  clear: () => {
    if (!window.confirm(form.dataset.clearQuestion)) return;
    form.elements.message.value = "";
    form.elements.rejected.value = form.elements.before.value = "";
    editor.findings = [];
    editor.history = [];
    editor.set("");
    forget();
    for (const part of Object.keys(answers)) refresh(part).then(forget);
    tell(form.dataset.cleared);
    editor.area.focus();
  },
};

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.dataset.do !== "tick") event.preventDefault();
  actions[button.dataset.do](button);
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return; // a file to save, which is the browser's own business
  event.preventDefault();
  refresh("draft");
});

form.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey && event.target !== form.elements.message) {
    event.preventDefault();
    undo();
  }
  const item = event.target.classList.contains("finding") ? event.target : null;
  if (!item) return;
  if (event.key === "Enter") {
    event.preventDefault();
    const button = item.querySelector(".accept");
    if (button) accept(button);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    reject(item);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const visible = findings().filter((f) => f.checkVisibility());
    visible[visible.indexOf(item) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
});

form.addEventListener("focusin", (event) => {
  const item = event.target.closest(".finding");
  editor.point(item ? item.dataset.index : null);
});

editor.area.addEventListener("input", () => {
  changed();
  readDraft();
});

/** The caret in an underlined place shows what is said about it. */
function pointAtCaret() {
  const found = editor.at(editor.area.selectionStart);
  editor.point(found?.index ?? null);
  for (const item of findings()) {
    const isCurrent = item.dataset.index === found?.index;
    item.classList.toggle("current", isCurrent);
    if (isCurrent && item.checkVisibility()) item.scrollIntoView({ block: "nearest" });
  }
}
editor.area.addEventListener("click", pointAtCaret);
editor.area.addEventListener("keyup", pointAtCaret);

form.elements.message.addEventListener("input", () => {
  keep(form);
  readMessage();
});
for (const name of ["audience", "language"]) {
  form.elements[name].addEventListener("change", () => refresh("draft"));
}
form.elements.target.addEventListener("change", () => keep(form));

// ---- documents, opened or dropped ----

async function openDocument(file) {
  if (!file) return;
  if (file.size > Number(form.dataset.bodyLimit)) return tell(form.dataset.tooLarge);
  const body = new FormData();
  body.set("file", file);
  const response = await fetch("/api/v1/documents", { method: "POST", body }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response?.ok) return tell(answer?.detail ?? answer?.title ?? form.dataset.lost);
  editor.remember();
  form.elements.before.value = form.elements.rejected.value = "";
  editor.findings = [];
  editor.set(answer.text);
  changed();
  return refresh("draft");
}

form.elements.file.addEventListener("change", async () => {
  await openDocument(form.elements.file.files[0]);
  form.elements.file.value = "";
});
const dropping = document.getElementById("editor");
for (const kind of ["dragenter", "dragover"]) {
  dropping.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    dropping.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) dropping.addEventListener(kind, () => dropping.classList.remove("over"));
dropping.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  openDocument(event.dataTransfer.files[0]);
});

// ---- at the start ----

if (restored) {
  document.getElementById("message-card").open ||= Boolean(form.elements.message.value);
  editor.shown = editor.text;
  editor.draw();
  if (form.elements.message.value) refresh("message");
  refresh("draft");
} else {
  showFindings();
}
