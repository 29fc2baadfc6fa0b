//! The samples, through the public door. That they run, and buy what was asked for, is a matter of `tests/sdk`.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    Endpoint, FromValue, Value,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    samples::{SampleLanguage, render},
};
use proptest::prelude::*;

const BASH: [SampleLanguage; 2] = [SampleLanguage::Curl, SampleLanguage::Cli];

fn full() -> CreateInstanceRequest {
    CreateInstanceRequest {
        charge_type: Some(ChargeType::Prepay),
        components: Some(vec![
            Component::new("searcherdocsize", "200"),
            Component { code: "bare".into(), value: None },
        ]),
        order: Some(Order {
            auto_renew: Some(false),
            duration: Some(1),
            pricing_cycle: Some(PricingCycle::Month),
        }),
        resource_group_id: Some("rg-1".into()),
        tags: Some(vec![Tag::new("团队", "it's \"$HOME\" `id` \\")]),
    }
}

fn tagged(value: &str) -> CreateInstanceRequest {
    CreateInstanceRequest {
        tags: Some(vec![Tag::new("key", value)]),
        ..CreateInstanceRequest::default()
    }
}

fn public() -> Endpoint {
    Endpoint::public("eu-central-1").unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one text a language")]
fn the_request_is_written_in_each_language() {
    let python = r#"request = models.CreateInstanceRequest(
    charge_type="PREPAY",
    components=[
        models.CreateInstanceRequestComponents(code="searcherdocsize", value="200"),
        models.CreateInstanceRequestComponents(code="bare"),
    ],
    order=models.CreateInstanceRequestOrder(auto_renew=False, duration=1, pricing_cycle="Month"),
    resource_group_id="rg-1",
    tags=[
        models.CreateInstanceRequestTags(key="团队", value="it's \"$HOME\" `id` \\"),
    ],
)
"#;
    let javascript = r#"const request = {
  chargeType: "PREPAY",
  components: [
    { code: "searcherdocsize", value: "200" },
    { code: "bare" },
  ],
  order: { autoRenew: false, duration: 1, pricingCycle: "Month" },
  resourceGroupId: "rg-1",
  tags: [
    { key: "团队", value: "it's \"$HOME\" `id` \\" },
  ],
};
"#;
    let java = r#"        CreateInstanceRequest request = new CreateInstanceRequest();
        request.setChargeType("PREPAY");
        request.setComponents(List.of(
                new CreateInstanceRequestComponents().setCode("searcherdocsize").setValue("200"),
                new CreateInstanceRequestComponents().setCode("bare")));
        request.setOrder(new CreateInstanceRequestOrder().setAutoRenew(false).setDuration(1L).setPricingCycle("Month"));
        request.setResourceGroupId("rg-1");
        request.setTags(List.of(
                new CreateInstanceRequestTags().setKey("团队").setValue("it's \"$HOME\" `id` \\")));
"#;
    let go = r#"	request := new(searchengine.CreateInstanceRequest)
	request.SetChargeType("PREPAY")
	request.SetComponents([]*searchengine.CreateInstanceRequestComponents{
		new(searchengine.CreateInstanceRequestComponents).SetCode("searcherdocsize").SetValue("200"),
		new(searchengine.CreateInstanceRequestComponents).SetCode("bare"),
	})
	request.SetOrder(new(searchengine.CreateInstanceRequestOrder).SetAutoRenew(false).SetDuration(1).SetPricingCycle("Month"))
	request.SetResourceGroupId("rg-1")
	request.SetTags([]*searchengine.CreateInstanceRequestTags{
		new(searchengine.CreateInstanceRequestTags).SetKey("团队").SetValue("it's \"$HOME\" `id` \\"),
	})
"#;
    let shell = concat!(
        r#"'{"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"},{"code":"bare"}],"#,
        r#""order":{"autoRenew":false,"duration":1,"pricingCycle":"Month"},"resourceGroupId":"rg-1","#,
        r#""tags":[{"key":"团队","value":"it'\''s \"$HOME\" `id` \\"}]}'"#,
        "\n",
    );
    for (language, expected) in [
        (SampleLanguage::Curl, ["\nbody=", shell].concat()),
        (SampleLanguage::Python, python.into()),
        (SampleLanguage::Node, javascript.into()),
        (SampleLanguage::Java, java.into()),
        (SampleLanguage::Go, go.into()),
        (SampleLanguage::Cli, ["  --body ", shell].concat()),
        (SampleLanguage::JavaScript, javascript.into()),
    ] {
        let text = render(&full(), &public(), language);
        assert!(text.contains(&expected), "{text}");
    }
}

#[test]
fn each_warns_that_it_buys_and_takes_the_keys_from_the_environment_alone() {
    let names = ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"];
    for language in SampleLanguage::ALL {
        let text = render(&full(), &public(), language);
        let (head, code) = text.split_at(text.find("idempotency token").unwrap());
        assert!(head.lines().count() <= 3 && head.contains("Each run buys an instance"), "{text}");
        for name in names {
            assert!(code.contains(&format!("ALIBABA_CLOUD_{name}")), "{language:?}: {name}");
        }
        for (_, rest) in
            text.match_indices("ALIBABA_CLOUD_").map(|(at, it)| text[at..].split_at(it.len()))
        {
            let ours = [&names[..], &["IGNORE_PROFILE"]].concat();
            assert!(ours.iter().any(|name| rest.starts_with(name)), "{rest}");
        }
    }
}

#[test]
fn an_unset_field_is_left_out() {
    for language in SampleLanguage::ALL {
        let text = render(&CreateInstanceRequest::default(), &public(), language).to_lowercase();
        for name in ["chargetype", "components", "order", "resourcegroup", "tags", "charge_type"] {
            assert!(!text.contains(name), "{name}: {text}");
        }
    }
    let empty =
        CreateInstanceRequest { tags: Some(Vec::new()), ..CreateInstanceRequest::default() };
    assert!(render(&empty, &public(), SampleLanguage::Python).contains("\n    tags=[],\n"));
    assert!(render(&empty, &public(), SampleLanguage::Java).contains(".setTags(List.of());\n"));
}

#[test]
fn each_goes_to_the_endpoint_it_is_written_for() {
    let emulator = Endpoint::parse("http://127.0.0.1:8081").unwrap();
    let vpc = Endpoint::vpc("cn-shanghai").unwrap();
    for (language, http) in [
        (SampleLanguage::Curl, "\"http://$host/openapi/ha3/instances\""),
        (SampleLanguage::Python, "        protocol=\"http\",\n"),
        (SampleLanguage::Node, "  protocol: \"http\",\n"),
        (SampleLanguage::Java, ".setProtocol(\"http\")"),
        (SampleLanguage::Go, "tea.String(\"http\")"),
        (SampleLanguage::Cli, "--region cn-hangzhou --endpoint '127.0.0.1:8081' --insecure "),
        (SampleLanguage::JavaScript, "  endpoint: \"http://127.0.0.1:8081\",\n"),
    ] {
        let text = render(&full(), &emulator, language);
        assert!(text.contains(http) && text.contains("127.0.0.1:8081"), "{text}");
        let text = render(&full(), &vpc, language);
        assert!(text.contains("searchengine-vpc.cn-shanghai.aliyuncs.com"), "{text}");
        assert!(!text.contains(http), "{text}");
    }
    assert!(render(&full(), &vpc, SampleLanguage::Cli).contains("--region cn-shanghai "));
}

#[test]
fn the_command_line_alone_says_how_to_ask_for_the_price() {
    for language in SampleLanguage::ALL {
        let text = render(&full(), &public(), language);
        let is_said = text.contains("--estimate-cost");
        assert_eq!(is_said, language == SampleLanguage::Cli, "{language:?}");
    }
    let text = render(&full(), &public(), SampleLanguage::Cli);
    let (code, last) = text.trim_end().rsplit_once('\n').unwrap();
    assert!(
        last.starts_with("# ") && last.ends_with("which buys nothing: --estimate-cost"),
        "{last}"
    );
    // Run as it is, it buys; the option fits behind the body, the last argument.
    assert!(code.ends_with("}'") && !code.contains("--estimate-cost"), "{code}");
}

#[test]
fn a_language_is_known_by_its_name() {
    for language in SampleLanguage::ALL {
        let name = language.as_str();
        assert_eq!(serde_json::to_value(language).unwrap(), name);
        assert_eq!(SampleLanguage::from_value(Value::Text(name.into())), Ok(language));
    }
    let error = SampleLanguage::from_value(Value::Text("rust".into())).unwrap_err();
    assert!(error.to_string().starts_with("rust is none of curl, python, "), "{error}");
}

/// Characters that end strings, begin something else, or hide.
fn hostile() -> impl Strategy<Value = String> {
    let nasty =
        "'\"\\$`!{}()#@%&;|<>*?~\n\r\t\0 \u{7f}\u{85}\u{200b}\u{202e}\u{2028}\u{feff}u00搜é😀";
    let nasty: Vec<char> = nasty.chars().collect();
    let letter = prop_oneof![prop::sample::select(nasty), any::<char>()];
    prop::collection::vec(letter, 0..24).prop_map(String::from_iter)
}

/// The literal of a string in a sample.
fn literal(language: SampleLanguage, value: &str) -> String {
    let plain = if BASH.contains(&language) { "plain" } else { "\"plain\"" };
    let around = render(&tagged("plain"), &public(), language);
    let (before, after) = around.split_once(plain).unwrap();
    let text = render(&tagged(value), &public(), language);
    text.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap().to_owned()
}

proptest! {
    #[test]
    fn a_hostile_string_stays_one_string(value in hostile()) {
        for language in SampleLanguage::ALL {
            let mut literal = literal(language, &value);
            if BASH.contains(&language) {
                // Inside single quotes, nothing but a single quote means anything.
                prop_assert!(!literal.replace("'\\''", "").contains('\''), "{literal}");
                literal = format!("\"{}\"", literal.replace("'\\''", "'"));
            }
            let read: String = serde_json::from_str(&literal).unwrap();
            prop_assert_eq!(&read, &value);
            let hidden = |letter: char| letter.is_control() || "\u{200b}\u{202e}\u{2028}\u{feff}".contains(letter);
            prop_assert!(!literal.contains(hidden), "{literal:?}");
        }
    }
}
