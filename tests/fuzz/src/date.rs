//! A date that a stranger's request carries.

use havenask_core::Timestamp;

/// A date is written back as it was read, a fraction of a second apart, and nothing else is read as one.
pub fn laws(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(date) = Timestamp::parse(&text) else { return };
    let whole = match text.split_once('.') {
        Some((whole, _)) => format!("{whole}Z"),
        None => text.clone().into_owned(),
    };
    assert!(whole == date.iso() || whole == date.http(), "{text} is read as {}", date.iso());
    for written in [date.iso(), date.http()] {
        assert_eq!(Timestamp::parse(&written), Some(date), "{written}");
    }
    assert_eq!(Timestamp::from_unix(date.unix()), date);
}
