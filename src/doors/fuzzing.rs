//! What a client's packet is read into, for the fuzzing tests.

use socketioxide::handler::Value as Packet;

use super::payload::{Payload, PayloadLimits};
use crate::hub::inbox::name_of;
use docent_domain::Fault;

/// Everything that was understood of a packet, by every way in which fields are read.
#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub ids: Vec<i64>,
    pub texts: Vec<String>,
    pub numbers: Vec<f64>,
    pub faults: Vec<Fault>,
}

/// Reads one packet's text as every event would.
pub fn event(text: &str, limits: &PayloadLimits) -> Event {
    let packet = Packet::Str(text.to_owned().into(), None);
    let mut event =
        Event { name: name_of(&packet), ids: vec![], texts: vec![], numbers: vec![], faults: vec![] };
    let payload = match Payload::read(&packet, limits) {
        Ok(payload) => payload,
        Err(fault) => {
            event.faults.push(fault);
            match Payload::read_if_any(&packet, limits) {
                Ok(payload) => payload,
                Err(fault) => {
                    event.faults.push(fault);
                    return event;
                }
            }
        }
    };
    let mut note = Notes { event };
    for field in ["chat_id", "project_id", "message_id", "message", "top_k", "document_ids", "typing"] {
        note.or(payload.id::<i64>(field), |event, id| event.ids.push(id));
        note.or(payload.optional_ids::<i64>(field, limits.ids), |event, ids| {
            event.ids.extend(ids.into_iter().flatten());
        });
        note.or(payload.text(field, limits.message_bytes), |event, text| event.texts.push(text.to_owned()));
        note.or(payload.bool(field), |_, _| {});
        note.or(payload.integer(field, -1, limits.top_k), |event, number| event.numbers.push(number as f64));
        note.or(payload.optional_number(field, 0.0, 2.0), |event, number| event.numbers.extend(number));
    }
    note.event
}

struct Notes {
    event: Event,
}

impl Notes {
    fn or<T>(&mut self, read: Result<T, Fault>, note: impl FnOnce(&mut Event, T)) {
        match read {
            Ok(value) => note(&mut self.event, value),
            Err(fault) => self.event.faults.push(fault),
        }
    }
}
