// The import directions of the house: what scripts/house.cjs declares, and what holds besides. See docs/architecture.md.
const { rooms, floors, doors } = require("./scripts/house.cjs");

const oneOf = (names) => `(${names.join("|")})`;

const roomRules = Object.entries(rooms).map(([room, below]) => ({
  name: `${room}-imports-downwards`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/${oneOf([room, ...below])}/` },
}));

const floorRules = Object.entries(floors).flatMap(([room, storeys]) => [
  {
    name: `small-files-of-${room}-use-no-family`,
    severity: "error",
    from: { path: `^src/${room}/[^/]+$` },
    to: { path: `^src/${room}/[^/]+/` },
  },
  {
    name: `${room}-has-no-family-without-a-floor: name it in scripts/house.cjs`,
    severity: "error",
    from: {},
    to: { path: `^src/${room}/[^/]+/`, pathNot: `^src/${room}/${oneOf(storeys.flat())}/` },
  },
  ...storeys.flatMap((families, storey) =>
    families.map((family) => ({
      name: `${room}/${family}-uses-lower-floors: see floors in scripts/house.cjs`,
      severity: "error",
      from: { path: `^src/${room}/${family}/` },
      to: {
        path: `^src/${room}/[^/]+/`,
        pathNot: `^src/${room}/${oneOf([family, ...storeys.slice(storey + 1).flat()])}/`,
      },
    })),
  ),
]);

const doorRules = Object.entries(doors)
  .filter(([, files]) => files !== "*")
  .map(([family, files]) => ({
    name: `${family}-is-entered-by-its-doors: see doors in scripts/house.cjs`,
    severity: "error",
    from: { path: "^src/", pathNot: `^src/${family}/` },
    to: { path: `^src/${family}/`, pathNot: `^src/${family}/${oneOf(files)}\\.ts$` },
  }));

const guarded = {
  name: "every-family-has-doors: name them in scripts/house.cjs",
  severity: "error",
  from: {},
  to: {
    path: "^src/(languages|reasoning|shared|loaders)/[^/]+/",
    pathNot: `^src/${oneOf(Object.keys(doors))}/`,
  },
};

module.exports = {
  forbidden: [
    ...roomRules,
    ...floorRules,
    ...doorRules,
    guarded,
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
