// One return from the application to the shop's agreement, as its buyer and its shop go through it: each step opens the page and sends the form
// that is on it. The refund is the worker's from there on.
import { form, page, send } from "./visit.mjs";

let parcels = 0;

// What stands in a form, and what is filled in besides. A form that is missing is an error with words.
async function step(url, cookie, opening, { to, ...typed }) {
  const fields = form(await page(url, cookie), opening);
  if (!fields) throw new Error(`no form ${opening} on ${url}`);
  return send(to ?? url, cookie, { ...fields, ...typed });
}

export async function goBack(base, buyer, staff, order) {
  const applied = await step(`${base}/orders/${order}/after-sale`, buyer, /<form id="apply"/, { kind: "return_refund", reason: "no_reason" });
  const number = applied.match(/^\/after-sales\/([^/?]+)(\?|$)/)?.[1];
  if (!number) throw new Error(`the application for ${order} led to ${applied}`);
  const atShop = `/merchant/after-sales/${number}`;
  const dialog = (what, typed) => step(base + atShop, staff, new RegExp(`<form[^>]*action="${atShop}/${what}"`), { to: `${base}${atShop}/${what}`, ...typed });
  await dialog("decide", { decision: "approve_return" });
  const tracking = `SF${String(Date.now()).slice(-9)}${String(parcels++ % 10_000).padStart(4, "0")}`;
  await step(`${base}/after-sales/${number}/return`, buyer, /<form id="return"/, { carrier: "sf", tracking });
  await dialog("receive", {});
  await dialog("settle", { decision: "agree_refund" });
  return number;
}
