import tseslint from "typescript-eslint";

const sizes = {
  "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
  "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true, IIFEs: true }],
  "max-params": ["error", 3],
  "max-depth": ["error", 3],
  complexity: ["error", 12],
};

const syntax = [
  { selector: "TSEnumDeclaration", message: "Use a union of literals." },
  { selector: "ExportAllDeclaration", message: "List exports one by one." },
];
// Each argument of a call stands on the stack: a list of 125,000 items overflows it.
const spreadCalls = ["[callee.property.name=/^(push|unshift|splice)$/]", "[callee.object.name='Math']"].map(
  (callee) => ({
    selector: `CallExpression${callee} > SpreadElement`,
    message: "A long list overflows the stack: use addAll, greatest or least of shared/many.",
  }),
);

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "node_modules/",
      "src/generated/",
      "coverage/",
      "test/support/aws/",
      "examples/",
      "**/*.cjs",
      "**/*.mjs",
      "eslint.config.js",
      "action/",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/method-signature-style": "off",
      "@typescript-eslint/unified-signatures": "off",
      // It never returns from a union that holds itself and a class, as values with holes are.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "no-restricted-exports": [
        "error",
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      "no-restricted-syntax": ["error", ...syntax, ...spreadCalls],
    },
  },
  {
    files: ["src/core/formats/*.ts"],
    rules: {
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
    },
  },
  {
    files: ["vitest.config.ts", "vitest.browser.config.ts", "vitest.faults.config.ts"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...syntax],
      "max-lines-per-function": "off",
      "max-params": "off",
      "max-lines": ["error", 600],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "no-restricted-exports": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...[
          ["performance", "now"],
          ["process", "hrtime"],
          ["process", "cpuUsage"],
        ].map(([object, property]) => ({
          object,
          property,
          message:
            "A busy machine is slow: count steps, calls or reads (test/support/count-reads.ts), or measure in bench/.",
        })),
      ],
    },
  },
);
