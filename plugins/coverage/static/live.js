// Running coverage: while the page is seen, asks each minute whether there is more, and puts it in. A server that is asked with
// the mark of what the browser has answers in a few bytes if nothing is new. XMLHttpRequest parses the page itself, so no HTML is
// made from a string here.
const status = document.querySelector(".live [role=status]");
const ids = (body) => [...body.querySelectorAll("h2[id]")].map((each) => each.id);
const timer = status && setInterval(() => {
  if (document.hidden) return;
  const request = new XMLHttpRequest();
  request.open("GET", location.href.replace(/#.*/, "")); // whole: a path such as //other/ would name another host
  request.setRequestHeader("Cache-Control", "no-cache"); // a host may have told the browser to keep the page for minutes
  request.responseType = "document";
  request.onload = () => {
    const now = document.querySelector(".story-body");
    const isOurs = request.status === 200 && new URL(request.responseURL).origin === location.origin;
    const fresh = isOurs && request.response?.querySelector(".story-body");
    if (!fresh) return;
    const before = ids(now);
    const isNew = ids(fresh).some((id) => !before.includes(id));
    if (fresh.textContent !== now.textContent) now.replaceWith(document.adoptNode(fresh));
    if (isNew) status.textContent = status.dataset.said;
    if (!request.response.querySelector(".live [role=status]")) clearInterval(timer);
  };
  request.send();
}, 60000);
