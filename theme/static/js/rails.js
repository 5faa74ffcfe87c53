// Puts the shared rails in the place of the plain link to the latest stories that an old story page carries; they do not list
// the story itself, in any language. XMLHttpRequest parses the fragment itself, so no HTML is made from a string here.
const link = document.querySelector("a[data-rails]");
if (link) {
  const request = new XMLHttpRequest();
  request.open("GET", link.dataset.rails);
  request.responseType = "document";
  request.onload = () => {
    if (request.status !== 200 || !request.response) return;
    const own = [location, ...document.querySelectorAll(".languages a")].map((each) => each.pathname);
    for (const item of request.response.querySelectorAll(".rail li")) {
      if (own.includes(item.querySelector("a").pathname)) item.remove();
    }
    const rails = request.response.querySelectorAll(".rail:has(li)");
    if (rails.length) link.parentElement.replaceWith(...rails);
  };
  request.send();
}
