import type { ServerState } from "../api/server-state.ts";
import { type IssuedToken, isExhausted } from "../auth/access-tokens.ts";
import type { Lease } from "../resources/dynamic-secrets/dynamic-secret.ts";
import { findEnvironment, findFolder, folderPath } from "../resources/folders/folders-state.ts";
import { inOrder } from "../resources/projects/environments.ts";
import { sortByKey } from "../resources/secrets/secrets-state.ts";
import { failureText, matchText } from "./failure-texts.ts";
import type { PageSubject } from "./page-actions.ts";
import type { RequestJournal, RequestView } from "./request-journal.ts";

/** A part of a list, so that neither a response nor the page grows without end. */
export interface Part<Item> {
  readonly items: readonly Item[];
  /** How many there are in all. */
  readonly total: number;
}

/** The folder that the page shows. */
export interface PlaceView {
  readonly projectId: string;
  readonly environment: string;
  readonly path: string;
  readonly environments: readonly { readonly slug: string; readonly name: string }[];
  readonly folders: Part<string>;
  /** Names only: a value is asked for by itself. */
  readonly secrets: Part<{ readonly name: string; readonly id: string; readonly version: number }>;
}

/** An access token, which the page knows by its number only. */
export interface TokenView {
  readonly number: number;
  readonly identity: string;
  readonly method: string;
  readonly expiresAt: number;
  readonly state: "valid" | "expired" | "revoked" | "used up";
}

/** A lease, without its credentials. */
export interface LeaseView {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly expiresAt: number;
  readonly problem: string | null;
}

/** All that the page shows at a time. */
export interface PageState {
  /** Actions on what is shown send it back. It changes with each reset. */
  readonly generation: number;
  readonly now: number;
  readonly projects: Part<{ readonly id: string; readonly name: string }>;
  readonly place: PlaceView | undefined;
  readonly requests: Part<RequestView>;
  readonly failures: Part<{ readonly id: number; readonly text: string }>;
  readonly tokens: Part<TokenView>;
  readonly leases: Part<LeaseView>;
}

/** Where the page was, which may have gone since. */
export interface WantedPlace {
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
  readonly path?: string | undefined;
}

/** What the page shows now. */
export function pageState(
  { state, faults, generation }: PageSubject,
  journal: RequestJournal,
  wanted: WantedPlace,
): PageState {
  const now = state.clock.now();
  const tokens = state.accessTokens.all().map(([, issued], index) => tokenView(issued, index + 1, now));
  const failures = faults.waiting().map(({ id, match, failure, left }) => ({
    id,
    text: `${failureText(failure)}: ${left === Number.POSITIVE_INFINITY ? "all" : `next ${left}`}, ${matchText(match)}`,
  }));
  return {
    generation,
    now,
    projects: part(state.projects.all().map(({ id, name }) => ({ id, name }))),
    place: placeView(state, wanted),
    requests: { items: journal.latest(), total: journal.total },
    failures: part(failures),
    tokens: part(tokens.reverse(), 100),
    leases: part(state.leases.all().map(leaseView).reverse(), 100),
  };
}

function placeView({ projects }: ServerState, wanted: WantedPlace): PlaceView | undefined {
  const project = projects.byId(wanted.project ?? "") ?? projects.all()[0];
  if (!project) return undefined;
  const environments = inOrder(project.environments.values());
  const environment = findEnvironment(project, wanted.environment ?? "") ?? environments[0];
  const folder = findFolder(environment, wanted.path ?? "/") ?? environment?.root;
  return {
    projectId: project.id,
    environment: environment?.slug ?? "",
    path: folder ? folderPath(folder) : "/",
    environments: environments.map(({ slug, name }) => ({ slug, name })),
    folders: part([...(folder?.children.keys() ?? [])].sort()),
    secrets: part(
      sortByKey(folder?.secrets.values() ?? []).map(({ key, id, version }) => ({ name: key, id, version })),
    ),
  };
}

function tokenView({ grant, expiresAt }: IssuedToken, number: number, now: number): TokenView {
  const isExpired = Math.floor(now / 1000) >= expiresAt;
  const spent = grant.revoked ? "revoked" : isExhausted(grant) ? "used up" : "valid";
  return {
    number,
    identity: grant.identity.name,
    method: grant.settings.authMethod,
    expiresAt: expiresAt * 1000,
    state: isExpired ? "expired" : spent,
  };
}

function leaseView({
  id,
  dynamicSecret: { name, folder },
  expireAt,
  status,
  statusDetails,
}: Lease): LeaseView {
  const place = `${folder.environment.slug} ${folderPath(folder)}`;
  const problem = status === null ? null : [status, statusDetails].filter(Boolean).join(": ");
  return { id, name, place, expiresAt: Date.parse(expireAt), problem };
}

function part<Item>(items: readonly Item[], limit = 500): Part<Item> {
  return { items: items.slice(0, limit), total: items.length };
}
