// In line: a tone when it is one's turn, if one has asked for it, and a sign of life while the page lies behind others.
const pulse = document.currentScript.dataset.worker;
const bell = document.querySelector("#line-tone");
const button = bell?.querySelector("button");
const standing = () => document.querySelector("#standing");
let sound = null; // made by the press: without one no browser lets a page be heard

const note = (at, pitch) => {
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.3, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + 0.4);
};

const ring = (times) => {
  for (let n = 0; n < times; n += 1) {
    note(sound.currentTime + n * 0.9, 880);
    note(sound.currentTime + n * 0.9 + 0.4, 660);
  }
};

const show = () => {
  button.setAttribute("aria-pressed", String(sound !== null));
  button.textContent = sound ? button.dataset.on : button.dataset.off;
};

button?.addEventListener("click", () => {
  if (sound) {
    sound.close();
    sound = null;
  } else {
    sound = new AudioContext();
    ring(1);
  }
  show();
});

const look = () => {
  if (bell) bell.hidden = !("inLine" in (standing()?.dataset ?? {}));
};

if (button) show();
look();
document.addEventListener("htmx:afterSettle", look);

// One is called: the answer leads to the page of the call. It rings before that, longer where nobody looks.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.defaultPrevented) return; // a form that was sent leads on already
  const { xhr } = event.detail;
  const next = xhr.getResponseHeader("HX-Redirect");
  if (!next || !xhr.responseText.includes("data-called")) return;
  navigator.vibrate?.([400, 200, 400]);
  if (!sound) return;
  event.preventDefault();
  const times = document.hidden ? 5 : 1;
  ring(times);
  setTimeout(() => location.assign(next), times * 900);
});

if (pulse && window.Worker) {
  new Worker(pulse).onmessage = () => {
    if (document.hidden && standing()) window.htmx?.trigger(standing(), "look");
  };
}
