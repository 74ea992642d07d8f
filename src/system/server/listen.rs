//! Finding a port and saying who can reach it.

use super::Options;
use crate::system::fault::Fault;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

/// How many ports are tried.
const TRIES: u16 = 30;

/// Listens on the loopback addresses of both families, and on `--host`.
pub fn listen(options: &Options, notes: &mut Vec<String>) -> Result<Vec<TcpListener>, Fault> {
    let hosts = hosts(options)?;
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in (0..TRIES).filter_map(|i| options.port.checked_add(i)) {
        match bind(&hosts, port) {
            Ok(listeners) => {
                if port != options.port {
                    notes.push(format!("port {} is in use; this is port {port}", options.port));
                }
                notes.extend(exposed(&listeners).map(|url| format!("warning: everybody on your network can read the site at {url}")));
                return Ok(listeners);
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(Fault::new("listen on", name(options, port), error)),
        }
    }
    Err(Fault::new("listen on", name(options, options.port), last).hint(format!("nor on the {} ports after it", TRIES - 1)))
}

fn name(options: &Options, port: u16) -> String {
    format!("{}:{port}", options.host.as_deref().unwrap_or("127.0.0.1"))
}

/// The addresses to listen on; the one to show first.
fn hosts(options: &Options) -> Result<Vec<IpAddr>, Fault> {
    let mut hosts = vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    if let Some(host) = &options.host {
        let plain = host.trim_matches(['[', ']']);
        let found = (plain, options.port).to_socket_addrs().map_err(|error| Fault::new("listen on", host.as_str(), error))?;
        for address in found.map(|address| address.ip()).take(1) {
            // All addresses of a family include its loopback one.
            hosts.retain(|loopback| !(address.is_unspecified() && address.is_ipv4() == loopback.is_ipv4()) && *loopback != address);
            hosts.insert(0, address);
        }
    }
    Ok(hosts)
}

/// Listens on one port of all addresses; port 0 means any.
fn bind(hosts: &[IpAddr], port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    for host in hosts {
        let port = listeners.first().map_or(Ok(port), |first| first.local_addr().map(|address| address.port()))?;
        match TcpListener::bind((*host, port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                listeners.push(listener);
            }
            // A computer without the other family; or one socket that serves both.
            Err(error) if !listeners.is_empty() && (error.kind() != io::ErrorKind::AddrInUse || hosts[0].is_unspecified()) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(listeners)
}

/// The address to type in a browser.
pub fn url(address: &SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() && ip.is_ipv4() => SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())),
        ip if ip.is_unspecified() => SocketAddr::from((Ipv6Addr::LOCALHOST, address.port())),
        _ => *address,
    };
    format!("http://{host}/")
}

/// Addresses that other computers can reach.
fn exposed(listeners: &[TcpListener]) -> impl Iterator<Item = String> {
    let addresses = listeners.iter().filter_map(|listener| listener.local_addr().ok()).filter(|address| !address.ip().is_loopback());
    addresses.map(|address| {
        let ip = if address.ip().is_unspecified() { own_address().unwrap_or(address.ip()) } else { address.ip() };
        format!("http://{}/", SocketAddr::from((ip, address.port())))
    })
}

/// The address this computer would use towards others; nothing is sent to find out.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}
