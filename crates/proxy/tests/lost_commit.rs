//! A transaction that was carried out, and whose end was never told.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use havenask_emulator::{Fault, FaultRule as Rule};
use support::{
    new_ledger,
    shop::{Shop, assert_unavailable},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Stands between a proxy and its PostgreSQL, and hangs up on so many COMMITs after they were carried out and before that is
/// told.
async fn middle(server: String, lost: Arc<AtomicUsize>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let (server, lost) = (server.clone(), Arc::clone(&lost));
            tokio::spawn(async move {
                let mut server = TcpStream::connect(server).await?;
                let (mut asked, mut told) = (vec![0; 65536], vec![0; 65536]);
                loop {
                    tokio::select! {
                        read = client.read(&mut asked) => {
                            let asked = &asked[..read?];
                            server.write_all(asked).await?;
                            let commits = asked.windows(6).any(|word| word == b"COMMIT");
                            let less = |left: usize| left.checked_sub(1);
                            let is_lost = commits
                                && lost.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok();
                            if asked.is_empty() || is_lost {
                                let _answered = server.read(&mut told).await?;
                                return Ok::<_, std::io::Error>(());
                            }
                        }
                        read = server.read(&mut told) => {
                            let told = &told[..read?];
                            if told.is_empty() {
                                return Ok(());
                            }
                            client.write_all(told).await?;
                        }
                    }
                }
            });
        }
    });
    address
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_buys_once() {
    let ledger = new_ledger().await;
    let Some((server, rest)) = ledger.split_once('@').and_then(|(_, rest)| rest.split_once('/'))
    else {
        return;
    };
    let lost = Arc::new(AtomicUsize::new(0));
    let middle = middle(server.to_owned(), Arc::clone(&lost)).await;
    let shop = Shop::with(format!("postgres://havenask@{middle}/{rest}"), |_| {}).await;

    lost.store(1, Ordering::SeqCst);
    assert_eq!(shop.buy("key-number-1").await.status, 200);
    assert_eq!((shop.instances().await.len(), lost.load(Ordering::SeqCst)), (1, 0));

    // Its second attempt too: it is told as not written, and must not stay under way.
    lost.store(2, Ordering::SeqCst);
    assert_unavailable(&shop.buy("key-number-2").await);
    shop.becomes("key-number-2", "failed").await;
    assert_eq!(shop.instances().await.len(), 1);
    assert_eq!(shop.buy("key-number-2").await.status, 200);

    // The end of the purchase.
    let slowly = Fault::Delay { milliseconds: 200 };
    shop.cloud.faults().add(Rule::new(slowly).on("CreateInstance").times(1)).unwrap();
    let (bought, ()) = tokio::join!(shop.buy("key-number-3"), async {
        while shop.cloud.faults().list()[0].hit == 0 {
            tokio::task::yield_now().await;
        }
        lost.store(1, Ordering::SeqCst);
    });
    assert_eq!(bought.status, 200);
    shop.becomes("key-number-3", "created").await;
    assert_eq!((shop.instances().await.len(), lost.load(Ordering::SeqCst)), (3, 0));
}
