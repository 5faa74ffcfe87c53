// A chapter starts the player above it; without this script its link opens the recording at that minute.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".audio ol a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const player = link.closest(".audio").querySelector("audio");
  player.currentTime = link.hash.slice(3);
  player.play();
});
