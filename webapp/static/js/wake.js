// A button that should not be pressed in haste wakes after some seconds. Without this script it is awake at once.
document.querySelectorAll("[data-wakes-after]").forEach((button) => {
  const label = button.textContent;
  let left = Number(button.dataset.wakesAfter);
  const tick = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.waiting.replace("%s", left) : label;
    if (left-- > 0) setTimeout(tick, 1000);
  };
  tick();
});
