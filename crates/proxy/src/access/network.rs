//! IP networks, and the part of an address that limits go by.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

/// A network, or a single address: `10.42.0.0/16`, `fd00::/8`, `10.0.0.7`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IpNetwork {
    address: IpAddr,
    prefix: u8,
}

impl IpNetwork {
    /// Tests for an address in it. A socket for both families writes an IPv4 address as an IPv6 one.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix.into()
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                (own.to_bits() ^ other.to_bits()).leading_zeros() >= self.prefix.into()
            }
            _ => false,
        }
    }
}

impl FromStr for IpNetwork {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let why = "write an address, or a network as 10.42.0.0/16";
        let text = text.trim();
        let (address, prefix) = text.split_once('/').map_or((text, None), |(it, n)| (it, Some(n)));
        let written: IpAddr = address.parse().map_err(|_| why)?;
        let (address, mapped) = (written.to_canonical(), written.to_canonical() != written);
        let most = if address.is_ipv4() { 32 } else { 128 };
        let digits = |it: &&str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = match prefix {
            None => most,
            Some(text) => {
                let prefix: u8 =
                    Some(text).filter(digits).and_then(|it| it.parse().ok()).ok_or(why)?;
                // Of an IPv4 address that is written as an IPv6 one, the first 96 bits are none.
                if mapped { prefix.checked_sub(96).ok_or(why)? } else { prefix }
            }
        };
        if prefix <= most { Ok(Self { address, prefix }) } else { Err(why) }
    }
}

impl fmt::Display for IpNetwork {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.address, self.prefix)
    }
}

impl fmt::Debug for IpNetwork {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The address that limits go by: of IPv6 the /64, all of which one stranger has.
pub(crate) fn limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_in_their_networks() {
        for (network, address, inside) in [
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.1", "::ffff:10.0.0.1", true),
            ("10.0.0.1", "10.0.0.2", false),
            ("10.42.0.0/16", "10.42.255.1", true),
            ("10.42.7.7/16", "10.42.255.1", true),
            ("10.42.0.0/16", "10.43.0.1", false),
            ("::ffff:10.42.0.0/112", "10.42.3.4", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "fe80::1", false),
            ("::/0", "2001:db8::1", true),
        ] {
            let read: IpNetwork = network.parse().unwrap();
            assert_eq!(read.contains(address.parse().unwrap()), inside, "{network} {address}");
        }
        for wrong in [
            "",
            "x",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "fd00::/129",
            "10.0.0.0/8/8",
            "::ffff:10.0.0.0/8",
        ] {
            assert!(wrong.parse::<IpNetwork>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_ipv6_network_is_one_stranger() {
        let limit = |text: &str| limit_key(text.parse().unwrap());
        assert_eq!(limit("2001:db8::1"), limit("2001:db8::ffff:1"));
        assert_ne!(limit("2001:db8::1"), limit("2001:db8:0:1::1"));
        assert_eq!(limit("::ffff:10.0.0.1"), limit("10.0.0.1"));
        assert_ne!(limit("10.0.0.1"), limit("10.0.0.2"));
    }
}
