// What is written survives a reload of this tab: in its session storage, nowhere else, until it is cleared.

const KEY = "replyassist.desk";
const KEPT = ["message", "draft", "audience", "language", "target", "before", "rejected", "locked"];

/** @param {HTMLFormElement} form */
export function keep(form) {
  const fields = Object.fromEntries(KEPT.map((name) => [name, form.elements[name]?.value ?? ""]));
  try {
    sessionStorage.setItem(KEY, JSON.stringify(fields));
  } catch {
    // Storage is full or off: the page works without it.
  }
}

/** Fill an empty form with what was kept; true when there was something. */
export function restore(form) {
  try {
    const fields = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (!fields || form.elements.draft.value || form.elements.message.value) return false;
    for (const name of KEPT) if (fields[name] && form.elements[name]) form.elements[name].value = fields[name];
    return Boolean(fields.draft || fields.message);
  } catch {
    return false;
  }
}

export function forget() {
  sessionStorage.removeItem(KEY);
}
