/** What counts as somebody, as options of rules: the schema of each. */
export const somebody = {
  indirect: {
    enum: ["unknown", "yes", "no"],
    description: "Whether functions, queues and streams count as somebody. Default: unknown.",
  },
  incidents: {
    type: "boolean",
    description: "Whether OpsItems and incidents count as somebody. Default: true.",
  },
} as const;
