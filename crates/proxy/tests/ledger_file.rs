//! The file of a SQLite ledger is deleted, replaced, or on a disk that is full.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use havenask_proxy::{
    Config,
    ledger::{Ledger, PurchaseState},
};
use support::{
    new_ledger,
    shop::{Shop, assert_unavailable},
};

/// The files of a ledger, and of what stands in for it.
struct Files(PathBuf);

impl Files {
    fn beside(&self, name: &str) -> PathBuf {
        self.0.with_file_name(format!("{}-{name}", self.0.file_name().unwrap().display()))
    }

    fn away(&self) {
        fs::rename(&self.0, self.beside("away")).unwrap();
    }

    /// Takes the ledger away, and puts something else in its place.
    fn replace(&self, what: &str) {
        if what == "no log" {
            return fs::remove_file(self.beside("wal")).unwrap();
        }
        self.away();
        if what == "an older copy alone" {
            for rest in ["wal", "shm"] {
                fs::rename(self.beside(rest), self.beside(&format!("away-{rest}"))).unwrap();
            }
        }
        match what {
            "an empty file" => fs::write(&self.0, "").unwrap(),
            "an older copy" | "an older copy alone" => {
                fs::copy(self.beside("old"), &self.0).map(|_| ()).unwrap();
            }
            "a folder" => fs::create_dir(&self.0).unwrap(),
            _ => {}
        }
    }

    fn put_back(&self, what: &str) {
        match what {
            "no log" => return,
            "nothing" => {}
            "a folder" => fs::remove_dir(&self.0).unwrap(),
            _ => fs::remove_file(&self.0).unwrap(),
        }
        if what == "an older copy alone" {
            for rest in ["wal", "shm"] {
                let _ = fs::remove_file(self.beside(rest));
                fs::rename(self.beside(&format!("away-{rest}")), self.beside(rest)).unwrap();
            }
        }
        fs::rename(self.beside("away"), &self.0).unwrap();
    }
}

/// A shop for whose ledger nobody else asks while its files are moved, and those; none where it has no file.
async fn shop_with_files() -> Option<(Shop, Files)> {
    let rarely = |config: &mut Config| config.limits.reconcile_interval = Duration::from_hours(1);
    let shop = Shop::with(new_ledger().await, rarely).await;
    let file = shop.ledger.strip_prefix("sqlite:").map(PathBuf::from)?;
    Some((shop, Files(file)))
}

async fn copy(shop: &Shop, to: &Path) {
    let _ = fs::remove_file(to);
    shop.execute(&format!("VACUUM INTO '{}'", to.display())).await;
}

#[tokio::test]
async fn a_file_that_is_deleted_or_replaced_is_noticed_and_one_that_is_put_back_is_used() {
    let Some((shop, files)) = shop_with_files().await else { return };
    copy(&shop, &files.beside("old")).await;
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    let cases =
        ["nothing", "an empty file", "an older copy", "a folder", "an older copy alone", "no log"];
    for (number, what) in cases.into_iter().enumerate() {
        let key = format!("key-number-{}", number + 1);
        files.replace(what);
        if what != "no log" {
            assert_unavailable(&shop.buy(&key).await);
            assert!(!shop.is_ready().await, "{what}");
            // Nobody is told that what was bought before never arrived.
            assert_eq!(shop.get("/purchases/key-number-0").await.status, 503, "{what}");
            assert_eq!(shop.instances().await.len(), number + 1);
        }
        files.put_back(what);
        let bought = shop.buy(&key).await;
        assert_eq!(bought.status, 200, "{what}: {}", bought.body);
        assert!(shop.is_ready().await, "{what}");
        let again = shop.buy("key-number-0").await;
        assert_eq!(again.header("idempotency-replayed"), Some("true"), "{what}");
    }
}

#[tokio::test]
async fn a_whole_copy_is_the_same_ledger() {
    let Some((shop, files)) = shop_with_files().await else { return };
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    copy(&shop, &files.beside("copy")).await;
    files.away();
    for rest in ["wal", "shm"] {
        fs::remove_file(files.beside(rest)).unwrap();
    }
    fs::rename(files.beside("copy"), &files.0).unwrap();
    assert_eq!(shop.buy("key-number-9").await.status, 200);
    shop.proxy.stop().await;
    let (ledger, _) = Ledger::open(&shop.ledger.clone().into()).await.unwrap();
    for key in ["key-number-0", "key-number-9"] {
        let state = ledger.find(key).await.unwrap().map(|entry| entry.state);
        assert_eq!(state, Some(PurchaseState::Created), "{key}");
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_bought_on_when_there_is_room_again() {
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("full-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mount = |program: &str, arguments: &[&str]| {
        let done = std::process::Command::new(program).args(arguments).arg(&folder).output();
        done.is_ok_and(|done| done.status.success())
    };
    // Only root may.
    if !mount("mount", &["-t", "tmpfs", "-o", "size=1m", "tmpfs"]) {
        return;
    }
    let shop = Shop::with(format!("sqlite:{}", folder.join("ledger").display()), |_| {}).await;
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    let filler = folder.join("filler");
    assert!(fs::write(&filler, vec![0; 2_000_000]).is_err());
    for number in 1..4 {
        assert_unavailable(&shop.buy(&format!("key-number-{number}")).await);
    }
    assert!(!shop.is_ready().await);
    assert_eq!(shop.instances().await.len(), 1);
    fs::remove_file(&filler).unwrap();
    for number in 0..4 {
        assert_eq!(shop.buy(&format!("key-number-{number}")).await.status, 200);
    }
    assert!(shop.is_ready().await);
    assert_eq!(shop.instances().await.len(), 4);
    shop.proxy.stop().await;
    assert!(mount("umount", &["-l"]));
    fs::remove_dir(&folder).unwrap();
}
