// Buttons as people expect them.

// A second click on the way is the same wish: send a form once. A slow answer is waited for;
// coming back to the page makes it fresh.
const WAIT = 10000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, WAIT);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A link that is called a button answers to the space bar too (WAI-ARIA 1.2, button).
document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches('a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
});
