// Photographs: refuses a file that is too big before it travels, and lays the cut-out over the original.
document.documentElement.classList.add("has-script");

const refuse = (input) => {
  const slot = input.closest(".slot");
  let error = slot.querySelector(":scope > .error");
  if (!error) {
    error = document.createElement("span");
    error.className = "error";
    error.setAttribute("role", "alert");
    slot.querySelector(".slot-state").before(error);
  }
  error.textContent = input.dataset.tooBig;
  input.value = "";
};

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-largest]") || !input.files[0]) return;
  if (input.files[0].size > Number(input.dataset.largest)) {
    event.stopImmediatePropagation();
    event.preventDefault();
    refuse(input);
  }
}, true);

const lay = (compare) => {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = 0;
  slider.max = 100;
  slider.value = compare.dataset.compare; // what is in use lies on top
  slider.setAttribute("aria-label", [...compare.querySelectorAll("figcaption")].map((one) => one.textContent.trim()).join(" / "));
  const part = () => compare.style.setProperty("--border", `${slider.value}%`);
  slider.addEventListener("input", part);
  part();
  compare.classList.add("is-over");
  compare.append(slider);
};

const look = (root) => root.querySelectorAll("[data-compare]:not(.is-over)").forEach(lay);
look(document);
document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement ?? document));
