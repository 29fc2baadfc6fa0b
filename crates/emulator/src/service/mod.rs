//! Service behind the gateway: a file per operation. Requests and responses are those of the official SDKs' models.

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
mod tag_resources;
mod update_instance;

pub(crate) use self::state::Service;
use crate::operation::ApiOperation;

/// All operations.
pub(crate) static OPERATIONS: [ApiOperation; 8] = [
    create_instance::OPERATION,
    get_instance::OPERATION,
    list_instances::OPERATION,
    update_instance::OPERATION,
    delete_instance::OPERATION,
    list_instance_specs::OPERATION,
    describe_regions::OPERATION,
    tag_resources::OPERATION,
];
