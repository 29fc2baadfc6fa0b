//! Calls whose prices can be asked for.

use havenask_core::operation::{API_VERSION, CREATE_INSTANCE, PRODUCT};

/// Product, version and name of a call.
pub(super) type ApiTriplet = (&'static str, &'static str, &'static str);

/// The call that the emulator has prices for.
pub(super) const PRICED: ApiTriplet = (PRODUCT, API_VERSION, CREATE_INSTANCE);

/// Calls, in alphabetical order. Documents and examples of the cloud name the other products; their calls here are a sample, and nobody
/// knows whether the cloud lists that of Havenask.
pub(super) const SUPPORTED_APIS: [ApiTriplet; 24] = [
    ("adb", "2021-12-01", "CreateDBCluster"),
    ("adb", "2021-12-01", "ModifyDBCluster"),
    ("Alb", "2020-06-16", "CreateLoadBalancer"),
    ("Ecs", "2014-05-26", "AllocateDedicatedHosts"),
    ("Ecs", "2014-05-26", "CreateDisk"),
    ("Ecs", "2014-05-26", "CreateInstance"),
    ("Ecs", "2014-05-26", "CreateSnapshot"),
    ("Ecs", "2014-05-26", "ModifyInstanceSpec"),
    ("Ecs", "2014-05-26", "RenewInstance"),
    ("Ecs", "2014-05-26", "ResizeDisk"),
    ("Ecs", "2014-05-26", "RunInstances"),
    ("pai-dlc", "2020-12-03", "CreateJob"),
    ("Rds", "2014-08-15", "CreateDBInstance"),
    ("Rds", "2014-08-15", "CreateReadOnlyDBInstance"),
    ("Rds", "2014-08-15", "ModifyDBInstanceSpec"),
    ("Rds", "2014-08-15", "RenewInstance"),
    PRICED,
    ("selectdb", "2023-05-22", "CreateDBCluster"),
    ("selectdb", "2023-05-22", "CreateDBInstance"),
    ("selectdb", "2023-05-22", "ModifyDBCluster"),
    ("Sls", "2020-12-30", "CreateLogStore"),
    ("Tablestore", "2020-12-09", "CreateInstance"),
    ("Vpc", "2016-04-28", "AllocateEipAddress"),
    ("Vpc", "2016-04-28", "CreateNatGateway"),
];
