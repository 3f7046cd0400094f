import { load } from "./load.ts";
import { setAmong } from "./place.ts";
import { type Row, withIdentity } from "./row.ts";

const identity = "INFISICAL_KUBERNETES_IDENTITY_ID";
const pathVariable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH";
const tokenVariable = "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN";
const tokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const host = "KUBERNETES_SERVICE_HOST";

const pins = ["kubernetes-auth", "kubernetes"] as const;

/** A service account's token that a variable contains, or whose file it names. */
export const kubernetesVariableRow: Row = {
  method: "kubernetes-auth",
  pins,
  look: (place) => {
    const [variable] = setAmong(place, [pathVariable, tokenVariable]);
    if (variable === undefined) return { missing: `no ${pathVariable} or ${tokenVariable}` };
    const tokenPath = place.read(pathVariable);
    const create = async (shared: object) =>
      (await load("@infisical/auth-kubernetes")).kubernetesAuth({ ...shared, tokenPath });
    const readInProcess = tokenPath === undefined ? [tokenVariable] : [];
    return withIdentity(place, [identity], `${variable} is set`, create, readInProcess);
  },
};

/** The service account of a pod. Pods of the clouds have their cloud's identity too. */
export const podRow: Row = {
  method: "kubernetes-auth",
  pins,
  look: async (view) => {
    const isPod = view.read(host) !== undefined;
    if (!isPod && view.pin === undefined) return { missing: `no ${host}` };
    if (!(await view.exists(tokenFile))) {
      const cure = "does not exist: check automountServiceAccountToken";
      return { missing: isPod ? `${host} is set, but ${tokenFile} ${cure}` : `no ${host} or ${tokenFile}` };
    }
    const because = isPod
      ? `${host} is set and ${tokenFile} exists`
      : `${view.pin} names it and ${tokenFile} exists`;
    return withIdentity(view, [identity], because, async (shared) =>
      (await load("@infisical/auth-kubernetes")).kubernetesAuth({ ...shared, tokenPath: tokenFile }),
    );
  },
};
