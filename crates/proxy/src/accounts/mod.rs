//! Accounts in which the proxy buys: that of its own credentials, and those of the roles that it assumes for its principals.

mod assume;
mod clients;
mod directory;
mod role;

pub(crate) use self::{
    assume::assume,
    clients::{AccountClients, ClientFactory},
    directory::{AccountChoice, Accounts},
    role::session_name,
};
