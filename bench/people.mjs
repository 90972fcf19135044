// Sessions by way of the log-in form, as browsers get them.
const PASSWORD = "guitu-demo";

async function logIn(base, path, fields) {
  const body = new URLSearchParams({ ...fields, password: PASSWORD });
  const answer = await fetch(base + path, { method: "POST", body, redirect: "manual", headers: { origin: base, "sec-fetch-site": "same-origin" } });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).find((line) => line.startsWith("guitu="));
  if (answer.status !== 303 || !cookie) throw new Error(`no log-in at ${path}: ${answer.status}`);
  return cookie;
}

// The phone of the nth buyer of the bulk, as the seed counts them.
const phone = (nth, seed) => `139${String((nth * 61803399 + seed) % 100000000).padStart(8, "0")}`;

export async function buyers(base, count, orders, seed = 1) {
  const step = Math.max(1, Math.floor(orders / 10 / count));
  const cookies = [];
  for (let nth = 0; nth < count; nth++) cookies.push(await logIn(base, "/login", { phone: phone(nth * step, seed) }));
  return cookies;
}

export async function staff(base, count, login = "owner") {
  const cookies = [];
  for (let nth = 0; nth < count; nth++) cookies.push(await logIn(base, "/merchant/login", { login }));
  return cookies;
}

// One of the demo shop's people, by phone.
export const buyerOf = (base, phone) => logIn(base, "/login", { phone });
