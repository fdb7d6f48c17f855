//! The matrices of a graph, read once for all its sessions.
//!
//! ONNX Runtime turns each matrix that something is multiplied with into a form of its own when a session is made, and
//! every session would hold its copy. Sessions that are handed the same matrix share that form. So the graph's file is
//! read here for the names, shapes and places of its matrices; everything else is left to ONNX Runtime.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// Below this sharing gains nothing.
const LEAST_BYTES: usize = 4096;
/// What multiplies, and the number of the input that is the matrix.
const MULTIPLY: &[(&str, usize)] = &[
    ("DynamicQuantizeMatMul", 1),
    ("FusedMatMul", 1),
    ("Gemm", 1),
    ("MatMul", 1),
    ("MatMulInteger", 1),
    ("MatMulIntegerToFloat", 1),
    ("MatMulNBits", 1),
    ("QLinearMatMul", 3),
];

/// One matrix, as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub name: String,
    pub shape: Vec<i64>,
    pub values: Values,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Values {
    Floats(Vec<f32>),
    Signed(Vec<i8>),
    Unsigned(Vec<u8>),
}

/// The matrices of the graph. What is not understood is left out: the sessions then read it for themselves.
pub(super) fn matrices(graph: &Path) -> std::io::Result<Vec<Matrix>> {
    let bytes = fs_err::read(graph)?;
    let Some(parsed) = parse(&bytes) else { return Ok(Vec::new()) };
    let folder = graph.parent().unwrap_or_else(|| Path::new("."));
    let mut found = Vec::new();
    for tensor in parsed.tensors.into_iter().filter(|tensor| parsed.multiplied.contains(tensor.name)) {
        let Some(raw) = tensor.raw(folder)? else { continue };
        if raw.len() < LEAST_BYTES {
            continue;
        }
        let values = match tensor.kind {
            1 if raw.len().is_multiple_of(4) => {
                let float = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
                Values::Floats(raw.chunks_exact(4).map(float).collect())
            }
            2 => Values::Unsigned(raw),
            3 => Values::Signed(raw.into_iter().map(u8::cast_signed).collect()),
            _ => continue,
        };
        let matrix = Matrix { name: tensor.name.to_owned(), shape: tensor.shape, values };
        if matrix.is_whole() {
            found.push(matrix);
        }
    }
    Ok(found)
}

impl Matrix {
    fn is_whole(&self) -> bool {
        let count = match &self.values {
            Values::Floats(values) => values.len(),
            Values::Signed(values) => values.len(),
            Values::Unsigned(values) => values.len(),
        };
        self.shape.iter().product::<i64>() == i64::try_from(count).unwrap_or(-1)
    }
}

/// What this module wants to know of a graph.
struct Parsed<'a> {
    tensors: Vec<Tensor<'a>>,
    multiplied: BTreeSet<&'a str>,
}

#[derive(Default)]
struct Tensor<'a> {
    name: &'a str,
    kind: u64,
    shape: Vec<i64>,
    inside: Option<&'a [u8]>,
    outside: BTreeMap<&'a str, &'a str>,
}

impl Tensor<'_> {
    fn raw(&self, folder: &Path) -> std::io::Result<Option<Vec<u8>>> {
        if let Some(bytes) = self.inside {
            return Ok(Some(bytes.to_vec()));
        }
        let Some(file) = self.outside.get("location") else { return Ok(None) };
        let number = |key| self.outside.get(key).and_then(|text| text.parse::<u64>().ok());
        // A name, and no way out of the folder.
        let is_name =
            Path::new(file).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let (Some(length), true) = (number("length"), is_name) else { return Ok(None) };
        let mut file = fs_err::File::open(folder.join(file))?;
        file.seek(SeekFrom::Start(number("offset").unwrap_or(0)))?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

/// ModelProto 7 is the graph; GraphProto 1 a node, 5 a tensor. `None` for what is no such file.
fn parse(bytes: &[u8]) -> Option<Parsed<'_>> {
    let graph =
        fields(bytes)?.into_iter().find_map(|(number, field)| field.bytes().filter(|_| number == 7))?;
    let mut parsed = Parsed { tensors: Vec::new(), multiplied: BTreeSet::new() };
    for (number, field) in fields(graph)? {
        match (number, field.bytes()) {
            (1, Some(node)) => parsed.multiplied.extend(multiplied(node)),
            (5, Some(bytes)) => parsed.tensors.extend(tensor(bytes)),
            _ => {}
        }
    }
    Some(parsed)
}

/// NodeProto: 1 an input, 4 the operator.
fn multiplied(node: &[u8]) -> Option<&str> {
    let fields = fields(node)?;
    let text = |wanted: u64| fields.iter().filter(move |(n, _)| *n == wanted).map(|(_, field)| field.text());
    let operator = text(4).next()??;
    let (_, input) = MULTIPLY.iter().find(|(name, _)| *name == operator)?;
    text(1).nth(*input)?
}

/// TensorProto: 1 the shape, 2 the type, 8 the name, 9 the bytes, 13 where they are otherwise.
fn tensor(bytes: &[u8]) -> Option<Tensor<'_>> {
    let mut tensor = Tensor::default();
    for (number, field) in fields(bytes)? {
        match (number, field) {
            (1, Field::Number(size)) => tensor.shape.push(size.cast_signed()),
            (1, Field::Bytes(mut packed)) => {
                while !packed.is_empty() {
                    tensor.shape.push(varint(&mut packed)?.cast_signed());
                }
            }
            (2, Field::Number(kind)) => tensor.kind = kind,
            (8, field) => tensor.name = field.text()?,
            (9, Field::Bytes(raw)) => tensor.inside = Some(raw),
            (13, Field::Bytes(entry)) => {
                let entry = fields(entry)?;
                let part =
                    |wanted| entry.iter().find(|(n, _)| *n == wanted).and_then(|(_, field)| field.text());
                tensor.outside.insert(part(1)?, part(2)?);
            }
            _ => {}
        }
    }
    Some(tensor)
}

/// A value of a protobuf message.
#[derive(Clone, Copy)]
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of a fixed width: nothing that is looked for here.
    Other,
}

impl<'a> Field<'a> {
    const fn bytes(self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, Field<'_>)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let field = match key & 7 {
            0 => Field::Number(varint(&mut bytes)?),
            1 => take(&mut bytes, 8).map(|_| Field::Other)?,
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                Field::Bytes(take(&mut bytes, length)?)
            }
            5 => take(&mut bytes, 4).map(|_| Field::Other)?,
            _ => return None,
        };
        found.push((key >> 3, field));
    }
    Some(found)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut length = bytes.len();
        let mut field = vec![number << 3 | 2];
        while length >= 0x80 {
            field.push(u8::try_from(length & 0x7f).unwrap() | 0x80);
            length >>= 7;
        }
        field.push(u8::try_from(length).unwrap());
        field.extend(bytes);
        field
    }

    fn matrix(name: &str, content: Vec<u8>) -> Vec<u8> {
        // 64 × 64 of type 3, int8.
        let tensor = [vec![1 << 3, 64, 1 << 3, 64, 2 << 3, 3], message(8, name.as_bytes()), content].concat();
        message(5, &tensor)
    }

    fn graph(tensors: &[Vec<u8>]) -> Vec<u8> {
        let node = |operator: &str, matrix: &str| {
            let inputs = [message(1, b"x"), message(1, matrix.as_bytes())].concat();
            message(1, &[inputs, message(4, operator.as_bytes())].concat())
        };
        let nodes =
            [node("MatMulInteger", "inside"), node("MatMulInteger", "outside"), node("Gather", "words")];
        message(7, &[nodes.concat(), tensors.concat()].concat())
    }

    #[test]
    fn matrices_are_found_inside_and_beside_the_graph() {
        let folder = tempfile::tempdir().unwrap();
        let data: Vec<u8> = (0..4106_u16).map(|n| u8::try_from(n % 251).unwrap()).collect();
        fs_err::write(folder.path().join("weights"), &data).unwrap();
        let entry = |key: &str, value: &str| {
            message(13, &[message(1, key.as_bytes()), message(2, value.as_bytes())].concat())
        };
        let outside = |file: &str| {
            matrix(
                "outside",
                [entry("location", file), entry("offset", "10"), entry("length", "4096")].concat(),
            )
        };
        let inside = matrix("inside", message(9, &data[..4096]));
        let words = matrix("words", message(9, &data[..4096]));
        let path = folder.path().join("model.onnx");
        let found = |tensors: &[Vec<u8>]| {
            fs_err::write(&path, graph(tensors)).unwrap();
            matrices(&path).unwrap()
        };

        let both = found(&[inside.clone(), outside("weights"), words]);
        assert_eq!(both.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["inside", "outside"]);
        assert!(both.iter().all(|one| one.shape == [64, 64]));
        let Values::Signed(values) = &both[1].values else { panic!("of another type") };
        assert_eq!(values[0], data[10].cast_signed());

        assert_eq!(found(&[inside, outside("../weights")]).len(), 1, "nothing outside the folder is read");
        assert!(found(&[matrix("inside", message(9, &data[..4095]))]).is_empty(), "cut short");
    }

    #[test]
    fn what_is_no_graph_has_no_matrices() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.onnx");
        for odd in [&b""[..], b"not a model", &[0xff; 40], &[58, 200, 1]] {
            fs_err::write(&path, odd).unwrap();
            assert!(matrices(&path).unwrap().is_empty());
        }
    }
}
