//! Options of a validation.

use crate::{Locale, catalog::Catalog};

/// How strictly, with which catalogue and in which language to look.
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
