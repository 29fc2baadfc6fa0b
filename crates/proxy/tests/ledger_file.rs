//! The file of a SQLite ledger is deleted, replaced, or on a disk that is full.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{fs, path::PathBuf, time::Duration};

use havenask_proxy::{
    Config,
    ledger::{Ledger, State},
};
use support::{
    new_ledger,
    shop::{Shop, assert_unavailable},
};

#[tokio::test]
async fn a_file_that_is_deleted_or_replaced_is_noticed_and_one_that_is_put_back_is_used() {
    // Nobody else asks for the ledger while its files are moved one by one.
    let rarely = |config: &mut Config| config.limits.first_look = Duration::from_hours(1);
    let shop = Shop::with(new_ledger().await, rarely).await;
    let Some(file) = shop.ledger.strip_prefix("sqlite:").map(PathBuf::from) else { return };
    let beside =
        |name: &str| file.with_file_name(format!("{}-{name}", file.file_name().unwrap().display()));
    let away = || fs::rename(&file, beside("away")).unwrap();
    let back = || fs::rename(beside("away"), &file).unwrap();
    let old = beside("old");
    let _ = fs::remove_file(&old);
    shop.execute(&format!("VACUUM INTO '{}'", old.display())).await;
    assert_eq!(shop.buy("key-number-0").await.status, 200);
    let cases =
        ["nothing", "an empty file", "an older copy", "a folder", "an older copy alone", "no log"];
    for (number, what) in cases.into_iter().enumerate() {
        match what {
            "no log" => fs::remove_file(beside("wal")).unwrap(),
            "an older copy alone" => {
                away();
                fs::rename(beside("wal"), beside("away-wal")).unwrap();
                fs::rename(beside("shm"), beside("away-shm")).unwrap();
            }
            _ => away(),
        }
        match what {
            "an empty file" => fs::write(&file, "").unwrap(),
            "an older copy" | "an older copy alone" => drop(fs::copy(&old, &file).unwrap()),
            "a folder" => fs::create_dir(&file).unwrap(),
            _ => {}
        }
        let key = format!("key-number-{}", number + 1);
        if what != "no log" {
            assert_unavailable(&shop.buy(&key).await);
            assert!(!shop.is_ready().await, "{what}");
            // Nobody is told that what was bought before never arrived.
            assert_eq!(shop.get("/purchases/key-number-0").await.status, 503, "{what}");
            assert_eq!(shop.instances().await.len(), number + 1);
        }
        match what {
            "no log" | "nothing" => {}
            "a folder" => fs::remove_dir(&file).unwrap(),
            _ => fs::remove_file(&file).unwrap(),
        }
        if what == "an older copy alone" {
            for rest in ["wal", "shm"] {
                let _ = fs::remove_file(beside(rest));
                fs::rename(beside(&format!("away-{rest}")), beside(rest)).unwrap();
            }
        }
        if what != "no log" {
            back();
        }
        let bought = shop.buy(&key).await;
        assert_eq!(bought.status, 200, "{what}: {}", bought.body);
        assert!(shop.is_ready().await, "{what}");
        assert_eq!(
            shop.buy("key-number-0").await.header("idempotency-replayed"),
            Some("true"),
            "{what}"
        );
    }
    // A whole copy is the same ledger.
    let copy = beside("copy");
    let _ = fs::remove_file(&copy);
    shop.execute(&format!("VACUUM INTO '{}'", copy.display())).await;
    away();
    for rest in ["wal", "shm"] {
        fs::remove_file(beside(rest)).unwrap();
    }
    fs::rename(&copy, &file).unwrap();
    assert_eq!(shop.buy("key-number-9").await.status, 200);
    shop.proxy.stop().await;
    let (ledger, _) = Ledger::open(&shop.ledger.clone().into()).await.unwrap();
    for key in ["key-number-0", "key-number-1", "key-number-6", "key-number-9"] {
        assert_eq!(
            ledger.find(key).await.unwrap().map(|entry| entry.state),
            Some(State::Created),
            "{key}"
        );
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
