// What the page asks the server: each answer is { ok, status, ...what it said }.

const asked = async (address, options) => {
  try {
    const answer = await fetch(address, options);
    const said = await answer.json().catch(() => ({}));
    return { ok: answer.ok, status: answer.status, ...said };
  } catch {
    return { ok: false, status: 0 };
  }
};

export const server = (place) => {
  const { open, save, lint, fork, token } = place.dataset;
  const send = (address, wish) => asked(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(wish),
  });
  return {
    open: () => asked(open, {}),
    save: (xml, seen) => send(save, { xml, seen }),
    lint: (xml) => send(lint, { xml }),
    fork: (xml) => send(fork, { xml }),
  };
};
