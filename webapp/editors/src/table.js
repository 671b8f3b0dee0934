// The table below the canvas: each row leads to its element, and after a save it says what was saved.

const buttons = (modeler) => {
  const [registry, selection, canvas] = ["elementRegistry", "selection", "canvas"].map((one) => modeler.get(one));
  for (const place of document.querySelectorAll("[data-element]")) {
    const element = registry.get(place.dataset.element);
    if (!element || !place.dataset.words) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button", textContent: place.dataset.words });
    button.addEventListener("click", () => {
      selection.select(element);
      canvas.scrollToElement(element);
      document.getElementById("modeler").scrollIntoView({ block: "nearest" });
      document.getElementById("modeler-panel").focus();
    });
    place.append(button);
  }
};

export const table = async (modeler, again = false) => {
  const there = document.getElementById("diagram-table");
  if (again) {
    const answer = await fetch(location.pathname).catch(() => undefined);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    there.replaceChildren(...page.getElementById("diagram-table").childNodes);
  }
  buttons(modeler);
};
