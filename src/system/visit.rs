//! Asking other sites whether their pages are there: one question at a time to each host, with a pause, and again when a host is busy.

#[cfg(feature = "external")]
pub mod web;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a host is left alone that has not answered at all: for the rest of the check.
pub const LEAVE_ALONE: Duration = Duration::MAX;

/// What an address answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page is there; the address that it has moved to for good, if it has.
    Found(Option<String>),
    /// There is no such page, or no such host: what was answered.
    Gone(String),
    /// The host would not or could not say: what was answered, and how long it wants to be left alone.
    Unknown(String, Option<Duration>),
}

/// How addresses are asked.
pub trait Ask: Sync {
    /// Asks once.
    fn ask(&self, address: &str) -> Answer;
}

/// How politely.
#[derive(Clone, Copy, Debug)]
pub struct Manners {
    /// Between two questions to one host.
    pub pause: Duration,
    /// How often a host that does not answer is asked again; the pause doubles each time.
    pub again: u32,
    /// How many hosts at once.
    pub hosts: usize,
    /// The longest that a host may ask us to wait.
    pub patience: Duration,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners { pause: Duration::from_secs(1), again: 2, hosts: 8, patience: Duration::from_secs(30) }
    }
}

impl Manners {
    /// Whether a host that answers so is asked nothing more.
    fn forbid(&self, answer: &Answer) -> bool {
        matches!(answer, Answer::Unknown(_, Some(wanted)) if *wanted > self.patience)
    }
}

/// Asks all addresses. `told` hears of each answer as it comes.
pub fn visit(addresses: &BTreeSet<String>, ask: &dyn Ask, manners: Manners, told: &(dyn Fn(&str) + Sync)) -> BTreeMap<String, Answer> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses {
        hosts.entry(host(address)).or_default().push(address);
    }
    let waiting = Mutex::new(hosts.into_values());
    let answers = Mutex::new(BTreeMap::new());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..manners.hosts.max(1) {
            scope.spawn(|| {
                while let Some(addresses) = next() {
                    let mut alone: Option<Answer> = None;
                    for (number, address) in addresses.into_iter().enumerate() {
                        if number > 0 && alone.is_none() {
                            std::thread::sleep(manners.pause);
                        }
                        let answer = alone.clone().unwrap_or_else(|| patiently(address, ask, manners));
                        told(address);
                        if manners.forbid(&answer) {
                            alone = Some(answer.clone());
                        }
                        answers.lock().unwrap_or_else(PoisonError::into_inner).insert(address.to_owned(), answer);
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn patiently(address: &str, ask: &dyn Ask, manners: Manners) -> Answer {
    let mut pause = manners.pause * 2;
    let mut answer = ask.ask(address);
    for _ in 0..manners.again {
        let Answer::Unknown(_, wanted) = &answer else { break };
        if manners.forbid(&answer) {
            break;
        }
        std::thread::sleep(wanted.unwrap_or(pause));
        pause *= 2;
        answer = ask.ask(address);
    }
    answer
}

/// The host and port of an address, which share a server.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest[..end].rsplit('@').next().unwrap_or_default()
}

/// Whether an address is nobody's on the internet: this machine, this network, names for examples (RFC 2606, 6761, 1918).
pub fn is_nobodys(address: &str) -> bool {
    let host = host(address).to_ascii_lowercase();
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let name = bracketed.unwrap_or_else(|| host.split(':').next().unwrap_or_default()).trim_end_matches('.');
    match name.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(ip)) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        Ok(std::net::IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified(),
        Err(_) => {
            let last = name.rsplit('.').next().unwrap_or_default();
            matches!(last, "localhost" | "local" | "internal" | "example" | "invalid" | "test" | "onion") || !name.contains('.')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const QUICK: Manners = Manners { pause: Duration::from_millis(1), again: 2, hosts: 4, patience: Duration::from_millis(50) };

    /// Busy twice, then there; counts how many ask one host at once.
    #[derive(Default)]
    struct Busy {
        asked: AtomicUsize,
        now: AtomicUsize,
        most: AtomicUsize,
    }

    impl Ask for Busy {
        fn ask(&self, address: &str) -> Answer {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(2));
            self.now.fetch_sub(1, Ordering::SeqCst);
            let asked = self.asked.fetch_add(1, Ordering::SeqCst);
            match address.rsplit('/').next() {
                Some("busy") if asked < 2 => Answer::Unknown("503".to_owned(), None),
                Some("later") => Answer::Unknown("429".to_owned(), Some(Duration::from_hours(1))),
                Some("gone") => Answer::Gone("404".to_owned()),
                _ => Answer::Found(None),
            }
        }
    }

    fn visited(addresses: &[&str], busy: &Busy) -> BTreeMap<String, Answer> {
        visit(&addresses.iter().map(|address| (*address).to_owned()).collect(), busy, QUICK, &|_| ())
    }

    #[test]
    fn one_host_gets_one_question_at_a_time_and_busy_hosts_get_another() {
        let busy = Busy::default();
        let answers = visited(&["https://a.se/busy", "https://a.se/gone", "https://a.se/x", "https://a.se/y"], &busy);
        assert_eq!(busy.most.load(Ordering::SeqCst), 1);
        assert_eq!(answers["https://a.se/busy"], Answer::Found(None));
        assert_eq!(answers["https://a.se/gone"], Answer::Gone("404".to_owned()));
        assert_eq!(busy.asked.load(Ordering::SeqCst), 6, "what is gone is not asked again");
    }

    #[test]
    fn who_wants_to_be_left_alone_for_long_is_left_alone() {
        let busy = Busy::default();
        assert!(matches!(visited(&["https://a.se/later"], &busy)["https://a.se/later"], Answer::Unknown(..)));
        assert_eq!(busy.asked.load(Ordering::SeqCst), 1);
        let answers = visited(&["https://b.se/later", "https://b.se/more", "https://b.se/x", "https://c.se/x"], &busy);
        assert_eq!(busy.asked.load(Ordering::SeqCst), 3, "one question to each host");
        assert_eq!((&answers["https://b.se/x"], &answers["https://c.se/x"]), (&answers["https://b.se/later"], &Answer::Found(None)));
    }

    #[test]
    fn addresses_of_this_machine_and_of_examples_are_nobodys() {
        for address in [
            "http://localhost:1111/",
            "http://127.0.0.1/x",
            "http://[::1]/",
            "http://10.1.2.3",
            "https://a.example/x",
            "http://intranet/",
            "http://u@printer.local/",
        ] {
            assert!(is_nobodys(address), "{address}");
        }
        for address in ["https://example.org/", "https://www.w3.org", "http://8.8.8.8/", "https://راهنما.ایران/"] {
            assert!(!is_nobodys(address), "{address}");
        }
        assert_eq!(host("https://u:p@a.se:8080/x?y#z"), "a.se:8080");
    }
}
