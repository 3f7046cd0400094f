import { readFileSync } from "node:fs";
import { request } from "node:http";
import type { Recording } from "#test-kit";
import { createTestServer, type TestServerOptions } from "../../src/index.ts";
import { interludes } from "./between.ts";
import { differences } from "./compare.ts";
import { generationRules } from "./generation-rules.ts";
import { History } from "./history.ts";
import { recordedTargets } from "./recorded-targets.ts";
import { Substitution } from "./substitution.ts";

/** An identity that was added manually: AWS confirms the caller, but its account is not the allowed one. */
const elsewhere = { name: "awsElsewhere", awsAuth: { allowedAccountIds: ["999999999999"] } };

/** The outcome of one exchange. */
export interface Outcome {
  readonly recording: Recording;
  /** Whether the server simulates the route; if not, it answers with 501. */
  readonly isSimulated: boolean;
  /** The differences from the recorded response, after the rules if needed. */
  readonly differences: readonly string[];
  /** The rules that were needed for a match. */
  readonly rules: readonly string[];
}

/** Replays the recorded exchanges against the test server, in order. */
export async function replay(recordings: readonly Recording[]): Promise<Outcome[]> {
  const seed = JSON.parse(
    readFileSync(new URL("fixtures/seed.json", import.meta.url), "utf8"),
  ) as TestServerOptions;
  const server = createTestServer({
    ...seed,
    identities: [...(seed.identities ?? []), elsewhere],
    clock: { frozen: true, now: Date.UTC(2026, 10, 23, 7, 26) },
    dynamicSecrets: { issuer: recordedTargets() },
  });
  const { siteUrl } = await server.listen();
  const substitution = new Substitution(server);
  substitution.ids.set("1f7f25fa-876f-4769-b394-7395f030efba", server.projects[0]?.id ?? "");
  const idOf = (name: string) => server.identities.find((each) => each.name === name)?.identityId ?? "";
  substitution.ids.set("779d09ff-3966-4a3f-a9bc-bd212ec6993e", idOf("aws"));
  substitution.ids.set("7c693765-5a14-4e15-83be-45e3df231280", idOf(elsewhere.name));
  const history = new History();
  const outcomes: Outcome[] = [];
  try {
    for (const recording of recordings) {
      await interludes[recording.id]?.(server, substitution);
      const answer = await send(siteUrl, await requestOf(recording, substitution));
      outcomes.push(judge(recording, answer, substitution.ids, history));
      history.note(recording);
    }
  } finally {
    await server.close();
  }
  return outcomes;
}

/** Compares a response with the recorded one, then, if needed, with the recorded one after the rules. */
function judge(recording: Recording, answer: Received, ids: Map<string, string>, history: History): Outcome {
  const retryAfter = recording.response.headers["retry-after"];
  const compare = ({ status, body }: Pick<Recording["response"], "status" | "body">) => {
    const added = new Set<string>();
    const differing = [
      ...(status === answer.status ? [] : [`status: ${answer.status} instead of ${status}`]),
      ...(retryAfter === undefined || answer.headers["retry-after"] ? [] : ["retry-after: missing"]),
      ...differences(body, answer.body, { ids, added }),
    ];
    return { differences: differing, rules: added.size > 0 ? ["fields-added"] : [] };
  };
  const isSimulated = answer.status !== 501;
  const asRecorded = compare(recording.response);
  if (asRecorded.differences.length === 0) return { recording, isSimulated, ...asRecorded };
  let response: Pick<Recording["response"], "status" | "body"> = recording.response;
  const applied: string[] = [];
  for (const { name, translate } of generationRules) {
    const translated = translate(response, { request: recording.request, history, answer });
    if (translated) applied.push(name);
    response = translated ?? response;
  }
  const translated = compare(response);
  return { recording, isSimulated, ...translated, rules: [...applied, ...translated.rules] };
}

async function requestOf(recording: Recording, substitution: Substitution): Promise<Sent> {
  const { method, path, query = {}, headers, body } = await substitution.inRequest(recording.request);
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  );
  const target = `${path}${search.size > 0 ? `?${search}` : ""}`;
  return { method, target, headers, body };
}

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

interface Received {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: unknown;
}

/** Sends the target unchanged: a URL library would resolve its dots. */
function send(siteUrl: string, { method, target, headers, body }: Sent): Promise<Received> {
  const { hostname, port } = new URL(siteUrl);
  return new Promise((resolve, reject) => {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    // Node sends the body of a DELETE correctly only if its length is set.
    const length = text === undefined ? {} : { "content-length": Buffer.byteLength(text) };
    const options = { hostname, port, method, path: target, headers: { ...headers, ...length } };
    const outgoing = request(options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const received = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(received) });
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
