/** What every subject asks for. */
export const place = { projectId: "5c977d9c-8721-4569-a560-54e42c3370a1", environment: "dev" };

/** How many secrets a list has, and how many its import adds. */
export const listLength = 10_000;

/**
 * A secret as servers send it.
 *
 * @param {string} secretKey
 */
function secret(secretKey) {
  const id = "ab89d662-8f12-45e7-a13b-75ce15764ee1";
  return {
    id,
    _id: id,
    workspace: place.projectId,
    environment: place.environment,
    version: 1,
    type: "shared",
    secretKey,
    secretValue: `value of ${secretKey}`,
    secretComment: "",
    secretReminderNote: null,
    secretReminderRepeatDays: null,
    skipMultilineEncoding: false,
    metadata: null,
    secretPath: "/",
    createdAt: "2026-11-23T07:26:13.983Z",
    updatedAt: "2026-11-23T07:26:13.983Z",
    tags: [],
  };
}

/** @param {string} prefix */
function secrets(prefix) {
  return Array.from({ length: listLength }, (_, index) => secret(`${prefix}_${index}`));
}

const own = secrets("OWN");
const imports = [{ secretPath: "/shared", environment: "dev", folderId: "f", secrets: secrets("SHARED") }];

/** The response to a get, whatever its name. */
export const getBody = JSON.stringify({ secret: secret("DATABASE_URL") });

/** The response to a list. */
export const listBody = JSON.stringify({ secrets: own });

/** The response to a list with imports. */
export const listWithImportsBody = JSON.stringify({ secrets: own, imports });

/** The response to every login. */
export const loginBody = JSON.stringify({
  accessToken: "a-token-that-lives-long",
  expiresIn: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  tokenType: "Bearer",
});
