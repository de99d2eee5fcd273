import { declared } from "../../aws/declared.js";

/** Whether the account has an alternate contact for security; who that is, nobody keeps. */
export const accountSecurityContact = declared({
  type: "AWS::Account::SecurityContact",
  summary: "Whether the account has an alternate contact for security",
  single: { at: "leader", found: ({ account }) => ({ id: account.id }) },
  reads: [
    {
      call: "account:GetAlternateContact",
      input: { AlternateContactType: "SECURITY" },
      from: "AlternateContact",
      properties: {
        IsSet: { at: "AlternateContactType", by: (type) => type === "SECURITY" },
      },
      learn: [{ error: "ResourceNotFoundException", means: { IsSet: false } }],
    },
  ],
  observed: ["IsSet"],
});
