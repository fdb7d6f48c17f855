//! Reading documents: from the queue to the index, on both databases.

mod whole;
