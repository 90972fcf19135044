import { defineConfig, devices, type Project } from '@playwright/test';

const engine = process.env.ENGINE ?? 'sqlite';

const screens = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};

/** Every journey runs on both screens, with scripts and without. */
const projects: Project[] = Object.entries(screens).flatMap(([screen, size]) =>
  [true, false].map((javaScriptEnabled) => ({
    name: `${screen}, scripts ${javaScriptEnabled ? 'on' : 'off'}`,
    use: { ...size, javaScriptEnabled },
  })),
);

export default defineConfig({
  testDir: 'tests',
  outputDir: `test-results/${engine}`,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      // Without CHROMIUM, Playwright's own browser.
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects,
});
