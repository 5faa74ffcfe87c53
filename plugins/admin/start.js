// The editor sets HTML of its own making, which a browser that asks for trusted types refuses without a policy.
if (globalThis.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createHTML: (html) => html,
    createScriptURL: (url) => {
      const { origin, protocol } = new URL(url, location);
      if (origin === location.origin || protocol === "blob:") return url;
      throw new TypeError(`no script from ${origin}`);
    },
  });
}
// A new story begins as a draft. The default in the configuration is for the files that do not say their status: they are published.
const NEW = "#/collections/stories/new";
addEventListener("hashchange", () => {
  if (location.hash === NEW) location.replace(`${NEW}?status=draft`);
});
const { init } = await import("./cms/index.js");
init();
