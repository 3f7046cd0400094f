/** Long-lived keys of a user. */
export const userKeys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const;

/** Temporary keys of a role that somebody assumed. */
export const roleKeys = {
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  secretAccessKey: "Je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  sessionToken: "IQoJb3JpZ2luX2VjEXAMPLETOKEN+/=",
} as const;

/** Everything that must never be printed. */
export const secrets = [userKeys.secretAccessKey, roleKeys.secretAccessKey, roleKeys.sessionToken];
