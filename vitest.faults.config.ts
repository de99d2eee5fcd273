import { defineConfig } from "vitest/config";

/** Every body that is no answer, at every operation of every recorded account: `npm run test:faults`. `npm test` tries a sample. */
export default defineConfig({
  test: {
    include: ["test/faults/whole.test.ts"],
    testTimeout: 3_600_000,
    env: { TZ: "America/St_Johns" },
  },
});
