//! A connection to the database that can be cut.

use std::sync::Arc;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Forwards connections until it is cut.
pub struct Proxy {
    pub port: u16,
    open: Arc<watch::Sender<bool>>,
}

impl Proxy {
    /// Forwards connections to this address.
    pub async fn to(address: String) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = Arc::new(watch::channel(true).0);
        let way = Arc::clone(&open);
        tokio::spawn(async move {
            while let Ok((mut from, _)) = listener.accept().await {
                let (address, mut way) = (address.clone(), way.subscribe());
                tokio::spawn(async move {
                    // While cut, it closes connections at once, like a machine on which nothing listens.
                    if *way.borrow_and_update() {
                        let mut to = TcpStream::connect(address).await.unwrap();
                        tokio::select! {
                            _ = copy_bidirectional(&mut from, &mut to) => {}
                            _ = way.wait_for(|open| !open) => {}
                        }
                    }
                });
            }
        });
        Proxy { port, open }
    }

    /// Closes every connection, and every new one.
    pub fn cut(&self) {
        self.open.send_replace(false);
    }

    /// Forwards connections again.
    pub fn mend(&self) {
        self.open.send_replace(true);
    }
}
