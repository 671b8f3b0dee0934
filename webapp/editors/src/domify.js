// In the place of the package `domify`: the same, but a style that stands in the markup is set by script, since the
// policy of the pages (style-src 'self') lets no markup bring styles.

import domify from "../node_modules/domify/index.js";

export default (html, document) => {
  const made = domify(html.replace(/(<[^>]*?\s)style=/g, "$1data-style="), document);
  const within = made.querySelectorAll ? [...made.querySelectorAll("[data-style]")] : [];
  for (const one of made.dataset?.style ? [made, ...within] : within) {
    one.style.cssText = one.dataset.style;
    one.removeAttribute("data-style");
  }
  return made;
};
