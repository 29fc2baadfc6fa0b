//! Table of errors: layer, status, code and message. The rows of the gateway are the "public client error codes"
//! (`developer.aliyun.com/ask/278265`), and those that the error pages of DNS, `PolarDB` and SMS and a client for Go have beyond
//! them; where statuses contradict each other, it is that of the first.

use self::Layer::{Business, Gateway, Ram, Service};

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ErrorRow {
    pub(super) layer: Layer,
    pub(super) status: u16,
    pub(crate) code: &'static str,
    pub(super) message: &'static str,
}

/// Layer that answers with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Gateway,
    /// Access control behind the gateway; it adds the denied action.
    Ram,
    Service,
    /// Billing and prices, which fail with the status 200.
    Business,
}

macro_rules! rows {
    ($($name:ident: $layer:ident $status:literal $code:literal $message:literal;)*) => {
        $(pub(crate) const $name: &ErrorRow =
            &ErrorRow { layer: $layer, status: $status, code: $code, message: $message };)*

        const ALL: &[&ErrorRow] = &[$($name),*];
    };
}

rows! {
    API_NOT_FOUND: Gateway 404 "InvalidApi.NotFound"
        "Specified api is not found, please check your url and method.";
    ACTION_NOT_FOUND: Gateway 404 "InvalidAction.NotFound"
        "Specified api is not found, please check your url and method.";
    METHOD_NOT_SUPPORTED: Gateway 400 "UnsupportedHTTPMethod"
        "This http method is not supported.";
    VERSION: Gateway 400 "InvalidVersion"
        "Specified parameter Version is not valid.";
    MISSING: Gateway 400 "MissingParameter"
        "A parameter is mandatory for this action.";
    SIGNATURE_DIFFERS: Gateway 400 "SignatureDoesNotMatch"
        "Specified signature does not match our calculation.";
    SIGNATURE_INCOMPLETE: Gateway 400 "IncompleteSignature"
        "The request signature does not conform to Aliyun standards.";
    SIGNATURE_METHOD: Gateway 400 "InvalidSignatureMethod"
        "Specified signature method is not valid.";
    CONTENT_MD5: Gateway 400 "ContentMD5NotMatched"
        "The specified content md5 is not matched with the body.";
    NONCE_USED: Gateway 400 "SignatureNonceUsed"
        "Specified signature nonce was used already.";
    TIME_EXPIRED: Gateway 400 "InvalidTimeStamp.Expired"
        "Specified time stamp or date value is expired.";
    TIME_FORMAT: Gateway 400 "InvalidTimeStamp.Format"
        "Specified time stamp or date value is not well formatted.";
    KEY_NOT_FOUND: Gateway 404 "InvalidAccessKeyId.NotFound"
        "Specified access key is not found.";
    KEY_INACTIVE: Gateway 400 "InvalidAccessKeyId.Inactive"
        "Specified access key is disabled.";
    TOKEN_MISSING: Gateway 400 "MissingSecurityToken"
        "SecurityToken is mandatory for this action.";
    TOKEN_EXPIRED: Gateway 400 "InvalidSecurityToken.Expired"
        "Specified SecurityToken is expired.";
    TOKEN_MALFORMED: Gateway 400 "InvalidSecurityToken.Malformed"
        "Specified SecurityToken is malformed.";
    TOKEN_MISMATCH: Gateway 400 "InvalidSecurityToken.MismatchWithAccessKey"
        "Specified SecurityToken mismatch with the AccessKey.";
    FORBIDDEN: Ram 403 "Forbidden.RAM"
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
    NO_PERMISSION: Ram 403 "NoPermission"
        "You are not authorized to do this action.";
    THROTTLED: Gateway 400 "Throttling"
        "Request was denied due to request throttling.";
    THROTTLED_USER: Gateway 400 "Throttling.User"
        "Request was denied due to user flow control.";
    THROTTLED_API: Gateway 400 "Throttling.Api"
        "Request was denied due to api flow control.";
    INTERNAL_ERROR: Gateway 500 "InternalError"
        "The request processing has failed due to some unknown error, exception or failure.";
    UNAVAILABLE: Gateway 503 "ServiceUnavailable"
        "The request has failed due to a temporary failure of the server.";

    // Billing and prices, in the words of the metadata of BssOpenApi and the tests of aliyun-cli.
    NOT_AUTHORIZED: Gateway 400 "NotAuthorized"
        "This API is not authorized for caller.";
    NOT_APPLICABLE: Gateway 400 "NotApplicable"
        "This API is not applicable for caller.";
    PRICING_NOT_FOUND: Gateway 404 "PricingNotSupported"
        "The pricing of the specified API is not supported.";

    // Errors of HTTP that no published table has: the codes are the emulator's own.
    ENCODING: Gateway 400 "InvalidParameter"
        "The request is not well encoded.";
    TOO_SLOW: Gateway 408 "RequestTimeout"
        "The body of the request did not arrive in time. Send it at once, with its true Content-Length.";
    TOO_LARGE: Gateway 413 "RequestEntityTooLarge"
        "The body of the request is larger than 1 MiB. Send fewer components and tags.";

    // The service. Its messages are unpublished except that of InternalServerError.
    PARAMETER: Service 400 "InvalidParameter"
        "A parameter is not valid.";
    PAY_METHOD: Service 400 "InvalidPayMethod"
        "The account supports neither balance payment nor credit payment.";
    INSTANCE_NOT_FOUND: Service 404 "instance.NotFound"
        "The instance does not exist. Check its id and the region.";
    SERVICE_BROKEN: Service 500 "InternalServerError"
        "internal server error";

    // The newest envelope of prices, and billing. The messages but that of the component and of the plan are unpublished.
    PRICING_NOT_SUPPORTED: Business 200 "PricingNotSupported"
        "The pricing of the specified API is not supported.";
    COMPONENT: Business 200 "COMMODITY.INVALID_COMPONENT"
        "The instance component is invalid.";
    ORDER: Business 200 "InvalidParameter"
        "A parameter of the order is not valid.";
    PRODUCT_NOT_FOUND: Business 200 "ProductNotFind"
        "The product does not exist. QueryProductList has those that do.";
    PRICING_PLAN: Business 200 "InternalError"
        "PRICE.PRICING_PLAN_RESULT_NOT_FOUND";
}

/// Errors that can be ordered for any operation.
pub(crate) fn all() -> impl DoubleEndedIterator<Item = &'static ErrorRow> {
    ALL.iter().copied().filter(|row| row.layer != Business)
}

/// Finds the row of a code; that of the service where the gateway has it too.
pub(crate) fn find(code: &str) -> Option<&'static ErrorRow> {
    all().rfind(|row| row.code == code)
}
