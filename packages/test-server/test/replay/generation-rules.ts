import type { Recording } from "#test-kit";
import { expiredMessage, type History } from "./history.ts";

type RecordedResponse = Pick<Recording["response"], "status" | "body">;
type Body = Record<string, unknown>;

/** One difference between current servers and the recorded one, wherever it shows. */
export interface GenerationRule {
  readonly name: string;
  readonly reason: string;
  /** The response of a current server; `undefined` if the rule does not apply. */
  readonly translate: (response: RecordedResponse, exchange: Exchange) => RecordedResponse | undefined;
}

/** What a rule can use besides the recorded response. */
interface Exchange {
  readonly request: Recording["request"];
  readonly history: History;
  /** The response of the test server, for rules that leave something open. */
  readonly answer: RecordedResponse;
}

/** The rules, from the documented behavior of current servers. The complete translated response is compared. */
export const generationRules: readonly GenerationRule[] = [
  {
    name: "validation-is-422",
    reason:
      "older servers answered with 401 where current ones answer with 422, with the same list of issues",
    translate: ({ body }) =>
      (body as Body)["error"] === "ValidationFailure" ? failure(422, body as Body) : undefined,
  },
  {
    name: "expired-token-is-403",
    reason: "the JWT itself now expires with the token, so it fails before it is looked up",
    translate: ({ status, body }, { request, history }) =>
      status === 401 && ((body as Body)["message"] === expiredMessage || history.knowsExpired(request))
        ? failure(403, { message: "Your token has expired. Please re-authenticate.", error: "TokenError" })
        : undefined,
  },
  {
    name: "usage-limit-message",
    reason: "the refusal of a token without remaining uses has another message",
    translate: ({ body }) =>
      (body as Body)["message"] === "Unable to renew because access token number of uses limit reached"
        ? failure(401, { ...(body as Body), message: "Failed to authorize: token usage limit reached" })
        : undefined,
  },
  {
    name: "values-hidden-on-request",
    reason: "viewSecretValue=false was ignored",
    translate: ({ status, body }, { request: { query } }) =>
      query?.["viewSecretValue"] === "false"
        ? { status, body: withHiddenValues(body as { secret?: Body; secrets?: Body[] }) }
        : undefined,
  },
  {
    name: "version-on-request",
    reason: "the requested version of a secret was ignored",
    translate: ({ status, body }, { request: { query }, history }) => {
      const { secret } = body as { secret?: Body };
      const wanted = query?.["version"];
      if (!secret || typeof wanted !== "number" || wanted === secret["version"]) return undefined;
      const made = history.version(secret["id"], wanted);
      if (!made) return failure(404, { message: "Secret not found", error: "NotFound" });
      return { status, body: { secret: { ...secret, ...made } } };
    },
  },
  {
    name: "folder-names",
    reason: "names of folders now consist of letters, digits, dashes and underscores",
    translate: ({ status, body }, { request: { method, path, body: sent } }) => {
      if (path !== "/api/v1/folders") return undefined;
      const { folders } = body as { folders?: Body[] };
      if (folders?.some(isRefusedFolder)) {
        return { status, body: { folders: folders.filter((folder) => !isRefusedFolder(folder)) } };
      }
      return method === "POST" && isRefusedFolder(sent as Body) ? failure(422, folderNameFailure) : undefined;
    },
  },
  {
    name: "refused-not-failed",
    reason:
      "older servers answered with 500 to requests that were not valid; the right 4xx and message are unknown, " +
      "so only the envelope and the label of the status are compared",
    translate: ({ status }, { answer, request: { path } }) => {
      const error = refusalLabels[answer.status];
      const { message } = answer.body as Body;
      if (status !== 500 || !error || typeof message !== "string") return undefined;
      if (answer.status === 401 && !path.endsWith("/login")) return undefined;
      return failure(answer.status, { message, error });
    },
  },
];

/** The servers' labels of client errors. */
const refusalLabels: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "UnauthorizedError",
  404: "NotFound",
};

const folderNameFailure = {
  message: [
    {
      code: "custom",
      message: "Invalid folder name. Only alphanumeric characters, dashes, and underscores are allowed.",
      path: ["name"],
    },
  ],
  error: "ValidationFailure",
};

function isRefusedFolder({ name }: Body): boolean {
  return !/^[a-zA-Z0-9-_]+$/.test(String(name));
}

function failure(status: number, body: Body): RecordedResponse {
  return { status, body: { ...body, statusCode: status } };
}

function withHiddenValues({ secret, secrets }: { secret?: Body; secrets?: Body[] }): Body {
  const hide = (shown: Body): Body => ({ ...shown, secretValue: "<hidden-by-infisical>" });
  return { ...(secret && { secret: hide(secret) }), ...(secrets && { secrets: secrets.map(hide) }) };
}
