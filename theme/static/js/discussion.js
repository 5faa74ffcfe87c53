// How many replies the threads of a story have: asked of their places when a reader presses the button, not before, and without
// telling them on which page.
for (const button of document.querySelectorAll(".discussion button")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const output of button.parentElement.querySelectorAll("output")) {
      const counted = (count) => output.textContent = output.dataset.said.replace("{}", count);
      fetch(output.dataset.count, { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(10000) })
        .then((answer) => answer.json())
        .then((post) => counted((post.replies_count ?? post.thread.post.replyCount).toLocaleString(output.closest("[lang]").lang)))
        .catch(() => counted("?"));
    }
  });
}
