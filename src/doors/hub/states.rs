//! What doors keep for all connections: one value of each type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::connection::locked;

#[derive(Default)]
pub(crate) struct States(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl States {
    /// The value of this type, made when it is first asked for.
    pub(crate) fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut states = locked(&self.0);
        let state = states.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        // What is kept under a type's id is of that type, so that this finds it.
        Arc::clone(state).downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_one_value() {
        let states = States::default();
        *locked(&states.of::<Mutex<u8>>()) = 7;
        *locked(&states.of::<Mutex<String>>()) = "seven".to_owned();
        assert_eq!((*locked(&states.of::<Mutex<u8>>()), locked(&states.of::<Mutex<String>>()).len()), (7, 5));
    }
}
