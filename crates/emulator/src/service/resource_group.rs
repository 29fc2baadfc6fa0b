//! Resource groups with a fixed error, to show what it looks like: conventions of the emulator, not of the cloud.

/// Account that cannot pay: 400 `InvalidPayMethod`. The code is documented; its status is not.
pub const NO_MONEY: &str = "rg-no-money";
/// User who may not buy: 403 `Forbidden.RAM`, with `AccessDeniedDetail`.
pub const FORBIDDEN: &str = "rg-forbidden";
/// Failure of the service: 500 `InternalServerError`. Nothing is created.
pub const BROKEN: &str = "rg-broken";
