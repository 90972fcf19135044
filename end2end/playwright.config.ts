import { defineConfig, devices, type Project } from '@playwright/test';

const engine = process.env.ENGINE ?? 'sqlite';

const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices['Pixel 7'].userAgent },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/** Each screen with scripts on and off. */
type Way = { screen: keyof typeof screens; scripts: boolean };
const ways: Way[] = [
  { screen: 'phone', scripts: true },
  { screen: 'phone', scripts: false },
  { screen: 'desktop', scripts: true },
  { screen: 'desktop', scripts: false },
];

/**
 * Every journey runs four times: so that each screen, scripts on and off, and both engines meet each other once. Unless it says otherwise:
 * - `@scripts` is about scripts: without them there is nothing to see.
 * - `@once` is about what no screen changes (clocks, roles, refusals): a desktop with scripts is enough, on each engine.
 * - `@any-engine` is about pages alone: all screens on SQLite, with scripts and without.
 */
function chosen({ screen, scripts }: Way): Pick<Project, 'grep' | 'grepInvert'> {
  const left = [...(scripts ? [] : [/@scripts/]), ...(scripts && screen === 'desktop' ? [] : [/@once/])];
  const sqlite = engine === 'sqlite';
  const meets = sqlite === (scripts === (screen === 'phone'));
  if (meets) return { grepInvert: sqlite ? left : [...left, /@any-engine/] };
  return sqlite ? { grep: [/@any-engine/, /@once/, /@scripts/], grepInvert: left } : { grep: /@once/, grepInvert: [...left, /@any-engine/] };
}

const projects: Project[] = ways.map((way) => ({
  name: `${way.screen}, scripts ${way.scripts ? 'on' : 'off'}`,
  ...chosen(way),
  use: { ...screens[way.screen], javaScriptEnabled: way.scripts },
}));

export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/seed',
  outputDir: `test-results/${engine}`,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 20_000,
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Writing everything down slows everything: TRACE=1 does so for a journey that fails.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      // Without CHROMIUM, Playwright's own browser.
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--lang=zh-CN',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects,
});
