// A second click on the way is the same wish: send a form once.
// Enough time passes for a slow answer; coming back to the page makes it fresh.
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
