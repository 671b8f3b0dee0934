// The drawing of a proposal: folded on a phone, and looked at where its first mark is.
const frame = document.querySelector(".studio-frame");
const shows = (id) => {
  const mark = document.getElementById(id);
  if (!mark || !frame.contains(mark)) return;
  const [around, box] = [frame.getBoundingClientRect(), mark.getBoundingClientRect()];
  frame.scrollTop += box.top - around.top - (around.height - box.height) / 2;
};

if (frame) {
  const folded = frame.closest("details");
  if (matchMedia("(max-width: 900px)").matches && !location.hash.startsWith("#at-")) folded.open = false;
  folded.addEventListener("toggle", () => shows(frame.dataset.starts), { once: !folded.open });
  addEventListener("hashchange", () => shows(location.hash.slice(1)));
  shows(location.hash.startsWith("#at-") ? location.hash.slice(1) : frame.dataset.starts);
}
