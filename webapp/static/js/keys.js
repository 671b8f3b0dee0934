// The key of a certificate: made in this browser, never taken out of it, kept with its certificate in IndexedDB.
const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("kaihu", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("certificates", { keyPath: "customer" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

// Answers once the transaction is through: what is said to be kept is kept, also when the page is left at once.
const within = async (mode, work) => {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const unit = database.transaction("certificates", mode, { durability: "strict" });
      const asked = work(unit.objectStore("certificates"));
      unit.oncomplete = () => resolve(asked.result);
      unit.onabort = () => reject(unit.error);
    });
  } finally {
    database.close();
  }
};

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

export const possible = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

// A new pair; the private half cannot be exported, by this page or any other.
export const make = () => crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);

export const publicText = async (pair) => base64(await crypto.subtle.exportKey("spki", pair.publicKey));

// r and s side by side, as WebCrypto gives them.
export const sign = async (privateKey, text) =>
  base64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, new TextEncoder().encode(text)));

export const keep = (customer, pair, pem) =>
  within("readwrite", (store) => store.put({ customer, privateKey: pair.privateKey, pem, at: new Date().toISOString() }));

export const find = async (customer) => (possible() ? within("readonly", (store) => store.get(customer)) : undefined);
