// Puts the shared rails in the place of the plain link to the latest stories that an old story page carries.
// XMLHttpRequest parses the fragment itself, so no HTML is made from a string here.
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
