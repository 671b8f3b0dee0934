// A demonstration's camera and microphone: a drawn picture that says what it is, and a tone. No device is opened.
const KEY = "kaihu-simulated-camera";
const [WIDTH, HEIGHT, RATE] = [640, 480, 15];

export const isSimulated = () => sessionStorage.getItem(KEY) === "1";
export const simulate = (on) => (on ? sessionStorage.setItem(KEY, "1") : sessionStorage.removeItem(KEY));

const draw = (canvas, words) => {
  const pen = canvas.getContext("2d");
  const turn = (performance.now() / 20) % WIDTH;
  pen.fillStyle = "#e8eef5";
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#0b5cad";
  pen.beginPath();
  pen.arc(turn, HEIGHT / 2, 60, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = "#1d2733";
  pen.font = "32px sans-serif";
  pen.fillText(words, 24, 56);
  pen.fillText(new Date().toLocaleTimeString("zh-CN"), 24, HEIGHT - 24);
};

// Picture and tone as getUserMedia would give them; stopping the picture stops the drawing and the tone.
export const simulatedStream = (words = "模拟摄像头 SIMULATED", loud = 0.2) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  draw(canvas, words);
  const stream = canvas.captureStream(RATE);
  const drawing = setInterval(() => {
    if (stream.getVideoTracks().some((track) => track.readyState === "live")) draw(canvas, words);
    else {
      clearInterval(drawing);
      sound.close();
    }
  }, 1000 / RATE);
  const sound = new AudioContext();
  const tone = new OscillatorNode(sound, { frequency: 440 });
  const out = sound.createMediaStreamDestination();
  tone.connect(new GainNode(sound, { gain: loud })).connect(out);
  tone.start();
  out.stream.getAudioTracks().forEach((track) => stream.addTrack(track));
  return stream;
};
