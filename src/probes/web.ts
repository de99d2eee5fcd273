/** What a web server answered to a GET, or why there is nothing to judge. Header names in lower case. */
export type WebAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      readonly kind: "failed";
      readonly reason: "unreachable" | "slow" | "too_large" | "tls" | "not_allowed" | "out_of_time";
      readonly message: string;
    };

/** Asks one URL, follows nothing. Never throws. */
export type Web = (url: URL, headers: Readonly<Record<string, string>>) => Promise<WebAnswer>;
