// What the pages ask the server: each answer is { ok, status, isSignedOut, ...what it said }. Who is not signed in any more is led to
// the sign-in, whose page is no answer.
const STALE = 400;

const sent = async (address, token, wish) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  try {
    const answer = await fetch(address, wish ? { method: "POST", headers, body: JSON.stringify(wish) } : {});
    const isSignedOut = answer.redirected;
    return { ok: answer.ok && !isSignedOut, status: answer.status, isSignedOut, ...(await answer.json().catch(() => ({}))) };
  } catch {
    return { ok: false, status: 0 };
  }
};

// Who signed in again in another window has another token there, which this page asks for when its own is refused.
export const asked = async (place, what, wish) => {
  const { open, [what]: address } = place.dataset, answer = await sent(address, place.dataset.token, wish);
  if (answer.status !== STALE) return answer;
  const { token } = await sent(open);
  if (!token) return answer;
  place.dataset.token = token;
  return sent(address, token, wish);
};

// Why something was not kept, in words.
export const reason = ({ said, isSignedOut }, words) => said ?? (isSignedOut ? words.signed_out : words.not_saved);

export const server = (place) => ({
  open: () => asked(place, "open"),
  save: (xml, seen) => asked(place, "save", { xml, seen }),
  lint: (xml) => asked(place, "lint", { xml }),
  fork: (xml) => asked(place, "fork", { xml }),
});
