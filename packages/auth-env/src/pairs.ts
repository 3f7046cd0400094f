import { optionError } from "@infisical/core/authoring";
import { load } from "./load.ts";
import { areSet, readPair } from "./place.ts";
import { nameOf, organizationSlug, type Row, withIdentity } from "./row.ts";

const client = ["INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET"] as const;
const user = ["INFISICAL_LDAP_USERNAME", "INFISICAL_LDAP_PASSWORD"] as const;
const accessKey = ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"] as const;

/** A client id and a client secret. They belong to one identity, so that no identity id is needed. */
export const universalRow: Row = {
  method: "universal-auth",
  pins: ["universal-auth", "universal"],
  look: (place) => {
    const pair = readPair(place, ...client);
    if (!pair) return { missing: `no ${client[0]}` };
    const [clientId, clientSecret] = pair;
    const slug = organizationSlug(place);
    return {
      because: areSet(client),
      create: async () => {
        const { universalAuth } = await load("@infisical/auth-universal");
        return universalAuth({ clientId, clientSecret, organizationSlug: slug });
      },
    };
  },
};

/** A user of a directory. */
export const ldapRow: Row = {
  method: "ldap-auth",
  pins: ["ldap-auth"],
  look: (place) => {
    const pair = readPair(place, ...user);
    if (!pair) return { missing: `no ${user[0]}` };
    const [username, password] = pair;
    return withIdentity(place, ["INFISICAL_LDAP_AUTH_IDENTITY_ID"], areSet(user), async (shared) =>
      (await load("@infisical/auth-ldap")).ldapAuth({ ...shared, username, password }),
    );
  },
};

const alicloudIdentity = "INFISICAL_ALICLOUD_AUTH_IDENTITY_ID";

/** An access key of Alibaba Cloud, which programs have for other purposes too: only if it is named. */
export const alicloudRow: Row = {
  method: "alicloud-auth",
  pins: ["alicloud-auth"],
  look: (view) => {
    const named = nameOf(view, alicloudIdentity);
    if (named === undefined) return { missing: `no ${alicloudIdentity}` };
    const pair = readPair(view, ...accessKey);
    if (!pair) return { missing: `no ${accessKey[0]}` };
    const [accessKeyId, accessKeySecret] = pair;
    const temporary = "ALIBABA_CLOUD_SECURITY_TOKEN";
    if (view.read(temporary) !== undefined) {
      throw optionError(
        temporary,
        "must not be set: Infisical does not accept temporary keys, only those of a RAM user",
      );
    }
    const create = async (shared: object) =>
      (await load("@infisical/auth-alicloud")).alicloudAuth({ ...shared, accessKeyId, accessKeySecret });
    const because = `${named}, and ${areSet(accessKey)}`;
    return { ...withIdentity(view, [alicloudIdentity], because, create), isOnlyNamed: true };
  },
};
