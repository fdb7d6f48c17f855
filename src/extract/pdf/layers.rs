//! Optional content that is off: text that no viewer shows.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashSet;

/// Forms within forms.
const MAX_DEPTH: usize = 8;

/// The groups that are off when the document is opened.
fn groups_off(document: &Document) -> HashSet<ObjectId> {
    let Ok(properties) = document.catalog().and_then(|it| document.get_dict_in_dict(it, b"OCProperties"))
    else {
        return HashSet::new();
    };
    let Ok(default) = document.get_dict_in_dict(properties, b"D") else { return HashSet::new() };
    let ids = |dictionary: &Dictionary, key: &[u8]| -> HashSet<ObjectId> {
        let list = dictionary.get_deref(key, document).and_then(Object::as_array);
        list.map(|list| list.iter().filter_map(|it| it.as_reference().ok()).collect()).unwrap_or_default()
    };
    let mut off = ids(default, b"OFF");
    if matches!(default.get_deref(b"BaseState", document).and_then(Object::as_name), Ok(b"OFF")) {
        let on = ids(default, b"ON");
        off.extend(ids(properties, b"OCGs").into_iter().filter(|id| !on.contains(id)));
    }
    off
}

/// The document without what its hidden layers draw; `None` where nothing is hidden, or where it cannot be done.
pub(super) fn without_hidden(document: &Document, pages: &[ObjectId], max_bytes: usize) -> Option<Vec<u8>> {
    let off = groups_off(document);
    if off.is_empty() {
        return None;
    }
    let mut work = Work { document, off, max_bytes, changed: Vec::new(), seen: HashSet::new() };
    let mut contents = Vec::new();
    for page in pages.iter().collect::<HashSet<_>>() {
        if let Some(content) = work.page(*page) {
            contents.push((*page, content));
        }
    }
    if contents.is_empty() && work.changed.is_empty() {
        return None;
    }
    let changed = std::mem::take(&mut work.changed);
    let mut copy = document.clone();
    for (id, content) in changed {
        let stream = copy.get_object_mut(id).and_then(Object::as_stream_mut).ok()?;
        stream.dict.remove(b"Filter");
        stream.dict.remove(b"DecodeParms");
        stream.set_content(content);
    }
    for (page, content) in contents {
        let id = copy.add_object(Stream::new(Dictionary::new(), content));
        copy.get_dictionary_mut(page).ok()?.set("Contents", Object::Reference(id));
    }
    copy.trailer.remove(b"Encrypt");
    let mut bytes = Vec::new();
    copy.save_to(&mut bytes).ok()?;
    Some(bytes)
}

struct Work<'a> {
    document: &'a Document,
    off: HashSet<ObjectId>,
    max_bytes: usize,
    /// Forms with their new content.
    changed: Vec<(ObjectId, Vec<u8>)>,
    seen: HashSet<ObjectId>,
}

impl Work<'_> {
    fn page(&mut self, page: ObjectId) -> Option<Vec<u8>> {
        let content = self.document.get_page_content_with_limit(page, self.max_bytes).ok()?;
        let (direct, inherited) = self.document.get_page_resources(page).ok()?;
        let inherited = inherited.into_iter().filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = direct.into_iter().chain(inherited).collect();
        self.shown(&content, &resources, 0)
    }

    /// The content without what is hidden; `None` if all of it is shown.
    fn shown(&mut self, content: &[u8], resources: &[&Dictionary], depth: usize) -> Option<Vec<u8>> {
        self.forms(resources, depth);
        let has = |word: &[u8]| content.windows(word.len()).any(|it| it == word);
        let hidden_forms = self.hidden_forms(resources);
        if !has(b"/OC") && hidden_forms.is_empty() {
            return None;
        }
        let content = Content::decode(content).ok()?;
        let (mut open, mut hidden_at, mut dropped) = (0usize, None, false);
        let mut kept: Vec<Operation> = Vec::with_capacity(content.operations.len());
        for operation in content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    open += 1;
                    if hidden_at.is_none() && self.hides(&operation, resources) {
                        hidden_at = Some(open);
                    }
                }
                "EMC" => {
                    if hidden_at == Some(open) {
                        hidden_at = None;
                    }
                    open = open.saturating_sub(1);
                }
                "Tj" | "TJ" | "'" | "\"" | "Do" | "sh" | "BI" | "f" | "F" | "f*" | "B" | "B*" | "S" | "s"
                | "b" | "b*" => {
                    let form = || operation.operands.first().and_then(|it| it.as_name().ok());
                    let by_form =
                        operation.operator == "Do" && form().is_some_and(|name| hidden_forms.contains(name));
                    if hidden_at.is_some() || by_form {
                        dropped = true;
                        // A path that is not painted still has to end.
                        if !matches!(
                            operation.operator.as_str(),
                            "Tj" | "TJ" | "'" | "\"" | "Do" | "sh" | "BI"
                        ) {
                            kept.push(Operation::new("n", Vec::new()));
                        }
                        continue;
                    }
                }
                _ => {}
            }
            kept.push(operation);
        }
        if dropped { Content { operations: kept }.encode().ok() } else { None }
    }

    /// Looks into the forms that resources name.
    fn forms(&mut self, resources: &[&Dictionary], depth: usize) {
        if depth >= MAX_DEPTH {
            return;
        }
        for (_, id, stream) in self.streams(resources) {
            if !matches!(stream.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form"))
                || !self.seen.insert(id)
            {
                continue;
            }
            let Ok(content) = stream.decompressed_content_with_limit(self.max_bytes) else { continue };
            let own = self.document.get_dict_in_dict(&stream.dict, b"Resources").ok();
            let resources: Vec<&Dictionary> = own.into_iter().collect();
            if let Some(content) = self.shown(&content, &resources, depth + 1) {
                self.changed.push((id, content));
            }
        }
    }

    fn streams<'b>(&self, resources: &[&'b Dictionary]) -> Vec<(&'b [u8], ObjectId, &'b Stream)>
    where
        Self: 'b,
    {
        let document: &'b Document = self.document;
        let mut out = Vec::new();
        for dictionary in resources {
            let Ok(objects) = document.get_dict_in_dict(dictionary, b"XObject") else { continue };
            for (name, object) in objects.iter() {
                if let (Ok(id), Ok((_, Object::Stream(stream)))) =
                    (object.as_reference(), document.dereference(object))
                {
                    out.push((name.as_slice(), id, stream));
                }
            }
        }
        out
    }

    fn hidden_forms(&self, resources: &[&Dictionary]) -> HashSet<Vec<u8>> {
        let streams = self.streams(resources).into_iter();
        let hidden = streams.filter(|(_, _, stream)| stream.dict.get(b"OC").is_ok_and(|it| self.is_off(it)));
        hidden.map(|(name, ..)| name.to_vec()).collect()
    }

    /// Whether a marked part is hidden: `/OC /Name BDC`.
    fn hides(&self, operation: &Operation, resources: &[&Dictionary]) -> bool {
        let [tag, name] = &operation.operands[..] else { return false };
        if !matches!(tag.as_name(), Ok(b"OC")) {
            return false;
        }
        let Ok(name) = name.as_name() else { return false };
        resources.iter().any(|dictionary| {
            let properties = self.document.get_dict_in_dict(dictionary, b"Properties");
            properties.is_ok_and(|it| it.get(name).is_ok_and(|it| self.is_off(it)))
        })
    }

    /// A group, or a membership of several with its policy.
    fn is_off(&self, object: &Object) -> bool {
        if object.as_reference().is_ok_and(|id| self.off.contains(&id)) {
            return true;
        }
        let Ok((_, Object::Dictionary(membership))) = self.document.dereference(object) else { return false };
        let Ok(groups) = membership.get(b"OCGs") else { return false };
        let groups: Vec<&Object> = match self.document.dereference(groups) {
            Ok((_, Object::Array(list))) => list.iter().collect(),
            _ => vec![groups],
        };
        let off = |group: &&Object| group.as_reference().is_ok_and(|id| self.off.contains(&id));
        let count = groups.iter().filter(|group| off(group)).count();
        let shown = match membership.get(b"P").and_then(Object::as_name) {
            Ok(b"AllOn") => count == 0,
            Ok(b"AnyOff") => count > 0,
            Ok(b"AllOff") => count == groups.len(),
            _ => count < groups.len(),
        };
        !shown && !groups.is_empty()
    }
}
