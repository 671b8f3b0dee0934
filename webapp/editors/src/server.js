// What the pages ask the server: each answer is { ok, status, ...what it said }.

export const asked = async (address, token, wish) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  try {
    const answer = await fetch(address, wish ? { method: "POST", headers, body: JSON.stringify(wish) } : {});
    return { ok: answer.ok, status: answer.status, ...(await answer.json().catch(() => ({}))) };
  } catch {
    return { ok: false, status: 0 };
  }
};

export const server = (place) => {
  const { open, save, lint, fork, token } = place.dataset;
  return {
    open: () => asked(open, token),
    save: (xml, seen) => asked(save, token, { xml, seen }),
    lint: (xml) => asked(lint, token, { xml }),
    fork: (xml) => asked(fork, token, { xml }),
  };
};
