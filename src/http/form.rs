//! The forms of uploads: what their parts are called, for those who read them and for those who are told of them.

use std::borrow::Cow;

use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A file.
pub(crate) const FILE: &str = "file";
/// One of several files.
pub(crate) const FILES: &str = "files";
/// Names a document within its project.
pub(crate) const PATH: &str = "path";

/// An upload of one document.
pub(crate) struct UploadForm;

/// An upload of several documents.
pub(crate) struct BulkForm;

/// An upload of an exported project.
pub(crate) struct ImportForm;

impl PartialSchema for UploadForm {
    fn schema() -> RefOr<Schema> {
        let path = ObjectBuilder::new()
            .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
            .description(Some("Names the document within its project, instead of the file's name."));
        form("The form of an upload.").property(FILE, file()).required(FILE).property(PATH, path).into()
    }
}

impl PartialSchema for BulkForm {
    fn schema() -> RefOr<Schema> {
        let files = ArrayBuilder::new().items(file());
        form("The form of an upload of several files.").property(FILES, files).required(FILES).into()
    }
}

impl PartialSchema for ImportForm {
    fn schema() -> RefOr<Schema> {
        form("The form of an import.").property(FILE, file()).required(FILE).into()
    }
}

impl ToSchema for UploadForm {
    fn name() -> Cow<'static, str> {
        "UploadForm".into()
    }
}

impl ToSchema for BulkForm {
    fn name() -> Cow<'static, str> {
        "BulkForm".into()
    }
}

impl ToSchema for ImportForm {
    fn name() -> Cow<'static, str> {
        "ImportForm".into()
    }
}

fn form(description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Object).description(Some(description))
}

fn file() -> ObjectBuilder {
    let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(binary))
}
