// Plays a film in the place of its still, once a reader has pressed the button that says whose server is asked.
for (const button of document.querySelectorAll(".film-play")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.title = button.closest(".embed").querySelector(".embed-title").textContent;
    frame.sandbox = "allow-scripts allow-same-origin allow-popups";
    frame.allow = "autoplay; fullscreen";
    // YouTube refuses a player that does not say on which site it is.
    frame.referrerPolicy = "strict-origin";
    frame.src = `${button.dataset.player}&autoplay=1`;
    button.parentElement.replaceChildren(frame);
    frame.focus();
  });
}
