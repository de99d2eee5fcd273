import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The first need Chromium: npm run test:browser. The last takes minutes: npm run test:faults.
    exclude: ["test/browser/**", "test/faults/whole.test.ts"],
    testTimeout: 30_000,
    env: { TZ: "America/St_Johns" },
  },
});
