// Translating a translation back, so that a caseworker can see what a sentence says that he or she can't read.

/** Fill in, under each segment, what it says in the source language; false when the server gives no answer. */
export async function translateBack(translation) {
  const { source, target } = translation.dataset;
  const segments = [...translation.querySelectorAll(".segment")];
  const items = segments.map((s) => ({ text: s.querySelector(".target").textContent, source: target, target: source }));
  const response = await fetch("/api/v1/translations/batch", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ items }),
  }).catch(() => null);
  if (!response?.ok) return false;
  const outcomes = (await response.json()).items;
  for (const [i, { result }] of outcomes.entries()) {
    const back = segments[i].querySelector(".back");
    back.hidden = !result;
    back.querySelector(".words").textContent = result?.text ?? "";
  }
  return true;
}
