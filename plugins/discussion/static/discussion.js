// How many replies the threads of a story have: asked of their places when a reader presses the button, not before, and without
// telling them on which page. Each answer is announced with the name of its place. A press while one is waited for asks nothing.
for (const button of document.querySelectorAll(".discussion button")) {
  button.hidden = false;
  let waiting = 0;
  const ask = async (output) => {
    if (!output.querySelector("span")) output.append(" ", document.createElement("span"));
    const say = (count) => output.querySelector("span").textContent = output.dataset.said.split("{}").join(count);
    say("…");
    let count = "?";
    try {
      const options = { credentials: "omit", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(10000) };
      const answer = await fetch(output.dataset.count, options);
      const post = await answer.json();
      const found = post.replies_count ?? post.thread.post.replyCount;
      if (answer.ok && Number.isSafeInteger(found) && found >= 0) count = found.toLocaleString(output.closest("[lang]").lang);
    } catch { /* no answer, or none that is one */ }
    say(count);
    waiting -= 1;
  };
  button.addEventListener("click", () => {
    const outputs = waiting ? [] : [...button.parentElement.querySelectorAll("output")];
    waiting += outputs.length;
    outputs.forEach(ask);
  });
}
