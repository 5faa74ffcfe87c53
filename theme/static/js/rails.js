// An old story page carries a plain link to the latest stories; put the shared rails in its place.
// XMLHttpRequest parses the fragment by itself, so nothing here writes HTML from a string.
const link = document.querySelector("a[data-rails]");
if (link) {
  const request = new XMLHttpRequest();
  request.open("GET", link.dataset.rails);
  request.responseType = "document";
  request.onload = () => {
    const rails = request.response ? request.response.querySelectorAll(".rail") : [];
    if (request.status === 200 && rails.length) link.parentElement.replaceWith(...rails);
  };
  request.send();
}
