// The recorder of a call that a media server records: it only asks whether that runs. The same as `recorder` of call_recorder.js to whoever uses it.
const EVERY = 1500;

export const serverRecorder = ({ address, on }) => {
  let [began, looking, stopped] = [0, 0, false];

  const look = async () => {
    const answer = await fetch(`${address}/recorded`, { cache: "no-store" }).catch(() => null);
    const said = answer?.ok ? await answer.json() : null;
    if (stopped) return;
    if (!said) return on.running(false); // nobody knows: it is not said to run
    if (said.running) began ||= performance.now();
    on.running(said.running);
  };

  return {
    start: () => { look(); looking = setInterval(look, EVERY); },
    hear: { customer: () => {}, own: () => {} },
    wake: async () => {},
    asleep: false,
    get running() { return began > 0 && !stopped; },
    get seconds() { return began ? (performance.now() - began) / 1000 : 0; },
    left: 0,
    flush: () => {},
    stop: async () => { stopped = true; clearInterval(looking); },
  };
};
