//! A project as a file: taken along whole, and taken in with distrust.

mod hostile;
mod killed;
mod rights;
mod round_trip;
