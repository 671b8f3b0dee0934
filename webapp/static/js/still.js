// A part that asks again by itself: an answer that says what the last one said is not put in. The focus, a button that is just being pressed, and what is read aloud stay as they are.
// Not for the cards of photographs: a card that a new upload has put in may have to say what an earlier one said.
document.documentElement.classList.add("has-script");
const heard = new Map();
const bare = (text) => text.replace(/(name="csrf_token" value=)"[^"]*"/g, "$1");

document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, target, xhr, serverResponse } = event.detail;
  if (elt !== target || !target.id || !event.detail.shouldSwap || xhr.status !== 200) return;
  const said = bare(serverResponse);
  if (heard.get(target.id) === said) event.detail.shouldSwap = false;
  heard.set(target.id, said);
});
