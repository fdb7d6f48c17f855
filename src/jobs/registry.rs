//! The jobs there are, one line each.

use super::import_project::ImportProject;
use super::ingest_document::IngestDocument;
use super::sweep_generation::SweepGeneration;
use super::sweep_project::SweepProject;
use super::work::Work;
use docent_domain::job::Job;

/// What does that job. The compiler refuses a job without a line here.
pub fn work(job: &Job) -> Box<dyn Work> {
    match *job {
        Job::ImportProject { project } => Box::new(ImportProject { project }),
        Job::IngestDocument { document, generation } => Box::new(IngestDocument { document, generation }),
        Job::SweepGeneration { document, generation } => Box::new(SweepGeneration { document, generation }),
        Job::SweepProject { project } => Box::new(SweepProject { project }),
    }
}
