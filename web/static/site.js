// A check of a site under way: what the server says of it is shown until it is done.

const PAUSE = 1500; // ms between two questions
const check = document.getElementById("check");
const progress = document.getElementById("progress");

async function watch() {
  const response = await fetch(check.dataset.watch).catch(() => null);
  if (response?.status === 404) return window.location.reload(); // gone: the server's own page says so
  if (response?.ok) {
    const html = await response.text(); // our own server's, with every text escaped by its templates
    const focused = document.activeElement?.tagName === "BUTTON";
    progress.innerHTML = html;
    if (focused) progress.querySelector("button").focus();
    if (progress.querySelector("[data-state]").dataset.state !== "running") return undefined;
  } else {
    progress.querySelector(".pages").textContent = check.dataset.lost;
  }
  setTimeout(watch, PAUSE);
  return undefined;
}

setTimeout(watch, PAUSE);
