// Says at the start whether this browser and its devices will do. The check that counts comes before the video.
const panel = document.querySelector("[data-device-check]");

// Without https the browser tells nothing of devices: that is no missing camera.
const has = async (kind) => {
  if (!navigator.mediaDevices?.enumerateDevices) return null;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === kind);
};

// Who has refused this site a device is not asked again by the browser. Not every browser tells.
const refused = async (device) => {
  try {
    return (await navigator.permissions.query({ name: device })).state === "denied";
  } catch {
    return false;
  }
};

const line = (list, name, good, bad) => {
  const item = document.createElement("li");
  const state = document.createElement("span");
  state.className = good ? "state state-good" : "state state-warn";
  state.textContent = good ? `✓ ${list.dataset.good}` : `! ${bad}`;
  item.append(`${name} `, state);
  list.append(item);
};

const wrong = ({ found, no, bad, denied, blind }) => {
  if (found === null) return blind;
  return no ? denied : bad;
};

const check = async () => {
  const list = panel.querySelector("[data-device-results]");
  const { browser, keys, camera, microphone, bad, old, unknown, insecure, denied } = list.dataset;
  line(list, browser, CSS.supports("selector(:has(a))"), old);
  line(list, keys, Boolean(window.crypto?.subtle && window.indexedDB), bad);
  for (const [name, kind, device] of [[camera, "videoinput", "camera"], [microphone, "audioinput", "microphone"]]) {
    const found = await has(kind);
    const no = found && await refused(device);
    line(list, name, found && !no, wrong({ found, no, bad, denied, blind: window.isSecureContext ? unknown : insecure }));
  }
  panel.hidden = false;
};

if (panel) check();
