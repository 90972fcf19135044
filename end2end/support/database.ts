import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** Where one server under test keeps its rows. */
export type Database = { url: string; drop(): void };

/** A database nobody has used, of the engine that ENGINE names; with `template`, one that begins as that one is. */
export function freshDatabase(dataDir: string, template?: string): Database {
  const engine = process.env.ENGINE ?? 'sqlite';
  if (engine === 'sqlite') return { url: `sqlite:${join(dataDir, 'guitu.db')}`, drop: () => {} };
  if (engine === 'postgres') return freshPostgres(template);
  throw new Error(`ENGINE is sqlite or postgres, not ${engine}`);
}

function freshPostgres(template?: string): Database {
  const cluster = process.env.TEST_POSTGRES_URL;
  if (!cluster) throw new Error('TEST_POSTGRES_URL is missing: start the journeys by make e2e');
  const name = `guitu_journeys_${randomBytes(6).toString('hex')}`;
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const like = template ? ` template ${new URL(template).pathname.slice(1)} strategy file_copy` : '';
  tell(cluster, `create database ${name}${like}`);
  return { url: url.href, drop: () => tell(cluster, `drop database if exists ${name} with (force)`) };
}

function tell(cluster: string, statement: string): void {
  execFileSync('psql', ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--command', statement, cluster], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
