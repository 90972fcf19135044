import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshDatabase } from './database';

const PROGRAM = process.env.GUITU_BIN ?? resolve(__dirname, '../../target/debug/guitu');
const LOGS = resolve(__dirname, '../test-results/servers');

/** One server of its own, with the demo shop in a database of its own. */
export type Server = { url: string; sandboxUrl: string; dataDir: string; stop(): Promise<void> };

/** The demo shop as it is after its first start: making it up takes longer than copying it. */
type Seeded = { dataDir: string; databaseUrl: string };
const SEEDED = 'GUITU_JOURNEYS_SEEDED';

/** Makes up the demo shop once, for every server of the run; gives the way to take it away again. */
export async function seedOnce(): Promise<() => void> {
  const { dataDir, database, end } = await start('seeded', ['--demo'], undefined);
  await end();
  const seeded: Seeded = { dataDir, databaseUrl: database.url };
  process.env[SEEDED] = JSON.stringify(seeded);
  return () => {
    rmSync(dataDir, { recursive: true, force: true });
    database.drop();
  };
}

/** Starts the server that was built, with the demo shop unless other flags are given; what it says goes to test-results/servers/NAME.log. */
export async function startServer(name: string, flags: string[] = ['--demo']): Promise<Server> {
  const seeded: Seeded | undefined = flags.includes('--demo') && process.env[SEEDED] ? JSON.parse(process.env[SEEDED]) : undefined;
  const { url, sandboxUrl, dataDir, database, end } = await start(name, flags, seeded);
  const stop = async () => {
    try {
      await end();
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
      database.drop();
    }
  };
  return { url, sandboxUrl, dataDir, stop };
}

async function start(name: string, flags: string[], seeded: Seeded | undefined) {
  const [listen, sandboxListen] = [await freeAddress(), await freeAddress()];
  const dataDir = mkdtempSync(join(tmpdir(), 'guitu-journeys-'));
  if (seeded) cpSync(seeded.dataDir, dataDir, { recursive: true });
  const database = freshDatabase(dataDir, seeded?.databaseUrl);
  mkdirSync(LOGS, { recursive: true });
  const log = openSync(join(LOGS, `${name}.log`), 'w');

  const options = [...flags, '--listen', listen, '--sandbox-listen', sandboxListen, '--data-dir', dataDir];
  const child = spawn(PROGRAM, ['serve', ...options], { env: { ...process.env, DATABASE_URL: database.url }, stdio: ['ignore', log, log] });
  closeSync(log);
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);

  const end = async () => {
    process.off('exit', orphaned);
    await ended(child, name);
  };
  try {
    await ready(`http://${listen}/readyz`, child, name);
  } catch (error) {
    await end().catch(() => {});
    rmSync(dataDir, { recursive: true, force: true });
    database.drop();
    throw error;
  }
  return { url: `http://${listen}`, sandboxUrl: `http://${sandboxListen}`, dataDir, database, end };
}

/**
 * An address that nobody listens on now. Its port lies below those that the system gives to whoever connects: one of theirs could be taken
 * before the server listens there.
 */
async function freeAddress(): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(port)) return `127.0.0.1:${port}`;
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((told) => {
    const probe = createServer().once('error', () => told(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => told(true)));
  });
}

async function ready(url: string, child: ChildProcess, name: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} at its start, see ${LOGS}/${name}.log`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`the server was not ready within two minutes, see ${LOGS}/${name}.log`);
}

/** A server asked to stop has to finish by itself, and well. */
async function ended(child: ChildProcess, name: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<string>((done) => child.once('exit', (code, signal) => done(String(code ?? signal))));
  child.kill('SIGTERM');
  const how = await Promise.race([exit, sleep(30_000, 'late', { ref: false })]);
  if (how === 'late') child.kill('SIGKILL');
  if (how !== '0') throw new Error(`the server ${name}, asked to stop, ended with ${how}`);
}
