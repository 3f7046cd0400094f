import type { Call, HttpResponse } from "../api/http.ts";
import type { ServerState } from "../api/server-state.ts";
import type { Responder } from "../engine/responder.ts";
import { Generation } from "./generation.ts";
import { refusalOf } from "./page-access.ts";
import { PageError, type PageSubject, pageActions } from "./page-actions.ts";
import { type PageFile, pageFiles } from "./page-files.ts";
import { isPagePath } from "./page-place.ts";
import { pageState, type WantedPlace } from "./page-state.ts";
import { RequestJournal } from "./request-journal.ts";

/** Nothing from elsewhere, nothing within the page, and no text that becomes markup. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const protection = {
  "content-security-policy": policy,
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** The page of a server that listens, with the routes that it uses. Its requests are neither logged nor made to fail. */
export class Page {
  readonly journal: RequestJournal;
  readonly #responder: Responder;
  readonly #state: () => ServerState;
  readonly #generation: Generation;

  constructor(responder: Responder, state: () => ServerState) {
    this.#responder = responder;
    this.#state = state;
    this.#generation = new Generation(state);
    this.journal = new RequestJournal(this.#generation);
  }

  /** Whether requests to a path are the page's. */
  serves(path: string): boolean {
    return isPagePath(path);
  }

  async answer(call: Call): Promise<HttpResponse> {
    const refusal = refusalOf(call);
    if (refusal) return json(refusal.status, { message: refusal.message });
    const { method, path } = call;
    if (method === "POST") return this.#act(call);
    if (method !== "GET" && method !== "HEAD") return json(405, { message: "method must be GET or POST" });
    const file = pageFiles.get(path);
    if (file) return response(200, file);
    if (path === "/_ui/state") return this.#show(call);
    return json(404, { message: "The page does not have this path" });
  }

  #show({ query }: Call): HttpResponse {
    const { project, environment, path } = query;
    const wanted = Object.entries({ project, environment, path }).filter(
      ([, value]) => !Array.isArray(value),
    );
    const place: WantedPlace = Object.fromEntries(wanted);
    return json(200, pageState(this.#subject(), this.journal, place));
  }

  async #act({ path, bodyText }: Call): Promise<HttpResponse> {
    const act = path.startsWith("/_ui/") ? pageActions.get(path.slice("/_ui/".length)) : undefined;
    if (!act) return json(404, { message: "The page does not have this action" });
    try {
      return json(200, (await act(this.#subject(), parsed(bodyText))) ?? {});
    } catch (error) {
      if (error instanceof PageError) return json(error.status, { message: error.message });
      throw error;
    }
  }

  #subject(): PageSubject {
    return {
      state: this.#state(),
      faults: this.#responder.faults,
      generation: this.#generation.current,
    };
  }
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  const body = read(text);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new PageError(400, `The body must be an object, got ${JSON.stringify(body).slice(0, 100)}`);
}

function read(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PageError(400, "The body must be JSON");
  }
}

function json(status: number, value: unknown): HttpResponse {
  return response(status, { type: "application/json; charset=utf-8", body: JSON.stringify(value) });
}

function response(status: number, { type, body }: PageFile): HttpResponse {
  return { status, headers: { ...protection, "content-type": type }, body };
}
