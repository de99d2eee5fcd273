/**
 * The part of SARIF 2.1.0 that we write; optional there, required here, is what GitHub code scanning wants.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export type SarifLog = {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly SarifRun[];
};

export type SarifRun = {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly SarifInvocation[];
  readonly columnKind: "utf16CodeUnits";
  readonly results: readonly SarifResult[];
  readonly properties: object;
};

export type SarifDriver = {
  readonly name: string;
  readonly semanticVersion: string;
  readonly rules: readonly SarifRule[];
  readonly notifications: readonly SarifDescriptor[];
};

export type SarifText = { readonly text: string };
export type SarifLevel = "error" | "warning" | "note";

/** What every descriptor says, of a rule as of a notification. `name` is one word in PascalCase. */
export type SarifDescriptor = {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
};

export type SarifRule = SarifDescriptor & {
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: {
    readonly tags: readonly string[];
    readonly precision: "very-high";
    readonly "problem.severity": "error" | "warning" | "recommendation";
    readonly "security-severity"?: string;
  };
};

/** `executionSuccessful` is false where something could not be judged; the exit code is the whole command's. */
export type SarifInvocation = {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly exitCodeDescription: string;
  readonly toolExecutionNotifications: readonly SarifNotification[];
  readonly toolConfigurationNotifications: readonly SarifNotification[];
};

export type SarifNotification = {
  readonly descriptor: { readonly id: string };
  readonly associatedRule?: { readonly id: string };
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations?: readonly SarifLocation[];
  readonly properties?: object;
};

export type SarifResult = {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: "fail";
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly [SarifLocation];
  readonly partialFingerprints: {
    readonly primaryLocationLineHash: string;
    readonly "watchproof/v1": string;
  };
  readonly baselineState?: "new" | "unchanged";
  readonly properties: object;
};

export type SarifLocation = {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: "%SRCROOT%" };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
  readonly logicalLocations: readonly {
    readonly name: string;
    readonly fullyQualifiedName: string;
    readonly kind: "resource";
  }[];
};
