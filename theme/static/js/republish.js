// Copies a field of a republish page when a button is pressed; without this script, readers select it by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch { // an old browser, a page without https, or a reader who refused
      field.select();
      done = document.execCommand("copy");
    }
    button.nextElementSibling.textContent = done ? button.dataset.done : button.dataset.selected;
  });
}
