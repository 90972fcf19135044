// The orders that are given back: one line each, under way or arrived, paid for at WeChat Pay, of buyers who are logged in.
import { createHash } from "node:crypto";
import { sql } from "./data.mjs";
import { buyerOf } from "./people.mjs";

// What a case begins with, by name: the same on both engines.
const FACTS = {
  order: "o.id", number: "o.number", shop: "o.shop_id", buyer: "o.buyer_id", phone: "b.phone", name: "b.name", line: "l.id", sku: "l.sku_id",
  product: "l.product_id", payment: "p.id", payment_number: "p.number", tender: "p.tender", amount: "p.amount_minor", paid_at: "p.paid_at",
  goods: "l.goods_minor", line_paid: "l.paid_minor", freight: "o.freight_minor", region: "o.region", detail: "o.detail", units: "l.quantity", receive_by: "o.receive_by", shipped_at: "o.shipped_at", address: "(select min(id) from return_addresses where shop_id = o.shop_id)",
  staff: "(select min(id) from staff where shop_id = o.shop_id)",
};

// So many of them, those first whose buyers have more than one.
export function givenBack(data, most) {
  const rows = sql(data, `select ${Object.values(FACTS).join(", ")}
    from orders o join buyers b on b.id = o.buyer_id join order_lines l on l.order_id = o.id join payments p on p.order_id = o.id
    where o.id in (select max(o.id) from orders o join order_lines l on l.order_id = o.id
      where o.status = 'awaiting_receipt' and o.tender = 'wechat' and o.open_cases = 0 and o.refunded_minor = 0 and o.receive_by is not null
      group by o.id having count(*) = 1)
    order by count(*) over (partition by o.buyer_id) desc, o.buyer_id limit ${most}`);
  const names = Object.keys(FACTS);
  return rows.split("\n").map((row) => Object.fromEntries(row.split("|").map((value, nth) => [names[nth], value])));
}

// The gateway knows what was paid through it: into the sandbox's own books, which the bulk of orders has never met.
export function tellGateway(books, orders) {
  const text = (value) => `'${value}'`;
  const payments = orders.map(({ payment_number, tender, amount, paid_at }) =>
    [payment_number, `token-${payment_number}`, tender, amount, "CNY", "", "", "", paid_at, paid_at, "paid", `T${payment_number}`, amount, paid_at].map(text).join());
  const wechat = orders.filter(({ tender }) => tender === "wechat").map(({ payment_number }) => `('${payment_number}', 'MWEB')`);
  sql({ engine: "sqlite", url: books }, `begin;
    insert into payments (payment_no, token, channel, amount, currency, title, return_url, notify_url, created_at, expires_at, status, trade_no,
      paid_amount, paid_at) values ${payments.map((payment) => `(${payment})`).join()};
    insert into wechat_trades (payment_no, trade_type) values ${wechat.join()};
    commit;`);
}

// The session of a cookie, as the table has it.
export const session = (cookie) => createHash("sha256").update(cookie.split("=")[1]).digest("hex");

// The orders with their buyers' cookies; a buyer logs in once.
export async function withSessions(base, orders) {
  const cookies = new Map();
  const phones = [...new Set(orders.map(({ phone }) => phone))];
  const next = phones.values();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (const phone of next) cookies.set(phone, await buyerOf(base, phone));
  }));
  return orders.map((order) => ({ ...order, cookie: cookies.get(order.phone) }));
}
