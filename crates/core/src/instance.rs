//! An instance, as `GetInstance` and `ListInstances` describe it. The schema is that of SDK 5.2.4; every field may be
//! absent.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{json_object, model::Tag};

json_object! {
    /// An instance.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase", default)]
    pub struct Instance: OpenObject {
        /// Its id.
        pub instance_id: String = default,
        /// `INIT`, `WAIT_CONFIG`, `CONFIG_UPDATING` or `READY`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub status: Option<String>,
        /// A text of its owner.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// The billing method.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub charge_type: Option<String>,
        /// Name in the bill.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub commodity_code: Option<String>,
        /// The time of its purchase: `2022-06-17T02:01:26Z`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub create_time: Option<String>,
        /// The time of its last change.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub update_time: Option<String>,
        /// The end of its term.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub expired_time: Option<String>,
        /// `Unlock`, or why it may not be used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub lock_mode: Option<String>,
        /// True if a bill is overdue.
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
        /// The version of the machines' software.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub bs_version: Option<String>,
        /// User name.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub user_name: Option<String>,
        /// True if the new console shows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub new_mode: Option<bool>,
        /// True if it is one node alone, without query nodes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub no_qrs: Option<bool>,
        /// In how many zones it is.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub zone_count: Option<i64>,
        /// Labels.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub tags: Vec<Tag> = default,
        /// Network addresses.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub network: Option<Network>,
        /// Nodes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub spec: Option<Spec>,
    }
}

json_object! {
    /// Network addresses of an instance.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase", default)]
    pub struct Network: OpenObject {
        /// The VPC.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub vpc_id: Option<String>,
        /// The vSwitch.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub v_switch_id: Option<String>,
        /// The host inside the VPC.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub endpoint: Option<String>,
        /// The host on the internet.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub public_endpoint: Option<String>,
        /// The addresses that may come from the internet.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub allow: Option<String>,
    }
}

json_object! {
    /// Nodes of an instance.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase", default)]
    pub struct Spec: OpenObject {
        /// The nodes that take queries.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub qrs_resource: Option<Resource>,
        /// The nodes that hold the data.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub search_resource: Option<Resource>,
    }
}

json_object! {
    /// Nodes of one kind.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase", default)]
    pub struct Resource: OpenObject {
        /// Cores of a node.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cpu: Option<i64>,
        /// Memory of a node, in GB.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mem: Option<i64>,
        /// Storage of a node, in GB.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub disk: Option<i64>,
        /// Number of nodes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub node_count: Option<i64>,
        /// `local_ssd` or `cloud`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub category: Option<String>,
    }
}

/// The status of an instance that can be used.
pub const READY: &str = "READY";

/// The statuses on the way, in order. The metadata also knows `WAIT_CONFIG`, for an instance that waits for its owner.
pub const STATUSES: [&str; 3] = ["INIT", "CONFIG_UPDATING", READY];
