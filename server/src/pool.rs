//! Pools of places for limited resources, with a share for each client.

use program::figures::grouped;
use program::ids::{ApiKeyId, ProjectId};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use thiserror::Error;
use tokio::sync::Notify;
use tokio::time::timeout;

/// Whose share a place counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An IPv4 address, or an IPv6 /64 network, because one client has all addresses of such a network.
    Address(IpAddr),
    /// An API key.
    Key(ApiKeyId),
    /// A project.
    Project(ProjectId),
}

impl Holder {
    /// Returns the holder for a client's address.
    pub fn of(client: IpAddr) -> Holder {
        const NETWORK: u128 = !0 << 64;
        Holder::Address(match client.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
            address @ IpAddr::V4(_) => address,
        })
    }
}

/// A pool with a number of places. Clones share it.
#[derive(Debug, Clone)]
pub struct Pool {
    what: What,
    places: usize,
    inner: Arc<Inner>,
}

/// What the places of a pool are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct What {
    /// One word for logs and metrics.
    pub name: &'static str,
    /// The plural in the sentence "handling its maximum of 1,024 …".
    pub plural: &'static str,
    /// Their state in the sentence "already has 256 event streams open".
    pub state: &'static str,
    /// The number of seconds after which a retry makes sense.
    pub retry_after: u32,
}

#[derive(Debug, Default)]
struct Inner {
    taken: Mutex<Taken>,
    freed: Notify,
}

/// The number of places taken, in all and by holder. Holders without places are not listed, so the map stays small.
#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by: HashMap<Holder, usize>,
}

/// A place in a pool, released when dropped.
#[derive(Debug)]
pub struct Place {
    holders: Vec<Holder>,
    inner: Arc<Inner>,
}

/// The error when no place is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{} Try again in a moment.", self.sentence())]
pub struct Full {
    /// What the pool is for.
    pub what: What,
    /// Whose share is used up; `None` if all places are taken.
    pub holder: Option<Holder>,
    /// The limit that was reached.
    pub most: usize,
}

impl Full {
    fn sentence(&self) -> String {
        let (most, What { plural, state, .. }) = (grouped(self.most), self.what);
        let who = match self.holder {
            None => return format!("The server is already handling its maximum of {most} {plural}."),
            Some(Holder::Address(_)) => "address",
            Some(Holder::Key(_)) => "API key",
            Some(Holder::Project(_)) => "project",
        };
        format!("This {who} already has {most} {plural} {state}, the maximum.")
    }
}

impl Pool {
    /// Creates a pool with this many places.
    pub fn new(what: What, places: usize) -> Pool {
        Pool { what, places, inner: Arc::default() }
    }

    /// Takes a place, if one is free and each of these holders has fewer than its share.
    pub fn take(&self, shares: &[(Holder, usize)]) -> Result<Place, Full> {
        let mut taken = self.inner.lock();
        let full = |holder, most| Full { what: self.what, holder, most };
        for (holder, most) in shares {
            if taken.by.get(holder).unwrap_or(&0) >= most {
                return Err(full(Some(*holder), *most));
            }
        }
        if taken.all >= self.places {
            return Err(full(None, self.places));
        }
        taken.all += 1;
        let holders: Vec<Holder> = shares.iter().map(|(holder, _)| *holder).collect();
        for holder in &holders {
            *taken.by.entry(*holder).or_default() += 1;
        }
        Ok(Place { holders, inner: Arc::clone(&self.inner) })
    }

    /// Takes a place, and waits for one for at most `patience`.
    pub async fn wait(&self, shares: &[(Holder, usize)], patience: Duration) -> Result<Place, Full> {
        let place = async {
            loop {
                let freed = self.inner.freed.notified();
                if let Ok(place) = self.take(shares) {
                    return place;
                }
                freed.await;
            }
        };
        match timeout(patience, place).await {
            Ok(place) => Ok(place),
            Err(_) => self.take(shares),
        }
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.inner.lock();
        taken.all -= 1;
        for holder in &self.holders {
            if let Some(held) = taken.by.get_mut(holder) {
                *held -= 1;
                if *held == 0 {
                    taken.by.remove(holder);
                }
            }
        }
        drop(taken);
        self.inner.freed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHAT: What = What { name: "seats", plural: "seats", state: "taken", retry_after: 1 };

    fn holder(address: &str) -> Holder {
        Holder::of(address.parse().unwrap())
    }

    #[test]
    fn nobody_takes_more_than_their_share() {
        let pool = Pool::new(WHAT, 4);
        let (one, other) = ([(holder("192.0.2.1"), 2)], [(holder("192.0.2.2"), 2)]);
        let held = [pool.take(&one).unwrap(), pool.take(&one).unwrap()];
        let refused = pool.take(&one).unwrap_err();
        assert_eq!(refused.to_string(), "This address already has 2 seats taken, the maximum. Try again in a moment.");
        let others = [pool.take(&other).unwrap(), pool.take(&other).unwrap()];
        let refused = pool.take(&[]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "The server is already handling its maximum of 4 seats. Try again in a moment."
        );
        drop(held);
        assert!(pool.take(&one).is_ok() && pool.take(&[]).is_ok());
        drop(others);
        assert!(pool.inner.lock().by.is_empty(), "who holds nothing is forgotten");
    }

    #[test]
    fn each_holder_of_a_place_is_counted() {
        let (key, project) = (Holder::Key(ApiKeyId::default()), Holder::Project(ProjectId::default()));
        let pool = Pool::new(WHAT, 9);
        let _held = pool.take(&[(key, 2), (project, 1)]).unwrap();
        assert!(pool.take(&[(key, 2), (project, 1)]).unwrap_err().to_string().starts_with("This project already has"));
        let _more = pool.take(&[(key, 2)]).unwrap();
        assert!(pool.take(&[(key, 2)]).unwrap_err().to_string().starts_with("This API key already has"));
    }

    #[test]
    fn a_client_has_all_addresses_of_its_network() {
        assert_eq!(holder("2001:db8:1:2::3"), holder("2001:db8:1:2:ffff::9"));
        assert_ne!(holder("2001:db8:1:2::3"), holder("2001:db8:1:3::3"));
        assert_eq!(holder("::ffff:192.0.2.1"), holder("192.0.2.1"));
        assert_ne!(holder("192.0.2.1"), holder("192.0.2.2"));
    }

    #[tokio::test]
    async fn a_place_that_becomes_free_is_taken_by_who_waits() {
        let pool = Pool::new(WHAT, 1);
        let held = pool.take(&[]).unwrap();
        assert!(pool.wait(&[], Duration::from_millis(5)).await.is_err());
        let waiting = tokio::spawn({
            let pool = pool.clone();
            async move { pool.wait(&[], Duration::from_mins(1)).await }
        });
        tokio::task::yield_now().await;
        drop(held);
        assert!(waiting.await.unwrap().is_ok());
    }
}
