// A visitor's side of HTTP for figures that write: connections that are kept, pages read for their forms, forms sent as browsers send them.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

// One request to its last byte.
export function ask(method, url, cookie, fields) {
  const body = fields ? new URLSearchParams(fields).toString() : "";
  const headers = { cookie };
  if (method === "POST") {
    headers["content-type"] = "application/x-www-form-urlencoded";
    headers["content-length"] = Buffer.byteLength(body);
    headers.origin = new URL(url).origin;
    headers["sec-fetch-site"] = "same-origin";
  }
  return new Promise((answered, failed) => {
    const asked = request(url, { method, headers, agent, timeout: 60_000 }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => answered({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      answer.on("error", failed);
      answer.on("aborted", () => failed(new Error(`${method} ${url} was cut off`)));
    });
    asked.on("error", failed);
    asked.on("timeout", () => asked.destroy(new Error(`${method} ${url} had no answer in 60 s`)));
    asked.end(body);
  });
}

// The hidden fields and what else is filled in already, of the form that begins so.
export function form(html, opening) {
  const from = html.search(opening);
  if (from < 0) return null;
  const inside = html.slice(from, html.indexOf("</form>", from));
  const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
  const fields = {};
  for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
    const [name, type] = [attribute(tag, "name"), attribute(tag, "type")];
    const left = type === "file" || ((type === "radio" || type === "checkbox") && !/\schecked/.test(tag));
    if (name && !left) fields[name] = attribute(tag, "value") ?? "";
  }
  for (const [, tag, options] of inside.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    fields[attribute(tag, "name")] = attribute(all.find((option) => /\sselected/.test(option)) ?? all[0] ?? "", "value") ?? "";
  }
  return fields;
}

// A page that must be there.
export async function page(url, cookie) {
  const answer = await ask("GET", url, cookie);
  if (answer.status !== 200) throw new Error(`GET ${url} says ${answer.status}`);
  return answer.text;
}

// A form that must be taken: where it leads.
export async function send(url, cookie, fields) {
  const answer = await ask("POST", url, cookie, fields);
  if (answer.status === 303) return answer.headers.location;
  const words = [...answer.text.matchAll(/role="alert"[^>]*>([\s\S]*?)<\/(?:div|p|ul)>/g)].map(([, words]) => words.replace(/<[^>]*>/g, " ").trim());
  throw new Error(`POST ${url} says ${answer.status}: ${words.join("; ").slice(0, 300)}`);
}
