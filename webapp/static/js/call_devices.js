// Camera and microphone of a call: opened, chosen, muted, changed; or the simulated ones of a demonstration.
import { isSimulated, simulate, simulatedStream } from "./simulated_camera.js";

const PROBLEMS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy", AbortError: "busy" };
const SOFT = 0.02; // of the simulated voice: somebody listens to it for a whole call

export const choosesSimulated = () => simulate(true); // the device check of a demonstration may have chosen it before

// Resolves with {stream, simulated}; rejects with the name of a problem: denied | none | busy | insecure | broken.
export const open = async ({ camera, microphone, large, label }) => {
  if (isSimulated() && label) return { stream: simulatedStream(label, SOFT), simulated: true };
  if (!navigator.mediaDevices?.getUserMedia) throw "insecure";
  const size = large ? { width: { ideal: 1920 }, height: { ideal: 1080 } } : { width: { ideal: 640 }, height: { ideal: 480 } };
  const wishes = {
    video: { ...size, frameRate: { ideal: 15, max: 30 }, ...(camera ? { deviceId: { exact: camera } } : { facingMode: "user" }) },
    audio: microphone ? { deviceId: { exact: microphone } } : true,
  };
  try {
    return { stream: await navigator.mediaDevices.getUserMedia(wishes), simulated: false };
  } catch (problem) {
    throw PROBLEMS[problem.name] ?? "broken";
  }
};

export const cameras = async () => (await list()).filter((one) => one.kind === "videoinput");

// Fills a select with the devices of a kind; the one in use is chosen.
export const offer = async (select, kind, track) => {
  const found = (await list()).filter((one) => one.kind === kind && one.deviceId);
  const used = track?.getSettings().deviceId;
  select.replaceChildren(...found.map((one, place) => new Option(one.label || String(place + 1), one.deviceId, false, one.deviceId === used)));
};

const list = async () => navigator.mediaDevices?.enumerateDevices?.() ?? [];

export const stop = (stream) => stream?.getTracks().forEach((track) => track.stop());
