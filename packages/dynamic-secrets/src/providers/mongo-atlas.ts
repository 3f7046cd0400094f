/** A role of a MongoDB Atlas user. */
export interface MongoAtlasRole {
  /** The database it holds in. */
  readonly databaseName: string;
  /** Its name. */
  readonly roleName: string;
  /** The collection it holds for. */
  readonly collectionName?: string | undefined;
}

/** A cluster or data lake that a MongoDB Atlas user may use. */
export interface MongoAtlasScope {
  /** Its name. */
  readonly name: string;
  /** What it is. */
  readonly type: "CLUSTER" | "DATA_LAKE" | "STREAM";
}

/** Inputs of `mongo-db-atlas`: database users of MongoDB Atlas. */
export interface MongoAtlasInputs {
  /** The public part of the API key of who makes users. */
  readonly adminPublicKey: string;
  /** The private part of that API key. */
  readonly adminPrivateKey: string;
  /** The project's id in Atlas. */
  readonly groupId: string;
  /** The roles of each user, at least one. */
  readonly roles: readonly MongoAtlasRole[];
  /** What each user may use; an empty list means everything. */
  readonly scopes: readonly MongoAtlasScope[];
}
