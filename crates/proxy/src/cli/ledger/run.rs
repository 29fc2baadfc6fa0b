//! The work of `havenask-proxy ledger`.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
};

use havenask_core::{Locale, response::Created};
use tokio::task::JoinSet;

use super::{
    arguments::{BindTarget, LedgerAction, LedgerArguments, PurchaseSelector, Resolution},
    error::LedgerCommandError,
    import::{ImportItem, read},
    print::{json, line, pretty},
};
use crate::{
    audit::Audit,
    cli::visible::visible,
    config::RegionEndpoint,
    ledger::{
        Ledger, LedgerEntry, LedgerResult, LedgerWriteError, PageCursor, PurchaseFilter,
        PurchaseId, PurchaseState, rebind,
    },
};

type Result<T = ()> = std::result::Result<T, LedgerCommandError>;

/// Rows that are read at once, and purchases that are imported at once.
const BATCH: usize = 256;

/// Runs a command, and writes its output.
pub async fn run(arguments: &LedgerArguments, out: &mut impl Write) -> Result {
    let LedgerArguments { ledger: address, action } = arguments;
    if let LedgerAction::Bind { place: BindTarget { region, upstream }, with_pending } = action {
        let served = region.iter().chain(upstream).map(RegionEndpoint::ledger_name);
        let served: Vec<_> = served.collect();
        let before = rebind(address, &served, *with_pending).await?;
        let before = if before.is_empty() { "nothing" } else { &before };
        return Ok(writeln!(out, "bound to {}; before, to {before}", served.join(", "))?);
    }
    // One that is made here would say that nothing was bought.
    let makes_one = matches!(action, LedgerAction::Import { .. });
    if let Some(path) = address.missing_file().filter(|_| !makes_one) {
        return Err(LedgerCommandError::Missing(path.to_owned()));
    }
    let (ledger, writer) = Ledger::open(address).await?;
    let done = act(&ledger, action, out).await;
    drop(ledger);
    // Nothing that it still does changes a purchase.
    let _ = writer.await;
    done
}

async fn act(ledger: &Ledger, action: &LedgerAction, out: &mut impl Write) -> Result {
    match action {
        LedgerAction::List { state, limit } => {
            write_all(ledger, *state, (*limit).into(), line, out).await
        }
        LedgerAction::Export => write_all(ledger, None, u64::MAX, json, out).await,
        LedgerAction::Show { purchase } => {
            let found = find(ledger, purchase).await?;
            found.iter().try_for_each(|entry| out.write_all(pretty(entry).as_bytes()))?;
            Ok(())
        }
        LedgerAction::Import { file } => import(ledger, file.as_deref(), out).await,
        LedgerAction::Prune { older_than } => {
            let now = ledger.now().await?;
            let age = i64::try_from(older_than.as_millis()).unwrap_or(i64::MAX);
            let pruned = ledger.prune(now - age).await?;
            Ok(writeln!(out, "{pruned} purchases are forgotten")?)
        }
        LedgerAction::Resolve { purchase, resolution, by, audit } => {
            let audit = Audit::open(audit.as_deref()).map_err(LedgerCommandError::Audit)?;
            let settled = resolve(ledger, purchase, resolution, by).await?;
            audit.settled(&settled);
            Ok(out.write_all(pretty(&settled).as_bytes())?)
        }
        LedgerAction::Bind { .. } => Ok(()),
    }
}

/// Writes purchases page by page, however many there are.
async fn write_all(
    ledger: &Ledger,
    state: Option<PurchaseState>,
    limit: u64,
    text: fn(&LedgerEntry) -> String,
    out: &mut impl Write,
) -> Result {
    let mut left = limit;
    let mut unreadable = 0;
    let filter = state.map_or(PurchaseFilter::All, PurchaseFilter::State);
    let mut place = Some(PageCursor::start());
    while let Some(after) = place.filter(|_| left > 0) {
        let size = u32::try_from(left.min(BATCH as u64)).unwrap_or(u32::MAX);
        let (page, end) = ledger.page(filter, &after, size).await?;
        left -= page.len() as u64;
        place = end;
        for entry in page {
            match entry {
                Ok(entry) => out.write_all(text(&entry).as_bytes())?,
                Err(row) => {
                    unreadable += 1;
                    tracing::error!(key = visible(&row.key), why = %row.why, "a row is no purchase");
                }
            }
        }
    }
    out.flush()?;
    if unreadable > 0 { Err(LedgerCommandError::UnreadableRows(unreadable)) } else { Ok(()) }
}

/// The purchases of a key, of one principal where that is said.
async fn find(ledger: &Ledger, named: &PurchaseSelector) -> Result<Vec<LedgerEntry>> {
    let PurchaseSelector { key, principal } = named;
    let mut found = ledger.find_by_key(key).await?;
    found.retain(|entry| principal.as_ref().is_none_or(|name| *name == entry.principal));
    if found.is_empty() { Err(LedgerCommandError::NoPurchase(key.clone())) } else { Ok(found) }
}

async fn resolve(
    ledger: &Ledger,
    named: &PurchaseSelector,
    resolution: &Resolution,
    by: &str,
) -> Result<LedgerEntry> {
    let mut found = find(ledger, named).await?.into_iter();
    let (Some(entry), None) = (found.next(), found.next()) else {
        return Err(LedgerCommandError::Several(named.key.clone()));
    };
    let outcome = match &resolution.created {
        Some(id) => LedgerResult::created(Created {
            request_id: entry.request_id.clone().unwrap_or_default(),
            instance_id: id.clone(),
        }),
        None => LedgerResult::not_made(Locale::En),
    };
    let id = PurchaseId::of(&entry.purchase());
    if !ledger.resolve(id.clone(), outcome, by.to_owned()).await? {
        return Err(LedgerCommandError::NotUnknown(entry.key, entry.state));
    }
    ledger.find_by_id(&id).await?.ok_or(LedgerCommandError::NoPurchase(entry.key))
}

/// Opens a file, or the standard input, with its name.
fn open_input(file: Option<&Path>) -> Result<(String, Box<dyn Read>)> {
    let Some(path) = file else {
        return Ok(("the standard input".to_owned(), Box::new(std::io::stdin())));
    };
    let name = path.display().to_string();
    let input = File::open(path);
    let input = input.map_err(|error| LedgerCommandError::Import(format!("{name}: {error}")))?;
    Ok((name, Box::new(input)))
}

/// An input without the mark in front of it that some editors write and JSON does not know.
fn without_mark(input: impl Read) -> impl Read {
    const MARK: &str = "\u{feff}";
    let mut input = BufReader::new(input);
    if input.fill_buf().is_ok_and(|start| start.starts_with(MARK.as_bytes())) {
        input.consume(MARK.len());
    }
    input
}

async fn import(ledger: &Ledger, file: Option<&Path>, out: &mut impl Write) -> Result {
    let (name, input) = open_input(file)?;
    let values = serde_json::Deserializer::from_reader(without_mark(input)).into_iter();
    let (mut imported, mut known, mut untagged, mut unreadable) = (0, 0, 0, 0);
    let mut writing = JoinSet::new();
    let mut written = async |writing: &mut JoinSet<std::result::Result<bool, LedgerWriteError>>,
                             max: usize| {
        while writing.len() > max {
            match writing.join_next().await {
                Some(Ok(Ok(true))) => imported += 1,
                Some(Ok(Ok(false))) => known += 1,
                _ => return Err(LedgerCommandError::NotWritten),
            }
        }
        Ok(())
    };
    for value in values {
        let mut items = Vec::new();
        match value {
            Ok(value) => read(value, &mut items),
            Err(error) => {
                written(&mut writing, 0).await?;
                return Err(LedgerCommandError::Import(format!("{name}: {error}")));
            }
        }
        for item in items {
            let entry = match item {
                ImportItem::Purchase(entry) => entry,
                ImportItem::WithoutInstance(entry, why) => {
                    tracing::warn!(
                        why,
                        "imported as unknown: settle it with `havenask-proxy ledger resolve`"
                    );
                    entry
                }
                ImportItem::Untagged => {
                    untagged += 1;
                    continue;
                }
                ImportItem::Unreadable(why) => {
                    unreadable += 1;
                    tracing::warn!(why, "not imported");
                    continue;
                }
            };
            let ledger = ledger.clone();
            writing.spawn(async move { ledger.import(*entry).await });
        }
        written(&mut writing, BATCH).await?;
    }
    written(&mut writing, 0).await?;
    writeln!(
        out,
        "{imported} purchases are imported, {known} were known, {unreadable} could not be read; {untagged} instances carry no key"
    )?;
    if unreadable > 0 { Err(LedgerCommandError::ImportIncomplete(unreadable)) } else { Ok(()) }
}
