import { readFileSync } from "node:fs";
import type { Recording } from "#test-kit";
import { createTestServer, type TestServerOptions } from "../../src/index.ts";
import { differences } from "./compare.ts";
import { jwtAuth } from "./identity-jwt.ts";
import { recordedTargets } from "./recorded-targets.ts";
import type { Replayed } from "./recordings.ts";
import type { Received } from "./send.ts";
import { type Interlude, Stage } from "./stage.ts";
import { Substitution } from "./substitution.ts";

/** The outcome of one exchange. */
export interface Outcome extends Replayed {
  /** The differences from the recorded response. */
  readonly differences: readonly string[];
}

/** Recordings that were made one after the other on one server. */
export interface Session {
  readonly recordings: readonly Replayed[];
  readonly interludes: readonly Interlude[];
}

interface ReplayOptions {
  /** Gives names another form, in requests and responses alike. */
  readonly rename?: <Value>(value: Value) => Value;
  /** Changes the seed. */
  readonly seed?: (seed: TestServerOptions) => TestServerOptions;
}

/** Replays a session against a test server, in order. */
export async function replay(
  { recordings, interludes }: Session,
  { rename = (value) => value, seed = (value) => value }: ReplayOptions = {},
): Promise<Outcome[]> {
  const server = createTestServer({
    ...seed(readSeed()),
    clock: { frozen: true, now: Date.UTC(2026, 10, 26, 9, 40, 40) },
    dynamicSecrets: { issuer: recordedTargets() },
  });
  const { siteUrl } = await server.listen();
  const substitution = new Substitution(server);
  const stage = new Stage({ server, siteUrl, substitution, rename });
  const left = [...interludes].sort((one, other) => one.before - other.before);
  const outcomes: Outcome[] = [];
  try {
    for (const replayed of recordings) {
      while (left[0] && left[0].before <= replayed.number) {
        await left.shift()?.run(stage, replayed.recording.request);
      }
      const { id, request: asked, response: given } = replayed.recording;
      const { request, response } = rename({ request: asked, response: given });
      const answer = await stage.send(request, id);
      outcomes.push({ ...replayed, differences: compare({ request, response }, answer, substitution) });
    }
  } finally {
    await server.close();
  }
  return outcomes;
}

function readSeed(): TestServerOptions {
  const seed: TestServerOptions = JSON.parse(
    readFileSync(new URL("fixtures/seed.json", import.meta.url), "utf8"),
  );
  const identities = seed.identities?.map((each) => (each.name === "jwt" ? { ...each, jwtAuth } : each));
  return { ...seed, identities };
}

function compare(
  { request, response: recorded }: Pick<Recording, "request" | "response">,
  answer: Received,
  known: Substitution,
): string[] {
  const ofStatus =
    recorded.status === answer.status ? [] : [`status: ${answer.status} instead of ${recorded.status}`];
  const ofBody = differences(recorded.body ?? "", answer.body, known);
  const ofHeaders = headerDifferences(recorded.headers, answer);
  const found = [...ofStatus, ...ofHeaders, ...ofBody];
  if (found.length > 0 || request.method !== "GET") return found;
  return tagDifferences(recorded.headers["etag"], answer.headers["etag"], known);
}

/** The headers that clients read: the type, the entity tag, and those of rate limits. */
function headerDifferences(recorded: Record<string, string>, { headers }: Received): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(headers)]);
  return [...names].flatMap((name) => {
    const [theirs, ours] = [recorded[name], headers[name]];
    if (name === "content-type" && theirs !== ours) return [`content-type: ${ours} instead of ${theirs}`];
    if (!/^(etag|retry-after|x-ratelimit-.*)$/.test(name)) return [];
    if (theirs === undefined) return [`${name}: not in the recording`];
    return ours === undefined ? [`${name}: missing`] : [];
  });
}

/** The same response has the same tag. */
function tagDifferences(theirs: string | undefined, ours: unknown, known: Substitution): string[] {
  if (theirs === undefined) return [];
  known.learn(theirs, String(ours));
  return known.ids.get(theirs) === ours ? [] : ["etag: another than for the same response before"];
}
