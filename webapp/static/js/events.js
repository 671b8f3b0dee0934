// What the server tells an open page: by an event stream; where there is none, the page asks every second.
// listen(stream, poll, heard, {lost, live}): heard(message, id) for each message; poll may be empty, where the page asks in another way;
// lost() when nobody is signed in any more; live(yes) whenever a stream begins or ends. Gives {close}.
const ASK_EVERY = 1000;
const TRY_STREAM_EVERY = 30000;
let open = null; // a browser opens six connections to a server: one stream a page

export const listen = (stream, poll, heard, { lost = () => {}, live = () => {} } = {}) => {
  let last = "0";
  let source = null;
  let asking = null;
  let again = null;
  let over = false;

  const at = (address) => `${address}${address.includes("?") ? "&" : "?"}after=${encodeURIComponent(last)}`;
  const take = (message, id) => {
    last = id || last;
    heard(message, id);
  };

  const connect = () => {
    source = new EventSource(at(stream));
    source.onopen = () => { stopAsking(); live(true); };
    source.onmessage = (event) => take(JSON.parse(event.data), event.lastEventId);
    source.onerror = () => {
      live(false);
      if (source.readyState === EventSource.CLOSED) startAsking(); // else the browser connects again by itself
    };
  };

  const ask = async () => {
    try {
      const answer = await fetch(at(poll), { headers: { Accept: "application/json" }, cache: "no-store" });
      if (over || asking === null) return;
      if (answer.redirected || [401, 403, 404].includes(answer.status)) { close(); lost(); return; }
      if (answer.ok) (await answer.json()).forEach(({ id, message }) => take(message, id));
    } catch { /* away: asked again in a second */ }
    if (!over && asking !== null) asking = setTimeout(ask, ASK_EVERY);
  };

  const startAsking = () => {
    if (over) return;
    again ??= setTimeout(() => { again = null; source.close(); connect(); }, TRY_STREAM_EVERY);
    if (poll && asking === null) { asking = 0; ask(); }
  };
  const stopAsking = () => {
    clearTimeout(asking);
    asking = null;
  };

  const hush = () => {
    source?.close();
    stopAsking();
    clearTimeout(again);
    again = null;
  };
  const close = () => {
    over = true;
    hush();
    if (open === handle) open = null;
  };

  const handle = { close };
  open?.close();
  open = handle;
  addEventListener("pagehide", () => { if (!over) hush(); });
  addEventListener("pageshow", (event) => { if (event.persisted && !over) connect(); });
  connect();
  return handle;
};
