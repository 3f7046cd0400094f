import type { Recording } from "#test-kit";
import type { DynamicSecretsApi } from "../../src/index.ts";

/** What a call is made from: the fields of the recorded query or body, and the name or id in the path. */
interface Recorded {
  readonly fields: never;
  readonly name: string;
}

/** A route, the call that sends it, and the part of the response that the call returns; all of it by default. */
type Route = readonly [
  route: RegExp,
  call: (api: DynamicSecretsApi, recorded: Recorded) => Promise<unknown>,
  part?: string,
];

const base = "\\/api\\/v1\\/dynamic-secrets";

/** Routes of leases come first: those of dynamic secrets would take `leases` for a name. */
const routes: readonly Route[] = [
  route("POST", "/leases", (api, { fields }) => api.leases.create(fields)),
  route("GET", "/leases/([^/]+)", (api, { fields, name }) => api.leases.get(name, fields)),
  route("POST", "/leases/([^/]+)/renew", (api, { fields, name }) => api.leases.renew(name, fields)),
  route("DELETE", "/leases/([^/]+)", (api, { fields, name }) => api.leases.delete(name, fields)),
  route("GET", "/([^/]+)/leases", (api, { fields, name }) =>
    api.leases.list(Object.assign({ dynamicSecretName: name }, fields)),
  ),
  route("POST", "", (api, { fields }) => api.create(fields), "dynamicSecret"),
  route("GET", "", (api, { fields }) => api.list(fields), "dynamicSecrets"),
  route("GET", "/([^/]+)", (api, { fields, name }) => api.get(name, fields), "dynamicSecret"),
  route("PATCH", "/([^/]+)", (api, { fields, name }) => api.update(name, unwrapped(fields)), "dynamicSecret"),
  route("DELETE", "/([^/]+)", (api, { fields, name }) => api.delete(name, fields), "dynamicSecret"),
];

function route(method: string, path: string, call: Route[1], part?: string): Route {
  const pattern = new RegExp(`^${method} ${base}${path}$`);
  return part === undefined ? [pattern, call] : [pattern, call, part];
}

/** The request wraps what changes; the options do not. */
function unwrapped({ data, ...location }: { readonly data?: object }): never {
  return { ...location, ...data } as never;
}

/** The recordings about dynamic secrets and leases, each with the call that sends its request. */
export function callable(recordings: readonly Recording[]) {
  return recordings.flatMap((recording) => {
    const { method, path, query, body } = recording.request;
    const target = `${method} ${path}`;
    const [pattern, call, part] = routes.find(([each]) => each.test(target)) ?? [];
    if (!pattern || !call) return [];
    const fields = (query ?? body ?? {}) as never;
    const name = pattern.exec(target)?.[1] ?? "";
    return [{ ...recording, part, run: (api: DynamicSecretsApi) => call(api, { fields, name }) }];
  });
}
