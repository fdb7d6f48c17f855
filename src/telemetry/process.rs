//! What the operating system says of this process. Read when it is asked for; what a system does not tell is left out.

use std::fmt::Write;

use rustix::time::{ClockId, clock_gettime};

use super::catalogue::{CATALOGUE, CPU, FILES, MOST_FILES, RESIDENT, STARTED, THREADS, VIRTUAL};

/// Linux tells programs times in hundredths of a second, whatever the kernel's own pace is.
const TICKS: f64 = 100.0;

/// The families of the process, as text.
pub(super) fn render(out: &mut String) {
    for (name, value) in look() {
        if let Some(family) = CATALOGUE.iter().find(|family| family.name == name) {
            let (help, kind) = (family.help, family.kind.name());
            // Writing into a string does not fail.
            let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n\n");
        }
    }
}

fn look() -> Vec<(&'static str, f64)> {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    let mut seen = vec![(CPU, used.tv_sec as f64 + used.tv_nsec as f64 / 1e9)];
    if let Ok((soft, _)) = rlimit::Resource::NOFILE.get() {
        seen.push((MOST_FILES, soft as f64));
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        // The folder that is being read is one of them.
        seen.push((FILES, open.count().saturating_sub(1) as f64));
    }
    if let Ok(status) = fs_err::read_to_string("/proc/self/status") {
        let kilobytes = |name| field(&status, name).map(|value| value * 1024.0);
        seen.extend(kilobytes("VmRSS:").map(|bytes| (RESIDENT, bytes)));
        seen.extend(kilobytes("VmSize:").map(|bytes| (VIRTUAL, bytes)));
        seen.extend(field(&status, "Threads:").map(|count| (THREADS, count)));
    }
    seen.extend(started().map(|at| (STARTED, at)));
    seen
}

/// Unix time.
fn started() -> Option<f64> {
    let boot = field(&fs_err::read_to_string("/proc/stat").ok()?, "btime ")?;
    Some(boot + ticks_after_boot(&fs_err::read_to_string("/proc/self/stat").ok()?)? / TICKS)
}

/// The number after a name at the beginning of a line.
fn field(text: &str, name: &str) -> Option<f64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// The 22nd field of `/proc/self/stat`. The second is the program's name in brackets, which may hold anything.
fn ticks_after_boot(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(22 - 3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programs_name_may_hold_what_it_likes() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 1234 8192 3 99";
        assert_eq!(ticks_after_boot(stat), Some(1234.0));
        assert_eq!(field("VmSize:  9 kB\nVmRSS:\t  12 kB\n", "VmRSS:"), Some(12.0));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_memory_threads_and_files() {
        let seen = look();
        let value = |name| seen.iter().find(|(found, _)| *found == name).unwrap().1;
        assert!(value(RESIDENT) > 1e6 && value(THREADS) >= 1.0 && value(FILES) >= 3.0, "{seen:?}");
        assert!(value(STARTED) > 1.6e9 && value(CPU) > 0.0, "{seen:?}");
    }
}
