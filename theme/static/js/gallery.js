// One large picture of a gallery is open at a time, and the arrow keys lead to the next and to the one before.
const opened = () => document.querySelector(".gallery-large:popover-open");

addEventListener("beforetoggle", ({ target, newState }) => {
  if (newState === "open" && target.matches(".gallery-large")) opened()?.hidePopover();
}, true);

addEventListener("keydown", ({ key }) => {
  const large = opened();
  const back = large?.matches(":dir(rtl)") ? "ArrowRight" : "ArrowLeft";
  if (/^Arrow[LR]/.test(key)) large?.querySelector(`[data-step="${key === back ? -1 : 1}"]`)?.click();
});
