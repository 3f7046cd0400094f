import type { KeyObject } from "node:crypto";
import type { EncryptionAlgorithm, KeyUsage } from "../kms/algorithms.ts";
import type { DynamicSecret } from "./dynamic-secret-entities.ts";

/** A project role. It allows everything, everything except managing the project, reading, or nothing. */
export type ProjectRole = "admin" | "member" | "viewer" | "no-access";

/** An organization role. With `no-access` an identity cannot create projects. */
export type OrganizationRole = "admin" | "member" | "no-access";

export interface Timestamps {
  createdAt: string;
  updatedAt: string;
}

export interface Tag extends Timestamps {
  readonly id: string;
  slug: string;
  color: string | null;
  readonly projectId: string;
  readonly createdBy: string;
}

export interface SecretMetadata {
  readonly key: string;
  readonly value: string;
  readonly isEncrypted: boolean;
}

/** The parts of a secret that can change between versions. */
export interface SecretContent {
  key: string;
  value: string;
  comment: string;
  reminderNote: string | null;
  reminderRepeatDays: number | null;
  skipMultilineEncoding: boolean | null;
  secretMetadata: readonly SecretMetadata[];
  tags: readonly Tag[];
}

export interface SecretVersion extends SecretContent {
  version: number;
  updatedAt: string;
}

export interface Secret extends SecretVersion {
  readonly id: string;
  readonly folder: Folder;
  readonly createdAt: string;
  /** Every earlier version, by number. */
  readonly history: Map<number, SecretVersion>;
}

export interface SecretImport extends Timestamps {
  readonly id: string;
  version: number;
  environment: Environment;
  path: string;
  position: number;
  readonly folder: Folder;
}

export interface Folder extends Timestamps {
  readonly id: string;
  name: string;
  version: number;
  description: string | null;
  lastSecretModified: string | null;
  readonly environment: Environment;
  readonly parent: Folder | null;
  readonly children: Map<string, Folder>;
  readonly secrets: Map<string, Secret>;
  readonly imports: SecretImport[];
  /** By name, in the order of creation. */
  readonly dynamicSecrets: Map<string, DynamicSecret>;
}

export interface Environment extends Timestamps {
  readonly id: string;
  name: string;
  slug: string;
  position: number;
  readonly projectId: string;
  readonly root: Folder;
}

/** Where writes become approval requests: an environment, one path in it, or a path and all below (`/app/**`). */
export interface ApprovalPolicy {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
  readonly path: string | undefined;
}

export interface UserMembership extends Timestamps {
  readonly id: string;
  readonly userId: string;
  readonly username: string;
  readonly roles: readonly string[];
}

export interface KmsKey extends Timestamps {
  readonly id: string;
  name: string;
  description: string | null;
  isDisabled: boolean;
  readonly projectId: string;
  readonly keyUsage: KeyUsage;
  readonly encryptionAlgorithm: EncryptionAlgorithm;
  /** The secret key, or the private key of a pair. Generating an RSA pair takes a while. */
  readonly material: Promise<KeyObject>;
}

export interface Project extends Timestamps {
  readonly id: string;
  name: string;
  slug: string;
  description: string | null;
  readonly type: string;
  hasDeleteProtection: boolean;
  autoCapitalization: boolean;
  /** By id, ordered by position. */
  readonly environments: Map<string, Environment>;
  readonly tags: Map<string, Tag>;
  readonly kmsKeys: Map<string, KmsKey>;
  readonly roles: Map<string, ProjectRole>;
  readonly users: Map<string, UserMembership>;
  readonly approvals: ApprovalPolicy[];
}

/** Lifetimes of the access tokens of an auth method, in seconds. */
export interface TokenLifetimes {
  readonly accessTokenTTL: number;
  readonly accessTokenMaxTTL: number;
  readonly accessTokenPeriod: number;
  readonly accessTokenNumUsesLimit: number;
}

export interface UniversalAuth extends TokenLifetimes {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientSecretId: string;
  readonly lockout: boolean;
  /** The times of the latest failed logins, in milliseconds. */
  failures: number[];
  lockedUntil: number;
}

export interface AwsCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** In milliseconds since 1970. */
  readonly expiration: number | undefined;
  readonly arn: string;
}

export interface AwsAuth extends TokenLifetimes {
  readonly allowedAccountIds: readonly string[];
  readonly allowedPrincipalArns: readonly string[];
  readonly credentials: readonly AwsCredential[];
  /** The STS endpoint; `undefined` means that of the region in the signature. */
  readonly stsEndpoint: string | undefined;
}

export interface JwtAuth extends TokenLifetimes {
  readonly publicKeys: readonly KeyObject[];
  readonly boundIssuer: string | undefined;
  readonly boundSubject: string | undefined;
  readonly boundAudiences: readonly string[];
  readonly boundClaims: Readonly<Record<string, string>>;
}

export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly organizationRole: OrganizationRole;
  readonly universalAuth: UniversalAuth | undefined;
  readonly awsAuth: AwsAuth | undefined;
  readonly jwtAuth: JwtAuth | undefined;
}
