// What the checks say: a mark on each shape it is about, and the same in words below the canvas.

const text = (tag, words, name) => Object.assign(document.createElement(tag), { textContent: words, className: name ?? "" });

export const marks = (modeler, file, words) => {
  const [overlays, registry, canvas, selection] = ["overlays", "elementRegistry", "canvas", "selection"].map((one) => modeler.get(one));
  const [title, list] = ["modeler-findings-title", "modeler-findings"].map((id) => document.getElementById(id));

  const draw = (element, number, why) => {
    const mark = text("span", `!${number}`, "modeler-mark");
    mark.title = why;
    overlays.add(element, "kaihu-lint", { position: element.waypoints ? { top: -12, left: 0 } : { top: -12, right: 12 }, html: mark });
  };

  const shows = (element) => {
    selection.select(element);
    canvas.scrollToElement(element);
    document.getElementById("modeler").scrollIntoView({ block: "nearest" });
  };

  const line = (one, number, element) => {
    const item = document.createElement("li");
    const why = text("p", "", "finding-why");
    why.append(text("span", `!${number}`, "tag tag-fault number"), ` ${one.why}`);
    item.append(why, text("p", words.mend.replace("%(mend)s", one.mend)));
    const place = text("p", "", "finding-places");
    if (element) {
      const button = text("button", one.element, "link-button file-name");
      button.type = "button";
      button.addEventListener("click", () => shows(element));
      place.append(button);
    } else place.append(text("span", [one.file === file ? "" : one.file, one.element].filter(Boolean).join(" · "), "file-name"));
    item.append(place);
    return item;
  };

  return (findings) => {
    overlays.remove({ type: "kaihu-lint" });
    const found = [...findings].sort((one, other) => (other.file === file) - (one.file === file));
    title.textContent = found.length ? words.findings.replace("%(n)s", found.length) : words.no_findings;
    list.replaceChildren(...found.map((one, at) => {
      const element = one.file === file ? registry.get(one.element) : undefined;
      if (element && element.parent) draw(element, at + 1, one.why);
      return line(one, at + 1, element);
    }));
  };
};
