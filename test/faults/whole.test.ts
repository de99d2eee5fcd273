import { expect, it, describe } from "vitest";
import { faultMatrix, silences, untruths } from "../support/fault-matrix.js";
import { accounts } from "../support/simulated-aws.js";

describe.each(Object.entries(accounts))(
  "the account %s, where one operation is answered by nothing",
  (_name, account) => {
    it("is judged as ever, or not at all: every body at every operation", async () => {
      const matrix = await faultMatrix(account);
      const failures: object[] = [];
      for (const operation of matrix.operations)
        for (const how of [...silences, "denied"] as const) {
          const untrue = untruths(matrix.undisturbed, await matrix.disturbed(operation, how));
          if (untrue.length > 0) failures.push({ operation, how, untrue });
        }
      await matrix.stop();
      expect(failures).toEqual([]);
    });
  },
);
