export { type KubernetesAuthOptions, kubernetesAuth } from "./kubernetes-auth.ts";
