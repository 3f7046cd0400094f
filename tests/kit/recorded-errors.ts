import { expect } from "vitest";
import type { Recording } from "./recordings.ts";

type Response = Recording["response"];

/** The code of the error that a caller gets for a recorded response, whatever the server's age. */
export function recordedCode({ response: { status, body } }: Recording): string {
  const { error, message } = fieldsOf(body);
  const text = typeof message === "string" ? message : "";
  if (text.startsWith("Route ")) return "GATEWAY_ERROR";
  if (text === "Dynamic secret not found") return "NOT_FOUND";
  if (status === 400 && /already exist/.test(text)) return "ALREADY_EXISTS";
  if (error === "ValidationFailure") return "VALIDATION_FAILED";
  if (error === "TokenError") return "UNAUTHORIZED";
  return codes[status] ?? `no code for ${status}`;
}

const codes: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  414: "BAD_REQUEST",
  500: "SERVER_ERROR",
};

/** The error that a caller gets for a recorded response: its class, code, status and text, and what the server adds. */
export function recordedError(recording: Recording) {
  const { status, headers, body } = recording.response;
  const { reqId } = fieldsOf(body);
  const code = recordedCode(recording);
  return {
    name: "InfisicalSDKRequestError",
    code,
    statusCode: status,
    message: messageOf(code, recording.response),
    requestId: code === "GATEWAY_ERROR" ? undefined : reqId,
    retryAfter: headers["retry-after"] === undefined ? undefined : Number(headers["retry-after"]),
  };
}

/** The server's whole text; of issues, every field with what is wrong with it. */
function messageOf(code: string, { body }: Response): unknown {
  const { message } = fieldsOf(body);
  if (code === "GATEWAY_ERROR") return expect.stringContaining("the server new enough for this call?");
  if (!Array.isArray(message)) return expect.stringContaining(`] ${message}`);
  const issues = (message as Issue[]).map(({ path, message: text }) =>
    path.length === 0 ? text : `${path.join(".")}: ${text}`,
  );
  return expect.stringContaining(`] ${issues.join("; ")}`);
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}
