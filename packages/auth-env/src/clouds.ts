import { optionError } from "@infisical/core/authoring";
import { load } from "./load.ts";
import { areSet, listed, setAmong } from "./place.ts";
import { nameOf, type Row, withIdentity } from "./row.ts";

const awsIdentity = "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID";
const awsSigns = [
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/** A role that AWS gives to a function, a task or a pod. EC2 shows in no variable. */
export const awsRow: Row = {
  method: "aws-auth",
  pins: ["aws-auth", "aws-iam", "aws_iam"],
  look: (view) => {
    const signs = setAmong(view, awsSigns);
    if (signs.includes("AWS_WEB_IDENTITY_TOKEN_FILE") && view.read("AWS_ROLE_ARN") === undefined) {
      throw optionError("AWS_ROLE_ARN", "must be set, since AWS_WEB_IDENTITY_TOKEN_FILE is");
    }
    const because = signs.length > 0 ? areSet(signs) : nameOf(view, awsIdentity);
    if (because === undefined) return { missing: `no ${listed(awsSigns, "or")}; EC2 only by its name` };
    const create = async (shared: object) => (await load("@infisical/auth-aws")).awsIamAuth(shared);
    return {
      ...withIdentity(view, [awsIdentity], because, create, awsSigns),
      isOnlyNamed: signs.length === 0,
    };
  },
};

const azureIdentity = "INFISICAL_AZURE_AUTH_IDENTITY_ID";
const azureVariables = [
  "IDENTITY_ENDPOINT",
  "IDENTITY_HEADER",
  "MSI_ENDPOINT",
  "MSI_SECRET",
  "AZURE_FEDERATED_TOKEN_FILE",
];

/** A managed identity of App Service, Functions or Container Apps, or the workload identity of a pod. */
export const azureRow: Row = {
  method: "azure-auth",
  pins: ["azure-auth", "azure"],
  look: (view) => {
    const isSet = (...names: string[]) => setAmong(view, names).length === names.length;
    for (const [one, other] of [
      ["IDENTITY_HEADER", "IDENTITY_ENDPOINT"],
      ["MSI_SECRET", "MSI_ENDPOINT"],
      ["AZURE_FEDERATED_TOKEN_FILE", "AZURE_TENANT_ID"],
      ["AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID"],
    ] as const) {
      if (isSet(one) && !isSet(other)) throw optionError(other, `must be set, since ${one} is`);
    }
    const isUnsupported = isSet("IDENTITY_ENDPOINT") && !isSet("IDENTITY_HEADER");
    if (isUnsupported) {
      return {
        missing:
          "IDENTITY_ENDPOINT is set, but no IDENTITY_HEADER, as on Azure Arc: use azureAuth({ token })",
      };
    }
    const endpoint = [
      ["IDENTITY_ENDPOINT", "IDENTITY_HEADER"],
      ["MSI_ENDPOINT", "MSI_SECRET"],
    ].find((pair) => isSet(...pair));
    const signs = endpoint ?? setAmong(view, ["AZURE_FEDERATED_TOKEN_FILE"]);
    const because = signs.length > 0 ? areSet(signs) : nameOf(view, azureIdentity);
    if (because === undefined) {
      const [host] = setAmong(view, ["WEBSITE_SITE_NAME", "FUNCTIONS_WORKER_RUNTIME", "CONTAINER_APP_NAME"]);
      const missing = "no IDENTITY_ENDPOINT, MSI_ENDPOINT or AZURE_FEDERATED_TOKEN_FILE";
      if (host === undefined) return { missing: `${missing}; a virtual machine only by its name` };
      return { missing: `${host} is set, but ${missing}: assign a managed identity` };
    }
    const create = async (shared: object) => (await load("@infisical/auth-azure")).azureAuth(shared);
    return {
      ...withIdentity(view, [azureIdentity], because, create, azureVariables),
      isOnlyNamed: signs.length === 0,
    };
  },
};

const gcpIdentity = "INFISICAL_GCP_AUTH_IDENTITY_ID";
const keyFileVariable = "INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH";

/** The key file of a service account. */
export const gcpKeyRow: Row = {
  method: "gcp-auth",
  pins: ["gcp-auth", "gcp-iam"],
  look: (place) => {
    const serviceAccountKeyFile = place.read(keyFileVariable);
    if (serviceAccountKeyFile === undefined) return { missing: `no ${keyFileVariable}` };
    return withIdentity(place, [gcpIdentity], `${keyFileVariable} is set`, async (shared) =>
      (await load("@infisical/auth-gcp")).gcpIamAuth({ ...shared, serviceAccountKeyFile }),
    );
  },
};

const gcpSigns = ["K_SERVICE", "CLOUD_RUN_JOB", "GAE_SERVICE", "GAE_APPLICATION", "GAE_ENV"];

/** The service account of Cloud Run, Functions or App Engine. Compute Engine and GKE show in no variable. */
export const gcpIdTokenRow: Row = {
  method: "gcp-auth",
  pins: ["gcp-auth", "gcp-id-token"],
  look: (view) => {
    const all = setAmong(view, gcpSigns);
    // Knative sets it in pods of any cluster.
    const isKnative = view.read("KUBERNETES_SERVICE_HOST") !== undefined;
    const signs = all.filter((name) => name !== "K_SERVICE" || !isKnative);
    const because = signs.length > 0 ? areSet(signs) : nameOf(view, gcpIdentity);
    if (because === undefined && all.length > 0) {
      return { missing: "K_SERVICE is set, but so is KUBERNETES_SERVICE_HOST, as by Knative" };
    }
    if (because === undefined)
      return { missing: `no ${listed(gcpSigns, "or")}; Compute Engine and GKE only by their name` };
    const create = async (shared: object) => (await load("@infisical/auth-gcp")).gcpIdTokenAuth(shared);
    return {
      ...withIdentity(view, [gcpIdentity], because, create, gcpSigns),
      isOnlyNamed: signs.length === 0,
    };
  },
};

const ociIdentity = "INFISICAL_OCI_AUTH_IDENTITY_ID";
const ociVariables = [
  "OCI_CONFIG_FILE",
  "OCI_CLI_CONFIG_FILE",
  "OCI_CONFIG_PROFILE",
  "OCI_CLI_PROFILE",
  "OCI_REGION",
];

/** A user of Oracle Cloud, which shows in no variable: only if it is named. */
export const ociRow: Row = {
  method: "oci-auth",
  pins: ["oci-auth"],
  look: (view) => {
    const because = nameOf(view, ociIdentity);
    if (because === undefined) return { missing: `no ${ociIdentity}` };
    const create = async (shared: object) => (await load("@infisical/auth-oci")).ociAuth(shared);
    return { ...withIdentity(view, [ociIdentity], because, create, ociVariables), isOnlyNamed: true };
  },
};
