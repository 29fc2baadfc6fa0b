//! Service behind the gateway: a file per operation. Requests and responses are those of the official SDKs' models.

mod bss;
mod cloud_control;
mod create_instance;
mod delete_instance;
mod describe_regions;
mod get_instance;
mod json;
mod lifecycle;
mod list_instance_specs;
mod list_instances;
pub mod resource_group;
mod state;
mod sts;
mod tag_resources;
mod update_instance;

pub(crate) use self::state::Service;
use crate::operation::ApiOperation;

/// All operations.
pub(crate) static OPERATIONS: [ApiOperation; 19] = [
    create_instance::OPERATION,
    get_instance::OPERATION,
    list_instances::OPERATION,
    update_instance::OPERATION,
    delete_instance::OPERATION,
    list_instance_specs::OPERATION,
    describe_regions::OPERATION,
    tag_resources::OPERATION,
    cloud_control::get_api_price::OPERATION,
    cloud_control::list_supported_pricing_apis::OPERATION,
    bss::query_product_list::OPERATION,
    bss::describe_pricing_module::OPERATION,
    bss::query_account_balance::OPERATION,
    bss::without_prices::SUBSCRIPTION,
    bss::without_prices::PAY_AS_YOU_GO,
    bss::without_prices::ENTITIES,
    bss::without_prices::SKUS,
    sts::get_caller_identity::OPERATION,
    sts::assume_role::OPERATION,
];
