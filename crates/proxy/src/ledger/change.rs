//! Changes of the ledger, and their results.

use super::record::{Conditions, LedgerEntry, LedgerResult, NewPurchase, PurchaseState};

/// The purchase of a principal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PurchaseId {
    pub(crate) key: String,
    pub(crate) principal: String,
}

impl PurchaseId {
    /// The id of a purchase that is to be made.
    pub(crate) fn of(purchase: &NewPurchase) -> Self {
        Self { key: purchase.key.clone(), principal: purchase.principal.clone() }
    }
}

/// A purchase, the name of the attempt at it, and its result.
pub(super) type AttemptResult<'a> = (&'a PurchaseId, &'a str, &'a LedgerResult);

/// A change of the ledger.
#[derive(Debug)]
pub(super) enum Change {
    /// Writes a purchase down, unless its key is known.
    Begin(Begin),
    /// Writes the result of a purchase.
    Finish { id: PurchaseId, attempt: String, outcome: LedgerResult },
    /// Writes down that a purchase, which was perhaps written down, was not sent.
    Withdraw { id: PurchaseId, attempt: String, outcome: LedgerResult },
    /// Resolves an unknown purchase by hand.
    Resolve { id: PurchaseId, outcome: LedgerResult, by: String },
    /// Writes down that the instance of a purchase is READY.
    Ready { tag: String, instance_id: String },
    /// Takes over a purchase of another ledger, unless its key is known.
    Import(Box<LedgerEntry>),
    /// Forgets some of the purchases that were settled before this time, in Unix milliseconds.
    Prune { before: i64 },
    /// Writes a purchase down and takes it away again.
    Probe,
}

/// A purchase that is to be written down.
#[derive(Debug)]
pub(super) struct Begin {
    pub(super) purchase: NewPurchase,
    pub(super) conditions: Conditions,
    /// True if its instance will carry the key itself as its tag, since a page has signed that.
    pub(super) tag_is_signed: bool,
    /// Tells this attempt from any other: one whose end was lost is known again.
    pub(super) attempt: String,
}

/// An attempt at a purchase that is written down.
#[derive(Debug)]
pub(crate) struct Attempt {
    /// Tells it from any other.
    pub(crate) name: String,
    /// The value of the tag that its instance carries.
    pub(crate) tag: String,
}

/// The answer of the ledger to a purchase that is to be made.
#[derive(Debug)]
pub(crate) enum BeginResult {
    /// It costs more than is left of the budget, in hundredths.
    OverBudget { left: i64 },
    /// It is written down. Send it.
    Inserted(Attempt),
    /// An earlier attempt of the key may try again. Send it when no instance has its tag.
    Retried {
        attempt: Attempt,
        /// The state that the earlier attempt had.
        earlier: PurchaseState,
    },
    /// The key is known. Send nothing.
    Existing(Box<LedgerEntry>),
    /// The tag, which a page has signed, is that of another purchase. Nothing is written down; send nothing.
    TagTaken,
    /// More was bought in the last hour than may be. Nothing is written down; send nothing.
    LimitReached,
    /// The same content was bought not long ago. Nothing is written down; send nothing.
    Repeated(Box<LedgerEntry>),
}

/// The answer of the ledger to the end of a purchase.
#[derive(Debug)]
pub(crate) enum FinishResult {
    /// It is written down.
    Written,
    /// The purchase was settled otherwise before: so it stood there.
    Conflict(Box<LedgerEntry>),
}

/// The result of a change.
#[derive(Debug)]
pub(super) enum ChangeResult {
    Begun(BeginResult),
    Finished(FinishResult),
    /// The number of purchases that were changed.
    Count(u64),
}

impl Change {
    /// Returns the key by which two proxies sort changes alike, so as not to wait for each other crosswise.
    pub(super) fn order(&self) -> (&str, &str) {
        match self {
            Self::Begin(Begin { purchase, .. }) => (&purchase.key, &purchase.principal),
            Self::Import(entry) => (&entry.key, &entry.principal),
            Self::Finish { id, .. } | Self::Withdraw { id, .. } | Self::Resolve { id, .. } => {
                (&id.key, &id.principal)
            }
            Self::Ready { tag, .. } => (tag, ""),
            Self::Prune { .. } | Self::Probe => ("", ""),
        }
    }

    /// A purchase that depends on no others.
    pub(super) fn as_plain_begin(&self) -> Option<&Begin> {
        match self {
            Self::Begin(begin) if !self.depends_on_others() => Some(begin),
            _ => None,
        }
    }

    /// The result of a purchase, with its attempt.
    pub(super) fn as_finish(&self) -> Option<AttemptResult<'_>> {
        match self {
            Self::Finish { id, attempt, outcome } => Some((id, attempt, outcome)),
            _ => None,
        }
    }

    /// Returns whether it depends on other purchases.
    pub(super) const fn depends_on_others(&self) -> bool {
        matches!(self, Self::Begin(begin) if begin.conditions.depend_on_others())
    }
}
