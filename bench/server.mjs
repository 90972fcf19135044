// A process that answers HTTP: started, waited for, measured, stopped.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const running = new Set();
// None outlives the bench, whatever it stumbled over.
process.on("exit", () => running.forEach((server) => server.kill("SIGKILL")));

let nextPort = 21000 + (process.pid % 500) * 10;
export const freePort = () => nextPort++;

// What serves data that `guitu seed` has made: as a demo, with its sandbox gateway somewhere.
export const serving = (data) => [
  "serve", "--demo", "--sandbox-listen", `127.0.0.1:${freePort()}`, "--database-url", data.url, "--data-dir", data.folder,
];

export class Server {
  constructor(program, args, { port, path = "/healthz", environment = {} }) {
    this.url = `http://127.0.0.1:${port}`;
    this.began = performance.now();
    this.ready = null;
    this.said = "";
    this.process = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...environment } });
    running.add(this.process);
    this.process.on("exit", () => running.delete(this.process));
    this.process.stderr.on("data", (text) => (this.said = (this.said + text).slice(-4000)));
    this.path = path;
  }

  // Milliseconds until the first answer, whatever its status.
  async answers() {
    for (;;) {
      if (this.process.exitCode !== null) throw new Error(`it stopped: ${this.said}`);
      try {
        await fetch(this.url + this.path, { redirect: "manual" });
        this.ready = performance.now() - this.began;
        return this.ready;
      } catch {
        await sleep(5);
      }
    }
  }

  // Resident memory now and at its highest, in MiB.
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, "utf8");
    const mib = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) / 1024;
    return { now: mib("VmRSS"), most: mib("VmHWM") };
  }

  // Milliseconds of CPU time so far, by the kernel's accounting: its own, and that of the PostgreSQL backends that serve it.
  cpu() {
    const ticks = (pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
      return Number(fields[11]) + Number(fields[12]);
    };
    // Linux tells it in hundredths of a second.
    return [this.process.pid, ...(this.backends ?? [])].reduce((sum, pid) => sum + ticks(pid), 0) * 10;
  }

  // Forgets the highest so far.
  async settle() {
    const { writeFileSync } = await import("node:fs");
    writeFileSync(`/proc/${this.process.pid}/clear_refs`, "5");
  }

  async stop(signal = "SIGTERM") {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const over = once(this.process, "exit");
    this.process.kill(signal);
    await over;
  }
}
