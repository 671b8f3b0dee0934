// A worker that ticks: the timers of a page whose tab lies behind another are slowed down, those of a worker are not.
// A page that is slower than the ticks gets the next one only when it has said that it is done with the last: ticks that pile up would leave it no time for anything else.
const DONE = "done";
let [ticking, busy] = [0, false];

const tick = () => {
  if (busy) return;
  busy = true;
  postMessage(0);
};

onmessage = ({ data }) => {
  busy = false;
  if (data === DONE) return;
  clearInterval(ticking);
  ticking = data ? setInterval(tick, data) : 0;
};
