// Measures camera, microphone, network and connection. It says numbers and the names of errors; the server judges them.
import { simulatedStream } from "./simulated_camera.js";

const [WIDTH, HEIGHT] = [64, 48];
const [LOOKS, BETWEEN] = [10, 200];          // looks at the picture, milliseconds from one to the next
const [LISTENED, ENOUGH, WINDOW] = [8000, 0.02, 100];
const [ANSWERS, UPLOAD, PATIENCE] = [5, 65536, 10000];
// Noise suppression takes a steady tone or soft speech away: a microphone that works would be called dead.
const SOUND = { noiseSuppression: false, autoGainControl: false, echoCancellation: false };
const PICTURE = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } };

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

// One device at a time, so that a missing microphone does not hide a camera that works.
const open = async (wishes) => {
  if (!navigator.mediaDevices?.getUserMedia) return { error: "NotFoundError" };
  try {
    return { error: "", stream: await navigator.mediaDevices.getUserMedia(wishes) };
  } catch (problem) {
    return { error: problem.name || "Error" };
  }
};

export const openDevices = async (simulated) => {
  if (simulated) {
    const stream = simulatedStream();
    return { camera: { error: "", stream }, microphone: { error: "", stream } };
  }
  const both = await open({ video: PICTURE, audio: SOUND });
  if (!both.error) return { camera: both, microphone: both };
  return { camera: await open({ video: PICTURE }), microphone: await open({ audio: SOUND }) };
};

const greys = (video, canvas) => {
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const { data } = pen.getImageData(0, 0, WIDTH, HEIGHT);
  return Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => (data[4 * at] + data[4 * at + 1] + data[4 * at + 2]) / 3);
};

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

// The brightest of the looks counts: many cameras begin with black frames.
export const look = async (video) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const found = { brightness: 0, deviation: 0, motion: 0 };
  let before = null;
  for (let turn = 0; turn < LOOKS; turn += 1) {
    const now = greys(video, canvas);
    const bright = mean(now);
    found.brightness = Math.max(found.brightness, bright);
    found.deviation = Math.max(found.deviation, Math.sqrt(mean(now.map((one) => (one - bright) ** 2))));
    if (before) found.motion = Math.max(found.motion, mean(now.map((one, at) => Math.abs(one - before[at]))));
    before = now;
    await pause(BETWEEN);
  }
  return found;
};

// The loudest tenth of a second; over as soon as speech is heard.
export const listen = async (stream, tell) => {
  const sound = new AudioContext();
  await sound.resume();
  const ear = new AnalyserNode(sound, { fftSize: 4096 });
  sound.createMediaStreamSource(stream).connect(ear);
  const wave = new Float32Array(ear.fftSize);
  let level = 0;
  for (let heard = 0; heard < LISTENED && level < ENOUGH; heard += WINDOW) {
    await pause(WINDOW);
    ear.getFloatTimeDomainData(wave);
    const now = Math.sqrt(mean(wave.map((one) => one * one)));
    level = Math.max(level, now);
    tell(now);
  }
  sound.close();
  return level;
};

const timed = async (address, wishes = {}) => {
  const began = performance.now();
  const answer = await fetch(address, { cache: "no-store", ...wishes, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`answer ${answer.status}`);
  const body = wishes.method ? null : await answer.json();
  return { took: performance.now() - began, body };
};

// The median of five short answers, and how fast 64 kB go up. What fails counts as slow: nothing better is known of it.
export const network = async (address, token) => {
  const found = { answer_ms: PATIENCE, upload_kbit: 0, servers: [] };
  try {
    const times = [];
    for (let turn = 0; turn < ANSWERS; turn += 1) {
      const { took, body } = await timed(address);
      times.push(took);
      found.servers = body.ice_servers;
    }
    found.answer_ms = times.sort((one, other) => one - other)[Math.floor(ANSWERS / 2)];
    const up = await timed(address, { method: "POST", headers: { "X-CSRFToken": token }, body: crypto.getRandomValues(new Uint8Array(UPLOAD)) });
    found.upload_kbit = (UPLOAD * 8) / Math.max(up.took, 1);
  } catch (problem) {
    console.info("network not measured", problem.name);
  }
  return found;
};

// Two ends in this page: through the relay where there is one. Without candidates no event of failure comes, so time is bounded.
export const connection = async (servers) => {
  if (!window.RTCPeerConnection) return "none";
  const policy = servers.length ? "relay" : "all";
  const [here, there] = [1, 2].map(() => new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: policy }));
  here.addEventListener("icecandidate", (event) => event.candidate && there.addIceCandidate(event.candidate).catch(() => null));
  there.addEventListener("icecandidate", (event) => event.candidate && here.addIceCandidate(event.candidate).catch(() => null));
  try {
    const channel = here.createDataChannel("check");
    const opened = new Promise((done) => { channel.addEventListener("open", () => done(servers.length ? "relayed" : "direct")); });
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription);
    return await Promise.race([opened, pause(PATIENCE).then(() => "none")]);
  } catch (problem) {
    console.info("no connection", problem.name);
    return "none";
  } finally {
    here.close();
    there.close();
  }
};
