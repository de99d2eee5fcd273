// The import directions of the house. See docs/architecture.md.
const below = [
  "core",
  "shared",
  "loaders",
  "generated",
  "engine",
  "aws",
  "sources",
  "plugins",
  "probes",
  "accept",
];
const may = {
  core: ["core"],
  shared: ["core", "shared"],
  languages: ["core", "shared", "languages"],
  reasoning: ["core", "shared", "languages", "reasoning"],
  loaders: ["core", "shared", "loaders", "generated"],
  forecasts: ["core", "shared", "languages", "loaders", "forecasts"],
  engine: ["core", "shared", "engine"],
  evaluators: ["core", "shared", "languages", "reasoning", "evaluators"],
  aws: ["core", "shared", "aws"],
  collectors: ["core", "shared", "aws"],
  reporters: ["core", "shared", "generated", "reporters"],
  page: ["page"],
  plugins: ["core", "shared", "loaders", "generated", "plugins"],
  probes: ["core", "shared", "languages", "probes"],
  sources: ["core", "shared", "loaders", "aws", "sources"],
  stores: ["core", "shared", "aws", "stores"],
  notifiers: ["core", "shared", "aws", "notifiers"],
  accept: ["core", "shared", "loaders", "generated", "sources", "engine", "accept"],
  run: [...below, "forecasts", "reasoning", "evaluators", "collectors", "reporters", "run"],
  explain: [...below, "run", "explain"],
  cases: [...below, "languages", "reasoning", "run", "cases"],
  compare: [...below, "run", "explain", "compare"],
  audits: [...below, "stores", "notifiers", "run", "explain", "compare", "audits"],
};
const toFolders = (names) => `^src/(${names.join("|")})/`;

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `${folder}-imports-downwards`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^src/", pathNot: toFolders(allowed) },
    })),
    {
      name: "plugins-never-import-each-other",
      severity: "error",
      // A plugin that one file cannot hold has a folder of its name beside it.
      from: { path: "^src/(evaluators|collectors)/([^/]+)/([^/.]+)" },
      to: { path: "^src/$1/", pathNot: "^src/$1/$2/$3[./]" },
    },
    {
      name: "reporters-never-import-each-other",
      severity: "error",
      from: { path: "^src/reporters/([^/.]+)" },
      to: { path: "^src/reporters/", pathNot: "^src/reporters/$1[./]" },
    },
    {
      name: "action-is-a-customer",
      severity: "error",
      from: { path: "^src/action/" },
      to: { path: "^src/", pathNot: "^src/((index|inner)\\.ts$|action/|cli/(main|terminal)\\.ts$)" },
    },
    {
      name: "nobody-needs-the-action",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/action/" },
      to: { path: "^src/action/" },
    },
    {
      name: "lambda-is-a-customer",
      severity: "error",
      from: { path: "^src/lambda/" },
      to: { path: "^src/", pathNot: "^src/((index|inner)\\.ts$|cli/|lambda/)" },
    },
    {
      name: "cli-is-a-customer",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/", pathNot: "^src/((index|inner)\\.ts$|cli/)" },
    },
    {
      name: "sdk-in-its-places",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(aws|collectors|stores|notifiers)/" },
      to: { path: "node_modules/(@aws-sdk|@smithy)/" },
    },
    {
      name: "pure-folders-touch-nothing",
      severity: "error",
      from: { path: "^src/(core|shared|languages|reasoning|forecasts|engine|evaluators|reporters)/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|util)$" },
    },
    { name: "no-circles", severity: "error", from: { path: "^src/" }, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
