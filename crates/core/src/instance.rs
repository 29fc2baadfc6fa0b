//! An instance, as `GetInstance` and `ListInstances` describe it. The schema is that of SDK 5.2.4; every field may be
//! absent.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Fields, FromInput, Input, Shape, model::Tag, shape::Field};

/// An instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Instance {
    /// Its id.
    pub instance_id: String,
    /// `INIT`, `WAIT_CONFIG`, `CONFIG_UPDATING` or `READY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// A text of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The billing method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge_type: Option<String>,
    /// What it is called in the bill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commodity_code: Option<String>,
    /// When it was bought: `2022-06-17T02:01:26Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_time: Option<String>,
    /// When it was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_time: Option<String>,
    /// When its term ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_time: Option<String>,
    /// `Unlock`, or why it may not be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock_mode: Option<String>,
    /// Whether a bill is overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_debt: Option<bool>,
    /// The resource group of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// `vector` or `engine`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The version of the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// How it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
}

/// How an instance is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Network {
    /// The VPC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
    /// The vSwitch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_id: Option<String>,
    /// The host inside the VPC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

impl FromInput for Instance {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::optional("instanceId", &Shape::Text),
        Field::optional("status", &Shape::Text),
        Field::optional("description", &Shape::Text),
        Field::optional("chargeType", &Shape::Text),
        Field::optional("commodityCode", &Shape::Text),
        Field::optional("createTime", &Shape::Text),
        Field::optional("updateTime", &Shape::Text),
        Field::optional("expiredTime", &Shape::Text),
        Field::optional("lockMode", &Shape::Text),
        Field::optional("inDebt", &Shape::Bool),
        Field::optional("resourceGroupId", &Shape::Text),
        Field::optional("edition", &Shape::Text),
        Field::optional("version", &Shape::Text),
        Field::optional("tags", Vec::<Tag>::SHAPE),
        Field::optional("network", Network::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            instance_id: fields.text("instanceId"),
            status: fields.optional_text("status"),
            description: fields.optional_text("description"),
            charge_type: fields.optional_text("chargeType"),
            commodity_code: fields.optional_text("commodityCode"),
            create_time: fields.optional_text("createTime"),
            update_time: fields.optional_text("updateTime"),
            expired_time: fields.optional_text("expiredTime"),
            lock_mode: fields.optional_text("lockMode"),
            in_debt: fields.optional("inDebt"),
            resource_group_id: fields.optional_text("resourceGroupId"),
            edition: fields.optional_text("edition"),
            version: fields.optional_text("version"),
            tags: fields.optional("tags").unwrap_or_default(),
            network: fields.optional("network"),
        }
    }
}

impl FromInput for Network {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::optional("vpcId", &Shape::Text),
        Field::optional("vSwitchId", &Shape::Text),
        Field::optional("endpoint", &Shape::Text),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            vpc_id: fields.optional_text("vpcId"),
            v_switch_id: fields.optional_text("vSwitchId"),
            endpoint: fields.optional_text("endpoint"),
        }
    }
}

/// The status of an instance that can be used.
pub const READY: &str = "READY";

/// The statuses on the way, in order. The metadata also knows `WAIT_CONFIG`, for an instance that waits for its owner.
pub const STATUSES: [&str; 3] = ["INIT", "CONFIG_UPDATING", READY];
