import type { ErrorCode } from "yaml";
import type { Problem } from "../diagnostics/source-text.js";

const quoteIt = "put the value in quotes if it is meant as text";

// The parser's codes in our words. Its messages are for people who know YAML's grammar by heart.
const words = {
  ALIAS_PROPS: { code: "yaml-syntax", message: "an alias can carry neither an anchor nor a tag" },
  BAD_ALIAS: {
    code: "bad-alias",
    message: "* begins an alias, and this one has no usable name",
    hint: 'a value that begins with * needs quotes, such as "*"',
  },
  BAD_COLLECTION_TYPE: { code: "yaml-syntax", message: "the tag does not fit this kind of value" },
  BAD_DIRECTIVE: {
    code: "yaml-directive",
    message: "directives (%) are not accepted",
    hint: "remove the line",
  },
  BAD_DQ_ESCAPE: {
    code: "yaml-syntax",
    message: "there is no such escape in double quotes",
    hint: "write \\\\ for a backslash, or use single quotes",
  },
  BAD_INDENT: {
    code: "yaml-syntax",
    message: "the indentation does not fit the lines above",
    hint: "the entries of one mapping or list begin in the same column",
  },
  BAD_PROP_ORDER: {
    code: "yaml-syntax",
    message: "anchors and tags come before the indicator that follows them",
  },
  BAD_SCALAR_START: {
    code: "yaml-syntax",
    message: "a value cannot begin with this character",
    hint: "put the value in quotes",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: "yaml-syntax",
    message: 'a value cannot hold another "key: value" on the same line',
    hint: 'put the value in quotes if it holds ": "',
  },
  BLOCK_IN_FLOW: { code: "yaml-syntax", message: "a block cannot stand inside brackets or braces" },
  DUPLICATE_KEY: { code: "duplicate-key", message: "this key stands twice" },
  IMPOSSIBLE: { code: "yaml-syntax", message: "this is not YAML" },
  KEY_OVER_1024_CHARS: { code: "yaml-syntax", message: "a key has at most 1024 characters", hint: quoteIt },
  MISSING_CHAR: { code: "yaml-syntax", message: 'a key and its value need ": " between them' },
  MULTILINE_IMPLICIT_KEY: {
    code: "yaml-syntax",
    message: 'a key must stand on one line, followed by ": "',
    hint: 'write "key: value", with a space after the colon',
  },
  MULTIPLE_ANCHORS: { code: "yaml-syntax", message: "a value has at most one anchor (&)", hint: quoteIt },
  MULTIPLE_DOCS: { code: "several-documents", message: "one file holds one document" },
  MULTIPLE_TAGS: { code: "yaml-syntax", message: "a value has at most one tag (!)", hint: quoteIt },
  NON_STRING_KEY: {
    code: "yaml-syntax",
    message: "a key is text, and this is not",
    hint: "put the value in quotes if it begins with { or [",
  },
  RESOURCE_EXHAUSTION: { code: "too-deep", message: "the nesting is too deep" },
  TAB_AS_INDENT: { code: "tab-indent", message: "a tab cannot indent YAML", hint: "indent with spaces" },
  TAG_RESOLVE_FAILED: {
    code: "unknown-tag",
    message: "tags (!) are not accepted",
    hint: "remove the tag, or put the value in quotes if it begins with !",
  },
  UNEXPECTED_TOKEN: { code: "yaml-syntax", message: "this does not belong here", hint: quoteIt },
} as const satisfies Record<ErrorCode, Problem>;

/** What a parser's error code means to the person who wrote the file. */
export function explainYaml(code: ErrorCode): Problem {
  return words[code];
}
