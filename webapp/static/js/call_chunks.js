// The pieces of a recording on their way to the server: in order, each with its SHA-256, again and again until it is there. They lie in memory only.
const [FIRST_WAIT, LONGEST_WAIT] = [200, 5000]; // milliseconds
const MOST_AT_ONCE = 1024 * 1024; // bytes; the server takes four times as much
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

export const digest = async (bytes) => {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha-256=:${btoa(String.fromCharCode(...sum))}:`;
};

// `on`: changed(how many wait, whether they cannot get through), refused(status) when the server will take no more.
export const chunks = ({ address, token, part, on }) => {
  const waiting = [];
  let [number, sending, refused] = [0, false, false];

  const put = async (one) => {
    const bytes = await one.bytes;
    const headers = { "Content-Type": "video/webm", "Content-Digest": await digest(bytes), "X-CSRFToken": token };
    return fetch(`${address}/parts/${part}/chunks/${one.number}`, { method: "PUT", headers, body: bytes });
  };

  const sent = async (one) => {
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const answer = await put(one);
        if (answer.ok && !answer.redirected) return true; // nobody is signed in any more: the sign-in page is no receipt
        if (answer.status < 500 && ![408, 422, 429].includes(answer.status)) {
          on.refused(answer.status);
          return false;
        }
      } catch (problem) {
        console.info("chunk not sent", problem.name);
      }
      on.changed(waiting.length, true);
      await pause(wait);
    }
  };

  // What has gathered while the server was away goes as one piece: a slow server would not catch up with two small ones a second.
  const gathered = () => {
    let [count, size] = [0, 0];
    do size += waiting[count++].size; while (count < waiting.length && size + waiting[count].size <= MOST_AT_ONCE);
    return waiting.slice(0, count);
  };

  const work = async () => {
    if (sending) return;
    sending = true;
    while (waiting.length && !refused) {
      const blobs = gathered();
      refused = !(await sent({ number: number++, bytes: new Blob(blobs).arrayBuffer() }));
      waiting.splice(0, blobs.length);
      on.changed(waiting.length, false);
    }
    sending = false;
  };

  return {
    add: (blob) => {
      if (refused || !blob.size) return;
      waiting.push(blob);
      on.changed(waiting.length, false);
      work();
    },
    get left() { return refused ? 0 : waiting.length; },
  };
};
