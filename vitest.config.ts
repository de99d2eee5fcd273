import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need Chromium: npm run test:browser.
    exclude: ["test/browser/**"],
    testTimeout: 30_000,
    env: { TZ: "America/St_Johns" },
  },
});
