//! The command line of `havenask-proxy catalog`.

use clap::{Args, Parser, Subcommand};

use crate::config::ProxySettings;

/// Arguments of `havenask-proxy catalog`.
#[derive(Debug, Parser)]
pub struct CatalogArguments {
    #[command(subcommand)]
    pub(super) action: CatalogAction,
}

#[derive(Debug, Subcommand)]
pub(super) enum CatalogAction {
    /// Lists the products that the account's billing knows: code, type, name, a line each
    Products {
        #[command(flatten)]
        settings: Box<ProxySettings>,
    },
    /// Writes a catalogue out of the parts that billing has prices for
    ///
    /// They are suggestions: nobody has verified that the codes of billing are those of components. Look through them, and order one of
    /// each before you offer them.
    Draft {
        #[command(flatten)]
        product: ProductSelector,
        #[command(flatten)]
        settings: Box<ProxySettings>,
    },
}

/// A product as `catalog products` lists it.
#[derive(Debug, Args)]
pub(super) struct ProductSelector {
    /// Its code
    #[arg(long, value_name = "CODE")]
    pub(super) product_code: String,
    /// Its type, which may be empty
    #[arg(long, value_name = "TYPE", default_value = "")]
    pub(super) product_type: String,
}
