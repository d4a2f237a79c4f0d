// A check of a site under way: what the server says of it is shown until it is done.

const PAUSE = 1500; // ms between two questions
const check = document.getElementById("check");
const progress = document.getElementById("progress");
let isLeaving = false;

async function watch() {
  const response = await fetch(check.dataset.watch).catch(() => null);
  if (isLeaving) return;
  if (response?.status === 404) {
    window.location.reload(); // gone: the server's own page says so
    return;
  }
  if (response?.ok) {
    const html = await response.text(); // our own server's, with every text escaped by its templates
    const isFocused = document.activeElement?.tagName === "BUTTON";
    progress.innerHTML = html;
    if (isFocused) progress.querySelector("button").focus();
    if (progress.querySelector("[data-state]").dataset.state !== "running") return;
  } else {
    progress.querySelector(".pages").textContent = check.dataset.lost;
  }
  setTimeout(watch, PAUSE);
}

// Stopping takes a moment, in which the check is gone already.
check.addEventListener("submit", () => (isLeaving = true));
setTimeout(watch, PAUSE);
