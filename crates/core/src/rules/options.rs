//! Options of a validation.

use crate::{Locale, catalog::Catalog};

/// Strictness, catalogue and language of a validation.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// The components that the console sells. Without one, codes and values are not checked.
    pub catalog: Option<&'a Catalog>,
    /// Makes `POSTPAY` a warning: the official CreateInstance page says that it is not supported, the ROS type
    /// `ALIYUN::SearchEngine::Instance` supports nothing else.
    pub allow_postpay: bool,
    /// The language of the messages.
    pub locale: Locale,
}
