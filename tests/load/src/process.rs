//! Memory and times of a process, from the system.

use std::fs;

use crate::Result;

/// In which the system counts processor time, a second: `USER_HZ`.
const TICKS: f64 = 100.0;

/// Seconds of processor time that a process and its children have used so far.
pub(crate) fn time(process: u32) -> Result<f64> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"))?;
    let children: Vec<u32> =
        children.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>()?;
    let ticks = [process].into_iter().chain(children).map(ticks).sum::<Result<u32>>()?;
    Ok(f64::from(ticks) / TICKS)
}

fn ticks(process: u32) -> Result<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in brackets may hold anything. `utime` and `stime` are the fields 14 and 15.
    let (_, rest) = text.rsplit_once(')').ok_or("a process has no state")?;
    let fields = rest.split_whitespace().skip(11).take(2);
    Ok(fields.map(str::parse::<u32>).sum::<std::result::Result<_, _>>()?)
}

/// Bytes that a process holds in memory: `VmRSS`.
pub(crate) fn memory(process: u32) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let held = text.lines().find_map(|line| line.strip_prefix("VmRSS:")?.strip_suffix("kB"));
    Ok(held.ok_or("a process has no memory")?.trim().parse::<f64>()? * 1024.0)
}
