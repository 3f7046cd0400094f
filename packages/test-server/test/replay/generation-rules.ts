import { expiredMessage, type History } from "./history.js";
import type { Recording } from "./recording.js";

type Reply = Pick<Recording["response"], "status" | "body">;
type Body = Record<string, unknown>;

/** One thing that servers of today do otherwise than the recorded one, wherever it shows. */
export interface GenerationRule {
  readonly name: string;
  readonly reason: string;
  /** What a server of today answers; `undefined` where the rule has nothing to say. */
  readonly translate: (reply: Reply, exchange: Exchange) => Reply | undefined;
}

/** What a rule may look at beside the recorded reply. */
interface Exchange {
  readonly request: Recording["request"];
  readonly history: History;
  /** What our server has answered, for rules that leave something open. */
  readonly answer: Reply;
}

/** The rules, by what `contract.md` says of today's servers. The whole translated answer is compared. */
export const generationRules: readonly GenerationRule[] = [
  {
    name: "validation-is-422",
    reason: "servers of 2024 answered 401 where those of today answer 422, with the same list of issues",
    translate: ({ body }) =>
      (body as Body)["error"] === "ValidationFailure" ? failure(422, body as Body) : undefined,
  },
  {
    name: "expired-token-is-403",
    reason: "the JWT itself ends with the token's lifetime now, so that it fails before it is looked up",
    translate: ({ status, body }, { request, history }) =>
      status === 401 && ((body as Body)["message"] === expiredMessage || history.knowsExpired(request))
        ? failure(403, { message: "Your token has expired. Please re-authenticate.", error: "TokenError" })
        : undefined,
  },
  {
    name: "usage-limit-message",
    reason: "the refusal of a token whose uses are exhausted is worded otherwise",
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
    reason: "the version of a secret that was asked for was ignored",
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
    reason: "names of folders consist of letters, digits, dashes and underscores now",
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
      "servers of 2024 failed with 500 where a request was at fault; which 4xx and which words are due is open, " +
      "so only the envelope and the label that belongs to the status are compared",
    translate: ({ status }, { answer, request: { path } }) => {
      const error = refusalLabels[answer.status];
      const { message } = answer.body as Body;
      if (status !== 500 || !error || typeof message !== "string") return undefined;
      if (answer.status === 401 && !path.endsWith("/login")) return undefined;
      return failure(answer.status, { message, error });
    },
  },
];

/** What servers call the refusals of requests that are at fault themselves. */
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

function failure(status: number, body: Body): Reply {
  return { status, body: { ...body, statusCode: status } };
}

function withHiddenValues({ secret, secrets }: { secret?: Body; secrets?: Body[] }): Body {
  const hide = (shown: Body): Body => ({ ...shown, secretValue: "<hidden-by-infisical>" });
  return { ...(secret && { secret: hide(secret) }), ...(secrets && { secrets: secrets.map(hide) }) };
}
