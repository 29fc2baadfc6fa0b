//! `havenask-proxy check`: tests whether the proxy would run and buy with these settings. Nothing is bought, made or changed.

mod accounts;
mod cloud;
mod credentials;
mod ledger;
mod machine;
mod prices;
mod report;
mod run;
mod settings;

pub use self::run::run;
