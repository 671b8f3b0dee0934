// What went wrong, above an editor; where a colleague saved meanwhile, with the two ways on. `at`: the parts of the page by name.

export const troubles = (at) => (said, lines = [], meanwhile = false) => {
  at("trouble").hidden = !said;
  at("trouble-said").textContent = said ?? "";
  at("trouble-list").replaceChildren(...lines.map((one) => Object.assign(document.createElement("li"), { textContent: one })));
  at("meanwhile").hidden = !meanwhile;
  if (said) at("trouble").scrollIntoView({ block: "nearest" });
};
