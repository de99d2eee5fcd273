import { declared } from "../../aws/declared.js";
import { memberAt } from "../../shared/member-at.js";

/** What Inspector scans in a region, for the account itself. */
export const inspectorAccountStatus = declared({
  type: "AWS::InspectorV2::AccountStatus",
  summary: "Inspector: what it scans in a region",
  servedAs: "inspector2",
  single: { at: "each-region", found: ({ account }) => ({ id: account.id }) },
  reads: [
    {
      call: "inspector2:BatchGetAccountStatus",
      proof: { members: ["accounts"] },
      properties: {
        Status: { at: "accounts", only: ["state.status"], by: (accounts) => statusOf(accounts, "state") },
        Ec2: { at: "accounts", only: ["resourceState.ec2.status"], by: resource("ec2") },
        Ecr: { at: "accounts", only: ["resourceState.ecr.status"], by: resource("ecr") },
        Lambda: { at: "accounts", only: ["resourceState.lambda.status"], by: resource("lambda") },
        LambdaCode: { at: "accounts", only: ["resourceState.lambdaCode.status"], by: resource("lambdaCode") },
      },
    },
  ],
  observed: ["Status", "Ec2", "Ecr", "Lambda", "LambdaCode"],
});

function resource(name: string): (accounts: unknown) => unknown {
  return (accounts) => statusOf(accounts, `resourceState.${name}`);
}

// Without account ids the answer is about the caller's own account.
function statusOf(accounts: unknown, path: string): unknown {
  const [own] = Array.isArray(accounts) ? (accounts as readonly unknown[]) : [];
  return memberAt(own, `${path}.status`);
}
