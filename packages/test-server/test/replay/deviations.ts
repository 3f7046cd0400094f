/** Exchanges that this server answers otherwise than the recorded one did, each with the reason. */
export const deviations: Readonly<Record<string, string>> = {
  "022-list-after-failed-renew": "newer servers renew without deleting the token",
  "266-update-comment-only-no-value": "newer servers need no value in an update",
  "313-list-recursive-unknown-env": "500 there: a defect, empty lists here as without recursive",
  "339-ref-get-REF_MISSING_FOLDER": "500 there: a defect, the reference stays as it is here",
  "348-ref-get-REF_DOLLAR_VALUE":
    "dollar signs in a value were taken for patterns there: a defect, not imitated",
  "384-personal-create-by-user": "needs a human user's token",
  "385-personal-create-dup": "needs a human user's token",
  "387-personal-get-default-by-user": "needs a human user's token",
  "388-personal-get-by-user": "needs a human user's token",
  "390-personal-list-by-user": "needs a human user's token",
  "392-personal-update-by-user": "needs a human user's token",
  "394-personal-delete-by-user": "needs a human user's token",
  "395-personal-delete-again-by-user": "needs a human user's token",
  "401-batch-create-dup-inside": "two secrets of one name there: a defect, 400 here",
  "414-batch-update-missing-one":
    "the message named the secret that is there: a defect, here the missing one",
  "417-batch-update-no-value": "newer servers need no value in an update",
  "422-batch-delete-missing": "the message named the secret that is there: a defect, here the missing one",
  "447-dyn-create-ttl-25h": "newer servers take up to ten years",
  "461-dyn-create-provider-unknown": "newer servers know more providers, and name them",
  "463-dyn-create-provider-sdk-newer-fields": "newer servers check passwordRequirements, and answer 422",
  "476-lease-create-ttl-over-max": "newer servers take up to ten years",
  "487-lease-create-unlicensed-stock": "its licence lacks dynamic secrets; ours needs none",
  "527-kms-get-by-name-newer-sdk": "newer servers have the route",
};
