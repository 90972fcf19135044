// Scans one host as MDN's Observatory does, with its own scanner, and prints what it found. Which certificates are believed is Node's to be told:
// NODE_EXTRA_CA_CERTS.
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const home = join(dirname(createRequire(import.meta.url).resolve('@mdn/mdn-http-observatory')), '..');
// The list of preloaded hosts is fetched by a script of the package that is not run; no host under test is on it.
const preloaded = join(home, 'conf', 'hsts-preload.json');
if (!existsSync(preloaded)) writeFileSync(preloaded, '{}');

// @ts-expect-error the package has no types of its own
const { scan } = await import('@mdn/mdn-http-observatory');
console.log(JSON.stringify(await scan(process.argv[2] ?? '')));
