import { z } from "zod";
import {
  accepting,
  type Check,
  checked,
  type ObjectOf,
  object,
  oneOf,
  optional,
  record,
  schemaOf,
  text,
} from "../engine/check.ts";
import { type TokenReviewSeed, tokenReviewSeed } from "../seed/kubernetes-seed.ts";

const httpFailure = object({
  /** The HTTP status; 401 and 403 mean that the reviewer was refused. */
  status: accepting<number>(z.number().int().min(300).max(599)),
  /**
   * The `message` of the cluster's response.
   *
   * @defaultValue the server's own text
   */
  message: optional(text),
});

/** A response of the cluster other than a review. */
export interface ClusterResponse extends ObjectOf<typeof httpFailure.fields> {}

const networkFailure = oneOf("connection-refused", "host-not-found", "timeout", "certificate");

/** How the simulated cluster fails: it cannot be reached, or answers with something other than a review. */
export type ClusterFailure =
  | "connection-refused"
  | "host-not-found"
  | "timeout"
  | "certificate"
  | ClusterResponse;

const clusterFailure: Check<ClusterFailure | undefined> = optional(
  z.union([schemaOf(networkFailure), schemaOf(httpFailure)]) as Check<ClusterFailure>,
);

/** The simulated Kubernetes cluster of a test server, which reviews the tokens of service accounts. */
export interface TestCluster {
  /**
   * Replaces what the cluster says about tokens.
   *
   * @param reviews - The reviews by token. The cluster does not know any others.
   * @throws TypeError when a review has an unknown or a wrong field.
   */
  setReviews(reviews: Readonly<Record<string, TokenReviewSeed>>): void;
  /**
   * Makes every review fail, until it is called again.
   *
   * @param failure - How it fails; `undefined` to make reviews work again.
   * @throws TypeError when there is no such failure.
   */
  fail(failure: ClusterFailure | undefined): void;
}

/** What the cluster says about a token. */
export interface TokenReview {
  readonly authenticated: boolean;
  readonly username: string;
  readonly audiences: readonly string[];
  readonly error: string | undefined;
}

/** Reviews tokens as the cluster of the seed. */
export class KubernetesCluster implements TestCluster {
  #reviews = new Map<string, TokenReviewSeed>();
  #failure: ClusterFailure | undefined;

  get failure(): ClusterFailure | undefined {
    return this.#failure;
  }

  addReviews(reviews: Readonly<Record<string, TokenReviewSeed>>): void {
    for (const [token, review] of Object.entries(reviews)) this.#reviews.set(token, review);
  }

  setReviews(reviews: Readonly<Record<string, TokenReviewSeed>>): void {
    checked("cluster.setReviews()", record<TokenReviewSeed>(tokenReviewSeed), reviews);
    this.#reviews.clear();
    this.addReviews(reviews);
  }

  fail(failure: ClusterFailure | undefined): void {
    this.#failure = checked("cluster.fail()", clusterFailure, failure);
  }

  review(token: string): TokenReview {
    const review = this.#reviews.get(token);
    const {
      authenticated = true,
      username = "system:serviceaccount:default:default",
      audiences = [],
    } = review ?? {};
    const error = review ? review.error : "[invalid bearer token, token lookup failed]";
    return { authenticated, username, audiences, error };
  }
}
