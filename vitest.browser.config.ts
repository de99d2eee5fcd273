import { defineConfig } from "vitest/config";

/** Tests in a real browser: `npm run test:browser`. They need Chromium, so `npm test` leaves them out. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    globalSetup: ["test/browser/need-chromium.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time is enough for a small machine.
    fileParallelism: false,
    env: { TZ: "America/St_Johns" },
  },
});
