// A moment's link winds the film to it, and the moment that is being shown is marked. The whole screen shows the reader's mark too.
const film = document.querySelector("#film");
const moments = [...document.querySelectorAll("[data-second]")];
const second = (link) => Number(link.dataset.second);

if (film) {
  moments.forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    film.currentTime = second(link);
    film.focus();
  }));
  const [frame, whole] = [document.querySelector("#film-frame"), document.querySelector("#film-whole")];
  whole.hidden = !document.fullscreenEnabled;
  whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()));
  film.addEventListener("timeupdate", () => {
    const shown = moments.filter((link) => second(link) <= film.currentTime + 0.05).at(-1);
    moments.forEach((link) => (link === shown ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  });
}
