const names = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]);

/** Whether AWS says that the session of these credentials is over. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export function saysExpired(error: unknown): boolean {
  return error instanceof Error && names.has(error.name);
}
