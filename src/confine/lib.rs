//! How a child process gives up what it does not need, before it reads a byte of a file: files, network, other
//! processes, and more memory and processor time than it is allowed.

mod child;
mod lines;

use std::io;

pub use child::{Child, Handed};
pub use lines::{read_line, say};

/// What of the confinement is in force. Anything missing is the platform's doing; reading goes on without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked {
    /// No file can be opened, no TCP connection made.
    pub landlock: bool,
    /// No system call but those that reading needs.
    pub seccomp: bool,
    /// Memory, processor time, open files, no core dump, no file written.
    pub rlimits: bool,
}

/// Gives the process a low priority and its resource limits.
pub fn limit_resources(memory_bytes: u64, cpu: &CpuAllowance) -> bool {
    // A child that cannot be nice is still a child that can read.
    let _ = rustix::process::nice(10);
    let limits = [
        (rlimit::Resource::AS, memory_bytes),
        (rlimit::Resource::CORE, 0),
        (rlimit::Resource::FSIZE, 0),
        (rlimit::Resource::NOFILE, 16),
    ];
    let set = limits.iter().all(|&(resource, value)| rlimit::setrlimit(resource, value, value).is_ok());
    set && cpu.renew().is_ok()
}

/// What another program may do that is started from here: so much memory and processor time, and on Linux read files
/// but write none, and use no network.
pub fn limit_other(memory_bytes: u64, cpu_s: u64) {
    let limits = [
        (rlimit::Resource::AS, memory_bytes),
        (rlimit::Resource::CORE, 0),
        (rlimit::Resource::CPU, cpu_s),
        (rlimit::Resource::NOFILE, 64),
    ];
    let _ = rustix::process::nice(10);
    for (resource, value) in limits {
        let _ = rlimit::setrlimit(resource, value, value);
    }
    only_read_files();
}

#[cfg(target_os = "linux")]
fn only_read_files() {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    };
    let Ok(root) = PathFd::new("/") else { return };
    let _ = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)))
        .and_then(|rules| rules.create())
        .and_then(|rules| rules.add_rule(PathBeneath::new(root, AccessFs::from_read(ABI::V5))))
        .and_then(|rules| rules.restrict_self());
}

#[cfg(not(target_os = "linux"))]
fn only_read_files() {}

/// Shuts the door: files, network, other processes. Nothing that comes after can undo it.
pub fn lock(rlimits: bool) -> Locked {
    Locked { landlock: deny_files(), seccomp: allow_few_calls().is_ok(), rlimits }
}

/// Processor time from one page to the next. The kernel ends a process that takes more.
#[derive(Debug, Clone)]
pub struct CpuAllowance {
    per_page_s: u64,
    hard_s: u64,
}

impl CpuAllowance {
    pub const fn new(per_page_s: u64, hard_s: u64) -> Self {
        Self { per_page_s, hard_s }
    }

    /// Starts counting anew.
    pub fn renew(&self) -> io::Result<()> {
        let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let used_s = u64::try_from(used.tv_sec).unwrap_or(0);
        let soft_s = (used_s + 1 + self.per_page_s).min(self.hard_s);
        rlimit::setrlimit(rlimit::Resource::CPU, soft_s, self.hard_s)
    }
}

#[cfg(target_os = "linux")]
fn deny_files() -> bool {
    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus};
    // Best effort by default: an older kernel enforces what it knows. There are no rules, so nothing is allowed.
    let restricted = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)))
        .and_then(|rules| rules.create())
        .and_then(|rules| rules.restrict_self());
    matches!(restricted, Ok(status) if status.ruleset != RulesetStatus::NotEnforced)
}

#[cfg(not(target_os = "linux"))]
fn deny_files() -> bool {
    false
}

#[cfg(target_os = "linux")]
fn allow_few_calls() -> Result<(), Box<dyn std::error::Error>> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    // "No such call" rather than "not permitted": libraries have a way round the former.
    let refuse = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let rules = calls::allowed()?;
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, std::env::consts::ARCH.try_into()?)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter_all_threads(&program)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn allow_few_calls() -> Result<(), Box<dyn std::error::Error>> {
    Err("only on Linux".into())
}

#[cfg(target_os = "linux")]
mod calls {
    use seccompiler::{SeccompCmpArgLen as Len, SeccompCmpOp as Op, SeccompCondition, SeccompRule};
    use std::collections::BTreeMap;

    type Rules = BTreeMap<i64, Vec<SeccompRule>>;

    /// Memory, threads, time, the pipes that are open, and an end.
    const PLAIN: &[i64] = &[
        libc::SYS_brk,
        libc::SYS_clock_getres,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_close,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_fcntl,
        libc::SYS_fstat,
        libc::SYS_futex,
        libc::SYS_getpid,
        libc::SYS_getrandom,
        libc::SYS_getrusage,
        libc::SYS_gettid,
        libc::SYS_gettimeofday,
        libc::SYS_lseek,
        libc::SYS_madvise,
        libc::SYS_membarrier,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_nanosleep,
        libc::SYS_ppoll,
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_restart_syscall,
        libc::SYS_rseq,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sched_getaffinity,
        libc::SYS_sched_yield,
        libc::SYS_set_robust_list,
        libc::SYS_sigaltstack,
        libc::SYS_write,
        libc::SYS_writev,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_poll,
    ];

    pub(super) fn allowed() -> Result<Rules, seccompiler::BackendError> {
        let mut rules: Rules = PLAIN.iter().map(|&call| (call, Vec::new())).collect();
        let own_pid = u64::from(std::process::id());
        let exec = u64::try_from(libc::PROT_EXEC).unwrap_or_default();
        let thread = u64::try_from(libc::CLONE_THREAD).unwrap_or_default();
        let set_name = u64::try_from(libc::PR_SET_NAME).unwrap_or_default();
        for (call, argument, op, value) in [
            // Threads, not processes.
            (libc::SYS_clone, 0, Op::MaskedEq(thread), thread),
            // No new code.
            (libc::SYS_mmap, 2, Op::MaskedEq(exec), 0),
            (libc::SYS_mprotect, 2, Op::MaskedEq(exec), 0),
            (libc::SYS_prctl, 0, Op::Eq, set_name),
            // Its own limits, its own end; not its parent's.
            (libc::SYS_prlimit64, 0, Op::Eq, 0),
            (libc::SYS_tgkill, 0, Op::Eq, own_pid),
        ] {
            let condition = SeccompCondition::new(argument, Len::Dword, op, value)?;
            rules.insert(call, vec![SeccompRule::new(vec![condition])?]);
        }
        Ok(rules)
    }
}
