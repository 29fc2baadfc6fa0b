//! Endpoints of the regions.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use crate::{
    HttpRequest, percent,
    strings::{concat, join, position},
};

/// A region that sells OpenSearch Havenask: the endpoint map of the official SDK 5.2.4 and the page "Endpoints" of
/// 2025-09-22, which name the same eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The id: `cn-hangzhou`.
    pub id: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
}

/// All regions, the default one first.
pub const REGIONS: [Region; 8] = [
    Region { id: "cn-hangzhou", en: "China (Hangzhou)", zh: "华东1（杭州）" },
    Region { id: "cn-shanghai", en: "China (Shanghai)", zh: "华东2（上海）" },
    Region { id: "cn-beijing", en: "China (Beijing)", zh: "华北2（北京）" },
    Region { id: "cn-zhangjiakou", en: "China (Zhangjiakou)", zh: "华北3（张家口）" },
    Region { id: "cn-shenzhen", en: "China (Shenzhen)", zh: "华南1（深圳）" },
    Region { id: "cn-hongkong", en: "China (Hong Kong)", zh: "中国香港" },
    Region { id: "ap-southeast-1", en: "Singapore", zh: "新加坡" },
    Region { id: "eu-central-1", en: "Germany (Frankfurt)", zh: "德国（法兰克福）" },
];

/// Their ids alone, so that a program which shows no names does not carry them.
pub(crate) const REGION_IDS: [&str; REGIONS.len()] = {
    let mut ids = [""; REGIONS.len()];
    let mut index = 0;
    while index < ids.len() {
        ids[index] = REGIONS[index].id;
        index += 1;
    }
    ids
};

/// A scheme and a host, with its port where it has one.
///
/// ```
/// use havenask_core::Endpoint;
///
/// assert_eq!(Endpoint::public("cn-hangzhou")?.host(), "searchengine.cn-hangzhou.aliyuncs.com");
/// assert_eq!(Endpoint::vpc("cn-hangzhou")?.host(), "searchengine-vpc.cn-hangzhou.aliyuncs.com");
/// let emulator = Endpoint::parse("http://127.0.0.1:8081").ok_or("no endpoint")?;
/// assert_eq!(emulator.scheme(), "http");
/// assert!(Endpoint::public("mars-1").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: &'static str,
    host: String,
}

/// The region is not one of [`REGIONS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRegion(pub String);

impl Endpoint {
    /// The public endpoint of a region.
    pub fn public(region: &str) -> Result<Self, UnknownRegion> {
        Self::of("searchengine.", region)
    }

    /// The endpoint of a region inside its VPCs. The page "Endpoints" lists five of the eight; the metadata of the
    /// official CLI (2026-04) lists all.
    pub fn vpc(region: &str) -> Result<Self, UnknownRegion> {
        Self::of("searchengine-vpc.", region)
    }

    /// An endpoint given by hand: `host`, `host:port`, or either behind `http://` or `https://`. Without a scheme it is
    /// HTTPS. `None` when it holds anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_suffix("/").unwrap_or(text);
        let (scheme, host) = match (text.strip_prefix("http://"), text.strip_prefix("https://")) {
            (Some(host), _) => ("http", host),
            (None, Some(host)) => ("https", host),
            (None, None) => ("https", text),
        };
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b':' | b'[' | b']')
        };
        // As a browser sends it, whatever the address says: what is signed must be what is sent.
        let usual_port = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(usual_port).unwrap_or(host);
        let valid = !host.is_empty() && host.bytes().all(plain);
        valid.then(|| Self { scheme, host: host.to_ascii_lowercase() })
    }

    /// The region whose own endpoint this is, public or inside its VPCs.
    #[must_use]
    pub fn region(&self) -> Option<&'static str> {
        let is_own = |region: &&str| {
            let own = [Self::public(region), Self::vpc(region)];
            own.iter().flatten().any(|it| it == self)
        };
        REGION_IDS.into_iter().find(is_own)
    }

    /// `http` or `https`.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The host as it stands in the `host` header, which is signed.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address of a request that is put to this endpoint.
    #[must_use]
    pub fn url(&self, request: &HttpRequest) -> String {
        let mut url = concat(&[self.scheme, "://", &self.host, request.path()]);
        percent::push_query(&mut url, &request.query);
        url
    }

    fn of(prefix: &str, region: &str) -> Result<Self, UnknownRegion> {
        if position(&REGION_IDS, region).is_some() {
            Ok(Self { scheme: "https", host: concat(&[prefix, region, ".aliyuncs.com"]) })
        } else {
            Err(UnknownRegion(region.to_owned()))
        }
    }
}

impl UnknownRegion {
    /// The remedy.
    #[must_use]
    pub fn message(&self) -> String {
        let known = join(&REGION_IDS, ", ");
        concat(&[
            "“",
            &self.0,
            "” is not a region of the product. Choose one of ",
            &known,
            ", or give the endpoint itself.",
        ])
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)
    }
}

impl fmt::Display for UnknownRegion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl core::error::Error for UnknownRegion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_region_has_a_public_and_a_vpc_host() {
        for region in REGIONS {
            let (public, vpc) = (Endpoint::public(region.id), Endpoint::vpc(region.id));
            assert_eq!(public.unwrap().host(), format!("searchengine.{}.aliyuncs.com", region.id));
            assert_eq!(vpc.unwrap().host(), format!("searchengine-vpc.{}.aliyuncs.com", region.id));
        }
        let unknown = Endpoint::public("mars-1").unwrap_err().to_string();
        assert!(unknown.contains("“mars-1”") && unknown.contains("cn-hangzhou"), "{unknown}");
    }

    #[test]
    fn an_endpoint_by_hand() {
        for (text, shown) in [
            ("127.0.0.1:8081", Some("https://127.0.0.1:8081")),
            ("http://127.0.0.1:8081/", Some("http://127.0.0.1:8081")),
            ("https://[::1]:8081", Some("https://[::1]:8081")),
            (
                "Searchengine.CN-Hangzhou.aliyuncs.com:443/",
                Some("https://searchengine.cn-hangzhou.aliyuncs.com"),
            ),
            ("http://host:443", Some("http://host:443")),
            ("http://host:80/", Some("http://host")),
            (":443", None),
            ("", None),
            ("ftp://host", None),
            ("host/path", None),
            ("user@host", None),
            ("host\r\nx: y", None),
        ] {
            assert_eq!(Endpoint::parse(text).map(|it| it.to_string()).as_deref(), shown, "{text}");
        }
    }
}
