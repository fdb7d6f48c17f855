//! Bytes that nobody meant: what comes from outside is mutated and read, and whatever happens must be a refusal.
//!
//! Each target has its corpus in `fuzz/<target>/corpus` (extractors begin with `fixtures/documents`, too), and every
//! input that ever broke something in `fuzz/<target>/crashes`. `cargo test` reads all of them and a second's worth of
//! mutations from a fixed seed; `make fuzz FOR=600` goes on for so many seconds with a seed of its own. No coverage is
//! measured, which takes another compiler: mutations of good inputs, and words that matter to a target, reach further
//! on the stable one than random bytes.

mod corpus;
mod documents;
mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use corpus::Corpus;
use mutate::Mutator;

/// One place where bytes come in. It panics when a promise is broken.
struct Target {
    name: &'static str,
    /// Words that mean something there.
    words: &'static [&'static str],
    /// Further inputs to begin with.
    fixtures: &'static [&'static str],
    run: fn(&[u8]),
}

/// The short runs are the same every time.
const SEED: u64 = 20_260_117;
/// Of inputs that are read in a process of their own, a short run takes so many.
const FEW: u64 = 4;

impl Target {
    /// Reads everything that is kept.
    fn replay(&self) -> Corpus {
        let corpus = Corpus::of(self.name, self.fixtures);
        assert!(!corpus.inputs.is_empty(), "fuzz/{} has no corpus", self.name);
        for (path, bytes) in &corpus.inputs {
            if catch_unwind(AssertUnwindSafe(|| (self.run)(bytes))).is_err() {
                panic!("{} broke on {}", self.name, path.display());
            }
        }
        corpus
    }

    /// Reads mutations until the time is over or `most` were read; gives how many.
    fn mutate(&self, corpus: &Corpus, seed: u64, time: Duration, most: u64) -> u64 {
        let begun = Instant::now();
        let mut mutator = Mutator::new(corpus, self.words, seed);
        let mut count = 0;
        while begun.elapsed() < time && count < most {
            let input = mutator.next();
            if catch_unwind(AssertUnwindSafe(|| (self.run)(&input))).is_err() {
                let kept = corpus::keep(self.name, &input);
                panic!("{} broke; seed {seed}, input {}", self.name, kept.display());
            }
            count += 1;
        }
        count
    }

    fn short(&self, most: u64) {
        let corpus = self.replay();
        let count = self.mutate(&corpus, SEED, Duration::from_secs(1), most);
        println!("{}: {} kept inputs, {count} mutations", self.name, corpus.inputs.len());
    }
}

macro_rules! short_runs {
    ($($test:ident = $list:ident[$at:literal], $most:expr;)*) => {$(
        #[test]
        fn $test() {
            assert_eq!($list[$at].name, stringify!($test));
            $list[$at].short($most);
        }
    )*};
}

use documents::DOCUMENTS;
use targets::TARGETS;

short_runs! {
    body = TARGETS[0], u64::MAX;
    event = TARGETS[1], u64::MAX;
    headers = TARGETS[2], u64::MAX;
    import = TARGETS[3], u64::MAX;
    names = TARGETS[4], u64::MAX;
    settings = TARGETS[5], u64::MAX;
    token = TARGETS[6], u64::MAX;
    upload = TARGETS[7], u64::MAX;
    adoc = DOCUMENTS[0], FEW;
    csv = DOCUMENTS[1], FEW;
    doc = DOCUMENTS[2], FEW;
    docx = DOCUMENTS[3], FEW;
    eml = DOCUMENTS[4], FEW;
    epub = DOCUMENTS[5], FEW;
    html = DOCUMENTS[6], FEW;
    ipynb = DOCUMENTS[7], FEW;
    json = DOCUMENTS[8], FEW;
    mbox = DOCUMENTS[9], FEW;
    md = DOCUMENTS[10], FEW;
    mhtml = DOCUMENTS[11], FEW;
    msg = DOCUMENTS[12], FEW;
    odp = DOCUMENTS[13], FEW;
    ods = DOCUMENTS[14], FEW;
    odt = DOCUMENTS[15], FEW;
    pdf = DOCUMENTS[16], FEW;
    ppt = DOCUMENTS[17], FEW;
    pptx = DOCUMENTS[18], FEW;
    rst = DOCUMENTS[19], FEW;
    rtf = DOCUMENTS[20], FEW;
    tex = DOCUMENTS[21], FEW;
    txt = DOCUMENTS[22], FEW;
    xls = DOCUMENTS[23], FEW;
    xlsx = DOCUMENTS[24], FEW;
    xml = DOCUMENTS[25], FEW;
    zip = DOCUMENTS[26], FEW;
}

/// `make fuzz FOR=<seconds>`.
#[test]
#[ignore = "runs for as long as it is told to: `make fuzz FOR=600`"]
fn long() {
    let seconds = std::env::var("DOCENT_FUZZ_FOR").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let seed = std::env::var("DOCENT_FUZZ_SEED").ok().and_then(|text| text.parse().ok());
    let seed: u64 = seed.unwrap_or_else(rand::random);
    let only = std::env::var("DOCENT_FUZZ_ONLY").unwrap_or_default();
    println!("seed {seed}, for {seconds} s");
    let end = Instant::now() + Duration::from_secs(seconds);
    let targets: Vec<&Target> = TARGETS.iter().chain(DOCUMENTS).collect();
    let mut targets: Vec<(&Target, Corpus, u64)> = targets
        .into_iter()
        .filter(|target| only.is_empty() || target.name == only)
        .map(|target| (target, target.replay(), 0))
        .collect();
    assert!(!targets.is_empty(), "there is no target `{only}`");
    for round in 0.. {
        for (target, corpus, count) in &mut targets {
            let left = end.saturating_duration_since(Instant::now());
            *count +=
                target.mutate(corpus, seed.wrapping_add(round), left.min(Duration::from_secs(2)), u64::MAX);
        }
        if Instant::now() >= end {
            break;
        }
    }
    for (target, _, count) in targets {
        println!("{:>10}: {count} inputs", target.name);
    }
}
