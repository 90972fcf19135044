import { defineConfig, devices, type Project } from '@playwright/test';

const engine = process.env.ENGINE ?? 'sqlite';

const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices['Pixel 7'].userAgent },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/**
 * Every journey runs on both screens, with scripts and without, on both engines; unless it says that less shows the same:
 * - `@scripts` is about scripts: without them there is nothing to see.
 * - `@once` is about what no screen changes (clocks, roles, refusals): a desktop with scripts is enough.
 * - `@any-engine` is about pages alone: which engine keeps the rows does not matter, and SQLite is enough.
 */
function leftOut(screen: string, scripts: boolean): RegExp[] {
  return [
    ...(scripts ? [] : [/@scripts/]),
    ...(scripts && screen === 'desktop' ? [] : [/@once/]),
    ...(engine === 'sqlite' ? [] : [/@any-engine/]),
  ];
}

const projects: Project[] = Object.entries(screens).flatMap(([screen, size]) =>
  [true, false].map((javaScriptEnabled) => ({
    name: `${screen}, scripts ${javaScriptEnabled ? 'on' : 'off'}`,
    grepInvert: leftOut(screen, javaScriptEnabled),
    use: { ...size, javaScriptEnabled },
  })),
);

export default defineConfig({
  testDir: 'tests',
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
