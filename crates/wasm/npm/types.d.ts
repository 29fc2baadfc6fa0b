// Made from the Rust types by crates/wasm/tests/types.rs.

/** Signature algorithm. */
export type Algorithm = "ACS3-HMAC-SHA256" | "ROA-HMAC-SHA1";

/** Catalogue of a console. */
export interface Catalog {
  /** Its entries, in the order in which a form shows them. */
  components: readonly CatalogEntry[];
  /** Notice for buyers: that it is a sample, until when it holds. */
  notice?: CatalogText;
  /** Orders to begin with. */
  presets?: readonly CatalogPreset[];
}

/** Condition on another component. */
export interface CatalogCondition {
  /** The code of the other component. */
  code: string;
  /** Its values with which this one is asked for; without any, it is with all values but those of `isNot`. */
  is?: readonly string[];
  /** Its values with which this one is not asked for. */
  isNot?: readonly string[];
}

/** One component that is sold. */
export interface CatalogEntry {
  /** The code that is sent. */
  code: string;
  /** The value to begin with. */
  default?: string;
  /** The heading that it stands under with its neighbours of the same group. */
  group?: CatalogText;
  /** Purpose. */
  help?: CatalogText;
  /** Its name for people. */
  label: CatalogText;
  /** An address with more about it, which begins with `https://`. */
  link?: string;
  /** The unit of its values, which a form shows behind the name. */
  unit?: CatalogText;
  /** The values that may be chosen. */
  values: CatalogValues;
  /** The condition of its being asked for; without one, it always is. */
  visibleIf?: CatalogCondition;
}

/** A value with a name for people. */
export interface CatalogLabelledOption {
  /** Help for those who choose it. */
  help?: CatalogText;
  /** Its name for people. */
  label: CatalogText;
  /** The value that is sent. */
  value: string;
}

/** A value that may be chosen. */
export type CatalogOption = string | CatalogLabelledOption;

/** An order to begin with. */
export interface CatalogPreset {
  /** Its name for people. */
  name: CatalogText;
  /** The order that it fills the form with. */
  request: CreateInstanceRequest;
}

/** A text by language. */
export interface CatalogText {
  /** English. */
  en: string;
  /** Chinese. */
  zh: string;
}

/** The values of a component. */
export type CatalogValues = {
  /** The list. */
  options: readonly CatalogOption[];
  /** One of a list. */
  type: "select";
} | {
  /** The largest. */
  max: number | bigint;
  /** The smallest. */
  min: number | bigint;
  /** The distance from one to the next, counted from the smallest. */
  step?: number | bigint;
  /** A whole number. */
  type: "number";
} | {
  /** Any text. */
  type: "text";
};

/** Billing method of an instance. */
export type ChargeType = "PREPAY" | "POSTPAY";

/** Options of a client: the proxy, and how to reach it. */
export interface ClientOptions {
  /** Its address: `/` for the server of the page. */
  endpoint: string;
  /** Called with a `Request` in place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** The language of the messages. */
  locale?: Locale;
  /** Bearer token, by which the proxy knows the caller: sent as `Authorization: Bearer`. */
  token?: string;
}

/** One part of the specification. */
export interface Component {
  /** The code of the specification, as on the buy page: `searcherdocsize`. */
  code: string;
  /** The value of the specification, a number as text too: `"200"`. */
  value?: string;
}

/** The body of `CreateInstance`. */
export interface CreateInstanceRequest {
  /** The billing method. `POSTPAY` is in the API, but documented as not supported. */
  chargeType?: ChargeType;
  /** The specification of the instance. */
  components?: readonly Component[];
  /** The term that is paid for. The documentation of `chargeType` calls it paymentInfo. */
  order?: Order;
  /** The resource group of the account that the instance belongs to; the default group when it is left out. */
  resourceGroupId?: string;
  /** Labels of the instance. */
  tags?: readonly Tag[];
}

/** An `AccessKey`, or the three parts of an STS credential. A page may only hold the latter. */
export interface Credentials {
  /** The public half. */
  accessKeyId: string;
  /** The secret half. */
  accessKeySecret: string;
  /** The token that STS gave out with it. */
  securityToken?: string;
}

/** A language of messages. */
export type Locale = "en" | "zh";

/** The term of a subscription. */
export interface Order {
  /** True if the subscription renews itself, and is paid again, when its term ends. */
  autoRenew?: boolean;
  /** The number of pricing cycles: 1 to 10, or 12. */
  duration?: number | bigint;
  /** The unit of `duration`. */
  pricingCycle?: PricingCycle;
}

/** The unit of a term. */
export type PricingCycle = "Month" | "Year";

/** Options of a purchase. */
export interface PurchaseOptions {
  /** Only checks and shows the request; nothing is sent to the cloud. */
  dryRun?: boolean;
  /** Tells this purchase from every other: 8 to 64 letters, digits, hyphens and underscores. */
  idempotencyKey: string;
  /** The most that it may cost, as `CNY 1234.50`: the proxy asks for the price just before it sends the order, and refuses
   * one above it as `PriceChanged`. */
  maxPrice?: string;
  /** Seconds, a year at most, within which the same order of the same principal is refused as `OrderRepeated`, whatever
   * its key: 86400 is a day. 0, and leaving it out, buy. */
  noRepeat?: number | bigint;
  /** The region to buy in, one that the proxy serves; its first when it is left out. */
  region?: string;
  /** Ends the waiting. A request that was sent may have bought all the same. */
  signal?: AbortSignal;
  /** The `https` address of the terms that the buyer has accepted: it is recorded with the purchase. */
  terms?: string;
}

/** Options of a quote. */
export interface QuoteOptions {
  /** The region to buy in, one that the proxy serves; its first when it is left out. */
  region?: string;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/** A request to be signed or verified. */
export interface RequestInput {
  /** The body. */
  body?: string | Uint8Array;
  /** Names and values. */
  headers?: readonly (readonly [string, string])[];
  /** The host, with `http://` in front of it when it has no TLS. Not needed when there is a header `host`. */
  host?: string;
  /** The method, in capitals. */
  method: string;
  /** The path, percent-encoded. */
  path: string;
  /** Names and values, decoded. */
  query?: readonly (readonly [string, string])[];
}

/** A language in which a request can be written. */
export type SampleLanguage = "curl" | "python" | "node" | "java" | "go" | "cli" | "javascript";

/** In which language to write a request, and for where. */
export interface SamplesOptions {
  /** The endpoint: `host`, `host:port`, or either behind `http://` or `https://`. */
  endpoint?: string;
  /** The language. */
  language: SampleLanguage;
  /** The region to buy in; this or `endpoint` is needed. */
  region?: string;
}

/** Options of a signature. */
export interface SignOptions {
  /** Signature algorithm; `ACS3-HMAC-SHA256` when it is left out. */
  algorithm?: Algorithm;
  /** The keys. */
  credentials: Credentials;
  /** The date of the signature: a `Date`, or a text such as `2026-03-01T08:00:00Z`; now when it is left out. */
  date?: Date | string;
  /** Adds the query parameter `dryRun`. Nobody knows whether the service honours it. */
  dryRun?: boolean;
  /** The endpoint: `host`, `host:port`, or either behind `http://` or `https://`. */
  endpoint?: string;
  /** A number used once; a random one when it is left out. */
  nonce?: string;
  /** The region to buy in; this or `endpoint` is needed. */
  region?: string;
}

/** Options of the signature of any request. */
export interface SignRequestOptions {
  /** Signature algorithm; `ACS3-HMAC-SHA256` when it is left out. */
  algorithm?: Algorithm;
  /** The headers that V3 signs; `host`, `content-type` and every `x-acs-*` when it is left out. */
  signedHeaders?: readonly string[];
}

/** A label. */
export interface Tag {
  /** 1 to 128 characters, once in a request. */
  key: string;
  /** At most 128 characters. */
  value?: string;
}

/** Strictness, catalogue and language of a validation. */
export interface ValidateOptions {
  /** Makes `POSTPAY` a warning. */
  allowPostpay?: boolean;
  /** The components that the console sells. Without one, codes and values are not checked. */
  catalog?: Catalog;
  /** The language of the messages. */
  locale?: Locale;
}

/** The request written so that both sides write it the same. */
export type CanonicalRequest = string;

/** An instance was bought. */
export interface Created {
  /** The id of the new instance: `ha-cn-pl32rf0****`. */
  readonly instanceId: string;
  /** The id that the support of the cloud asks for. */
  readonly requestId: string;
}

/** Result of a dry run: everything was checked and built, and nothing was sent. The signature is left out, since with it
 * anybody could send the request. */
export interface DryRun {
  /** The body. */
  readonly body: string;
  /** Canonical request; an STS token is hidden. Absent for ROA, which has no such stage. */
  readonly canonicalRequest?: string;
  /** Always true. */
  readonly dryRun: boolean;
  /** The HTTP method. */
  readonly method: string;
  /** Always false. */
  readonly sent: boolean;
  /** String to sign. */
  readonly stringToSign: string;
  /** The whole address. */
  readonly url: string;
  /** Warnings: allowed, and probably not meant. */
  readonly warnings?: readonly Problem[];
}

/** An earlier purchase of the same order by the same principal. */
export interface EarlierPurchase {
  /** Seconds since it was written to the ledger. */
  readonly age: number;
  /** The id of its instance, when it is known. */
  readonly instanceId?: string;
  /** Its idempotency key. */
  readonly key: string;
  /** Its state: `created`, `pending` or `unknown`. */
  readonly state: PurchaseState;
}

/** An error that this product itself finds, before the cloud or in place of it. */
export type ErrorCode = "InvalidRequest" | "BodyNotJson" | "BodyTooLarge" | "BodyTimeout" | "BodyIncomplete" | "ContentTypeNotJson" | "IdempotencyKeyMissing" | "IdempotencyKeyMalformed" | "IdempotencyKeyReused" | "RegionNotServed" | "AccountNotConfigured" | "AccountUnavailable" | "NoRepeatMalformed" | "TermsMalformed" | "TermsNotAccepted" | "OrderRepeated" | "PurchaseInFlight" | "PurchaseUnknown" | "PurchaseNotCreated" | "TagReserved" | "LedgerUnavailable" | "LedgerUnreadable" | "PriceChanged" | "PriceUnknown" | "MaxPriceMalformed" | "PriceAboveLimit" | "BudgetExceeded" | "PriceUnreadable" | "OriginNotAllowed" | "Unauthorized" | "TooManyRequests" | "TooManyPurchases" | "PurchaseNotAllowed" | "SignedRequestInvalid" | "NotFound" | "MethodNotAllowed" | "QueryUnknown" | "UpstreamUnreachable" | "UpstreamTimeout" | "UpstreamResponseUnreadable" | "NetworkError" | "ProxyUnreachable" | "UnexpectedResponse" | "Aborted" | "InvalidArgument";

/** A refusal or a failure: the cloud's own, or one of the `ErrorCode`s that are found on the way to it. */
export interface Failure {
  /** The error code of the cloud, or that of a `ErrorCode`. */
  readonly code: string;
  /** Description. */
  readonly message: string;
  /** State of knowledge: it may have bought all the same. */
  readonly outcome: PurchaseOutcome;
  /** Problems of the request. */
  readonly problems?: readonly Problem[];
  /** The earlier purchase, when the order repeats one: `OrderRepeated`. */
  readonly purchase?: EarlierPurchase;
  /** The price of now, when it is not what the buyer saw: `PriceChanged`, `PriceUnknown`. */
  readonly quote?: Quote;
  /** A link to the cloud's diagnosis of this very request. */
  readonly recommend?: string;
  /** Remedy; empty when none is known. */
  readonly remedy: string;
  /** The id that the support of the cloud asks for. */
  readonly requestId?: string;
  /** Permission to send the request again, and with which idempotency key. */
  readonly retry: Retry;
  /** Seconds after which to ask again: the header `Retry-After`. */
  readonly retryAfter?: number;
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;
}

/** The price of an order for the account that pays. Fixed fees and usage fees are two things: a total of 0 beside usage charges is not
 * free of charge. */
export interface Price {
  /** The currency, by ISO 4217: `CNY`, `USD`, `JPY`. */
  readonly currency: string;
  /** The amount taken off. */
  readonly discount?: string;
  /** The parts of the total. */
  readonly items: readonly PricedItem[];
  /** The fixed fees before discount, when the cloud tells them. */
  readonly original?: string;
  /** The fixed fees, after discount. */
  readonly total: string;
  /** The unit of billing: `1 Month`, `12 Month`, `Hour`. */
  readonly unit?: string;
  /** The fees by usage, which no total holds. */
  readonly usage?: readonly UsageCharge[];
}

/** A part of the total: a module of the cloud's billing, which may be a component of the order. */
export interface PricedItem {
  /** The code of the module. */
  readonly code: string;
  /** The amount taken off. */
  readonly discount?: string;
  /** Its price before discount. */
  readonly original?: string;
  /** Its price. */
  readonly total: string;
}

/** Something that is wrong with a request, or suspicious in it. */
export interface Problem {
  /** The rule. */
  readonly code: ProblemCode;
  /** Description and remedy, for a person. */
  readonly message: string;
  /** The place: a JSON Pointer into the request, `/components/0/code`. */
  readonly path: string;
  /** Severity: whether it may be bought all the same. */
  readonly severity: Severity;
}

/** The name of a rule. It is part of the public interface: forms and programs decide by it. */
export type ProblemCode = "wrong-type" | "unknown-field" | "duplicate-field" | "control-character" | "invisible-character" | "charge-type-missing" | "charge-type-unknown" | "postpay-not-supported" | "components-missing" | "components-too-many" | "component-code-missing" | "component-code-duplicate" | "component-code-unchecked" | "component-value-missing" | "component-value-not-offered" | "order-missing" | "order-without-prepay" | "duration-missing" | "duration-not-offered" | "duration-of-twelve-years" | "pricing-cycle-missing" | "pricing-cycle-unknown" | "tags-many" | "tag-surrounding-space" | "tag-key-missing" | "tag-key-too-long" | "tag-key-reserved" | "tag-key-duplicate" | "tag-value-too-long";

/** State of knowledge after a refused or failed purchase: it may have bought all the same. */
export type PurchaseOutcome = "not-created" | "unknown";

/** State of a purchase. */
export type PurchaseState = "pending" | "created" | "failed" | "unknown";

/** The price of an order, asked for at some time; it binds nobody at the cloud. */
export interface Quote {
  /** The price, when the order is priced. */
  readonly price?: Price;
  /** The time of the answer, in Unix milliseconds. */
  readonly quotedAt: number;
  /** The reason, when the order is refused or not priced. */
  readonly reason?: Failure;
  /** The id that the support of the cloud asks for. */
  readonly requestId?: string;
  /** The kind of the answer. */
  readonly status: QuoteStatus;
}

/** The three kinds of answers to the question for a price. */
export type QuoteStatus = "priced" | "refused" | "not-priced";

/** Reason that a request is not signed with the key. */
export type Reason = "authorization-missing" | "authorization-malformed" | "algorithm-not-supported" | "access-key-differs" | "security-token-differs" | "header-not-signed" | "header-missing" | "content-hash-differs" | "content-md5-differs" | "signature-differs";

/** Permission to send a request again. */
export type Retry = "same-key" | "new-key" | "no";

/** Severity of a problem. */
export type Severity = "error" | "warning";

/** The signature: hexadecimal in V3, Base64 in ROA. */
export type Signature = string;

/** A request that the cloud accepts. */
export interface SignedRequest {
  /** The header `authorization`. */
  readonly authorization: string;
  /** The body; empty when there is none. */
  readonly body: string;
  /** Canonical request. Absent for ROA, which has no such stage. */
  readonly canonicalRequest?: CanonicalRequest;
  /** Names and values, `authorization` among them. */
  readonly headers: [string, string][];
  /** The HTTP method. */
  readonly method: string;
  /** The signature. */
  readonly signature: Signature;
  /** String to sign. */
  readonly stringToSign: StringToSign;
  /** The whole address. */
  readonly url: string;
}

/** The text that the signature is made of. */
export type StringToSign = string;

/** A fee that is charged by usage. */
export interface UsageCharge {
  /** The code of the module. */
  readonly code: string;
  /** The price of a unit. */
  readonly price: string;
  /** The unit: `GB`, `Hour`. */
  readonly unit?: string;
}

/** The result of a verification. */
export interface Verification {
  /** The canonical request as this side computes it; absent for ROA and for what could not be read so far. */
  readonly canonicalRequest?: CanonicalRequest;
  /** Why it is not. */
  readonly reason?: Reason;
  /** The string-to-sign as this side computes it. */
  readonly stringToSign?: StringToSign;
  /** True if the request is signed with the key. */
  readonly valid: boolean;
}

