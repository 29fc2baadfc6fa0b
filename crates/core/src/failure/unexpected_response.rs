//! Answers that are not the proxy's: a sign-on page, a balancer, a static site. Their status says what to do.

use alloc::{borrow::ToOwned, string::String};

use crate::{
    ErrorCode, Failure, Locale,
    failure::PurchaseOutcome,
    strings::{concat, push_u64},
};

/// The meaning of some statuses, in both languages, with what to do.
struct Meaning {
    statuses: &'static [(u16, u16)],
    message: [&'static str; 2],
    remedy: [&'static str; 2],
}

const MEANINGS: [Meaning; 8] = [
    Meaning {
        // `fetch` tells a redirect that it does not follow by 0.
        statuses: &[(0, 0), (300, 399)],
        message: ["It redirects, as a sign-on page does.", "该响应为重定向，可能是登录页面。"],
        remedy: [
            "Sign in, in another tab, and try again. Whoever runs the gateway lets the addresses of the proxy through without a redirect.",
            "请在另一个标签页中登录后重试。网关管理员应放行代理服务器的地址，不做重定向。",
        ],
    },
    Meaning {
        statuses: &[(401, 401), (407, 407), (511, 511)],
        message: ["It asks you to sign in.", "该响应要求登录。"],
        remedy: ["Sign in and try again.", "请登录后重试。"],
    },
    Meaning {
        statuses: &[(403, 403), (451, 451)],
        message: [
            "It refuses the request, as a firewall does.",
            "该请求被拒绝，可能是防火墙所为。",
        ],
        remedy: [
            "Ask whoever runs the gateway in front of the proxy to let this request through.",
            "请联系代理服务器前的网关管理员放行该请求。",
        ],
    },
    Meaning {
        statuses: &[(200, 299), (404, 405), (410, 410), (421, 421), (501, 501)],
        message: ["There is no signing proxy at this address.", "该地址上没有签名代理服务器。"],
        remedy: [
            "Check the endpoint. A gateway must forward /openapi, /relay, /purchases, /quotes, /config.json and /catalog.json to the proxy.",
            "请检查接入地址。网关须将 /openapi、/relay、/purchases、/quotes、/config.json 和 /catalog.json 转发到代理服务器。",
        ],
    },
    Meaning {
        statuses: &[(413, 414), (431, 431)],
        message: ["It takes no request of this size.", "该响应表示请求过大。"],
        remedy: [
            "Ask whoever runs the gateway in front of the proxy to allow bodies of 64 KiB.",
            "请联系代理服务器前的网关管理员，允许 64 KiB 的请求体。",
        ],
    },
    Meaning {
        statuses: &[(429, 429)],
        message: ["It says that there are too many requests.", "该响应表示请求过于频繁。"],
        remedy: ["Wait a moment and try again.", "请稍候重试。"],
    },
    Meaning {
        statuses: &[(408, 408), (499, 499), (504, 504), (522, 522), (524, 524)],
        message: ["It did not wait for the proxy.", "该响应表示等待代理服务器超时。"],
        remedy: [
            "Try again. The gateway in front of the proxy must wait longer than the proxy waits for the cloud.",
            "请重试。代理服务器前的网关的超时时间须长于代理服务器等待云服务的时间。",
        ],
    },
    Meaning {
        statuses: &[(500, 500), (502, 503), (520, 521), (523, 523)],
        message: ["It does not reach the proxy.", "该响应表示无法连接到代理服务器。"],
        remedy: [
            "Try again; if it stays so, see whether the proxy runs.",
            "请重试；如仍失败，请检查代理服务器是否正在运行。",
        ],
    },
];

/// The advice after what was a purchase.
const SAME_KEY: [&str; 2] = [
    " A purchase is sent again with the same key only, which buys once at most.",
    "重试购买时请务必使用同一个幂等键，最多只会购买一次。",
];

/// Builds the failure for an answer of this status that is not the proxy's.
pub(crate) fn unexpected_response(
    status: u16,
    outcome: PurchaseOutcome,
    locale: Locale,
) -> Failure {
    let failure = Failure::new(ErrorCode::UnexpectedResponse, locale);
    let is_of = |&(first, last): &(u16, u16)| (first..=last).contains(&status);
    let meaning = MEANINGS.iter().find(|it| it.statuses.iter().any(is_of));
    let (message, remedy) =
        meaning.map_or(([""; 2], ["Try again.", "请重试。"]), |it| (it.message, it.remedy));
    let mut number = String::new();
    push_u64(&mut number, status.into(), 1);
    let message = concat(&match (status, locale) {
        (0, Locale::En) => {
            ["Something other than the signing proxy answered. ", "", "", message[0]]
        }
        (0, Locale::Zh) => ["响应并非来自签名代理服务器。", "", "", message[1]],
        (_, Locale::En) => [
            "Something other than the signing proxy answered, with status ",
            &number,
            ". ",
            message[0],
        ],
        (_, Locale::Zh) => ["响应并非来自签名代理服务器，状态码 ", &number, "。", message[1]],
    });
    let same_key = if outcome == PurchaseOutcome::Unknown { SAME_KEY } else { [""; 2] };
    let remedy =
        [locale.localized(remedy[0], remedy[1]), locale.localized(same_key[0], same_key[1])];
    let message = message.trim_end().to_owned();
    Failure { status, message, remedy: concat(&remedy), outcome, ..failure }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_what_to_do() {
        for (status, word) in [
            (0, "Sign in"),
            (302, "Sign in"),
            (401, "Sign in"),
            (200, "endpoint"),
            (404, "endpoint"),
            (413, "64 KiB"),
            (429, "Wait"),
            (502, "proxy runs"),
            (504, "wait longer"),
            (418, "Try again"),
        ] {
            let failure = unexpected_response(status, PurchaseOutcome::Unknown, Locale::En);
            assert!(failure.remedy.contains(word), "{status}: {}", failure.remedy);
            assert!(failure.remedy.ends_with("buys once at most."), "{}", failure.remedy);
            assert_eq!(
                status != 0,
                failure.message.contains(&status.to_string()),
                "{}",
                failure.message
            );
        }
    }

    #[test]
    fn no_status_has_two_meanings() {
        for status in 0..=600 {
            let is_of = |&(first, last): &(u16, u16)| (first..=last).contains(&status);
            let count = MEANINGS.iter().filter(|it| it.statuses.iter().any(is_of)).count();
            assert!(count < 2, "{status}");
        }
    }
}
