const expired = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]);

/** Whether AWS says that the session of these credentials is over. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function saysExpired(error: unknown): boolean {
  return error instanceof Error && expired.has(error.name);
}

const busy = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "PriorRequestNotComplete",
]);

/** Whether AWS says that it takes no more requests for now. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function saysBusy(error: unknown): boolean {
  return error instanceof Error && busy.has(error.name);
}
