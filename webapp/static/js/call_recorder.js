// The recording at the verifier's: both pictures side by side with the time and the number of the case, the customer's voice left, his own right.
import { chunks } from "./call_chunks.js";

const [WIDTH, HEIGHT, STRIP, RATE, SLICE] = [1280, 480, 32, 15, 500]; // pixels, pictures a second, milliseconds of a chunk
const KINDS = ["video/webm;codecs=vp8,opus", "video/webm"];
const TIME = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });

// The whole picture in its half, whatever its shape.
const fit = (pen, video, left) => {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width || !height || video.readyState < 2) return;
  const scale = Math.min(WIDTH / 2 / width, HEIGHT / height);
  const [w, h] = [width * scale, height * scale];
  pen.drawImage(video, left + (WIDTH / 2 - w) / 2, (HEIGHT - h) / 2, w, h);
};

// `now()` is the server's time, `texts()` what stands in the strip and over a missing customer.
export const recorder = ({ address, token, part, customer, own, now, texts, on }) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const pen = canvas.getContext("2d", { alpha: false });
  const heard = new AudioContext();
  const [merged, out] = [heard.createChannelMerger(2), heard.createMediaStreamDestination()];
  out.channelCount = 2;
  merged.connect(out);
  const voices = [null, null];
  const pieces = chunks({ address, token, part, on });
  const clock = new Worker("/static/js/call_timer.js");
  const picture = canvas.captureStream(0).getVideoTracks()[0];
  const media = new MediaStream([picture, out.stream.getAudioTracks()[0]]);
  const type = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  const tape = new MediaRecorder(media, { mimeType: type, videoBitsPerSecond: 600_000, audioBitsPerSecond: 64_000 });
  let began = 0;

  const draw = () => {
    const said = texts();
    pen.fillStyle = "#000000";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    if (!said.missing) fit(pen, customer, 0);
    fit(pen, own, WIDTH / 2);
    pen.font = "600 24px sans-serif";
    pen.textAlign = "center";
    if (said.missing) label(said.missing, WIDTH / 4, HEIGHT / 2);
    pen.font = "18px sans-serif";
    pen.fillStyle = "rgb(0 0 0 / 65%)";
    pen.fillRect(0, HEIGHT - STRIP, WIDTH, STRIP);
    pen.textAlign = "left";
    label(`${TIME.format(now())} UTC+8 · ${said.strip}`, 12, HEIGHT - 10);
    picture.requestFrame();
  };
  const label = (text, x, y) => {
    pen.fillStyle = "#ffffff";
    pen.fillText(text, x, y);
  };

  const voice = (place, stream) => {
    voices[place]?.disconnect();
    voices[place] = null;
    if (!stream?.getAudioTracks().length) return;
    voices[place] = heard.createMediaStreamSource(stream);
    voices[place].connect(merged, 0, place);
  };

  tape.addEventListener("dataavailable", ({ data }) => pieces.add(data));
  tape.addEventListener("error", ({ error }) => on.broken(error?.name ?? "error"));
  clock.onmessage = () => {
    try {
      draw();
    } finally {
      clock.postMessage("done");
    }
  };

  return {
    start: () => {
      draw();
      clock.postMessage(1000 / RATE);
      tape.start(SLICE);
      began = performance.now();
    },
    hear: { customer: (stream) => voice(0, stream), own: (stream) => voice(1, stream) },
    wake: () => heard.resume(),
    get asleep() { return heard.state === "suspended"; },
    get running() { return tape.state === "recording"; },
    get seconds() { return began ? (performance.now() - began) / 1000 : 0; },
    get left() { return pieces.left; },
    // Everything up to now is handed over; the tape runs on.
    flush: () => { if (tape.state === "recording") tape.requestData(); },
    stop: () => new Promise((done) => {
      clock.terminate();
      if (tape.state === "inactive") return done();
      tape.addEventListener("stop", () => { heard.close(); done(); }, { once: true });
      tape.stop();
      return undefined;
    }),
  };
};
