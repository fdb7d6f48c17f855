//! One collection of the stand-in: what was asked of it at its making, and its points.

use std::collections::{BTreeMap, HashMap};

use qdrant_client::qdrant::condition::ConditionOneOf;
use qdrant_client::qdrant::r#match::MatchValue;
use qdrant_client::qdrant::point_id::PointIdOptions;
use qdrant_client::qdrant::{
    self as q, quantization_config as quantized, quantization_config_diff as quantized_diff, query, value,
    vector, vector_input, vector_output, vectors, vectors_config, vectors_config_diff, vectors_output,
    with_payload_selector, with_vectors_selector,
};
use tonic::Status;

#[derive(Default)]
pub(super) struct Collection {
    pub config: q::CreateCollection,
    pub indexed: BTreeMap<String, q::PayloadSchemaInfo>,
    pub points: BTreeMap<String, Stored>,
}

pub(super) struct Stored {
    pub point: q::PointStruct,
    /// Of length one, as a real server keeps what is compared by cosine.
    dense: Option<Vec<f32>>,
    sparse: HashMap<u32, f32>,
}

impl Collection {
    pub fn info(&self) -> q::CollectionInfo {
        let made = &self.config;
        let params = q::CollectionParams {
            shard_number: made.shard_number.unwrap_or(1),
            replication_factor: made.replication_factor,
            write_consistency_factor: made.write_consistency_factor,
            vectors_config: made.vectors_config.clone(),
            sparse_vectors_config: made.sparse_vectors_config.clone(),
            ..q::CollectionParams::default()
        };
        let config = q::CollectionConfig {
            params: Some(params),
            hnsw_config: made.hnsw_config,
            quantization_config: made.quantization_config,
            metadata: made.metadata.clone(),
            ..q::CollectionConfig::default()
        };
        q::CollectionInfo {
            status: q::CollectionStatus::Green.into(),
            optimizer_status: Some(q::OptimizerStatus { ok: true, error: String::new() }),
            config: Some(config),
            payload_schema: self.indexed.clone().into_iter().collect(),
            points_count: Some(self.points.len() as u64),
            ..q::CollectionInfo::default()
        }
    }

    pub fn update(&mut self, change: q::UpdateCollection) -> Result<(), Status> {
        if let Some(sparse) = change.sparse_vectors_config {
            for (name, params) in sparse.map {
                let held =
                    self.config.sparse_vectors_config.as_mut().and_then(|held| held.map.get_mut(&name));
                held.ok_or_else(|| Status::invalid_argument(format!("no vector `{name}`")))?.modifier =
                    params.modifier;
            }
        }
        if let Some(vectors_config_diff::Config::ParamsMap(diff)) =
            change.vectors_config.and_then(|diff| diff.config)
        {
            for (name, params) in diff.map {
                let held = self.dense_params().filter(|_| name == "dense");
                #[expect(deprecated, reason = "what servers before 1.19 know")]
                {
                    held.ok_or_else(|| Status::invalid_argument(format!("no vector `{name}`")))?.on_disk =
                        params.on_disk;
                }
            }
        }
        if let Some(wanted) = change.quantization_config.and_then(|diff| diff.quantization) {
            self.config.quantization_config = match wanted {
                quantized_diff::Quantization::Scalar(it) => Some(quantized::Quantization::Scalar(it)),
                quantized_diff::Quantization::Binary(it) => Some(quantized::Quantization::Binary(it)),
                quantized_diff::Quantization::Disabled(_) => None,
                _ => return Err(Status::unimplemented("another quantisation")),
            }
            .map(|it| q::QuantizationConfig { quantization: Some(it) });
        }
        self.config.metadata.extend(change.metadata);
        Ok(())
    }

    pub fn index_field(&mut self, request: q::CreateFieldIndexCollection) {
        let data_type = match request.field_type() {
            q::FieldType::Keyword => q::PayloadSchemaType::Keyword,
            q::FieldType::Integer => q::PayloadSchemaType::Integer,
            _ => q::PayloadSchemaType::UnknownType,
        };
        let info = q::PayloadSchemaInfo {
            data_type: data_type.into(),
            params: request.field_index_params,
            points: None,
        };
        self.indexed.insert(request.field_name, info);
    }

    fn dense_params(&mut self) -> Option<&mut q::VectorParams> {
        match self.config.vectors_config.as_mut()?.config.as_mut()? {
            vectors_config::Config::ParamsMap(named) => named.map.get_mut("dense"),
            vectors_config::Config::Params(_) => None,
        }
    }

    pub fn put(&mut self, point: q::PointStruct) -> Result<(), Status> {
        let Some(vectors::VectorsOptions::Vectors(named)) =
            point.vectors.as_ref().and_then(|vectors| vectors.vectors_options.as_ref())
        else {
            return Err(Status::invalid_argument("vectors have names here"));
        };
        let (mut dense, mut sparse) = (None, HashMap::new());
        for (name, given) in &named.vectors {
            match (name.as_str(), given.vector.as_ref()) {
                ("dense", Some(vector::Vector::Dense(given))) => dense = Some(unit(given.data.clone())),
                ("bm25", Some(vector::Vector::Sparse(given))) => {
                    sparse = given.indices.iter().copied().zip(given.values.iter().copied()).collect();
                }
                _ => return Err(Status::invalid_argument(format!("no vector `{name}` of that kind"))),
            }
        }
        // As on a real server, a point need not have all the vectors that the collection knows.
        let size = self.dense_params().map(|params| params.size);
        if dense.as_ref().is_some_and(|dense: &Vec<f32>| Some(dense.len() as u64) != size) {
            return Err(Status::invalid_argument("wrong dimension"));
        }
        let id = key(point.id.as_ref())?;
        self.points.insert(id, Stored { point, dense, sparse });
        Ok(())
    }

    pub fn select<'a>(&'a self, filter: Option<&'a q::Filter>) -> impl Iterator<Item = &'a Stored> {
        self.points.values().filter(move |stored| matches(filter, &stored.point))
    }

    pub fn get(&self, request: &q::GetPoints) -> Result<Vec<q::RetrievedPoint>, Status> {
        let ids = request.ids.iter().map(|id| key(Some(id))).collect::<Result<Vec<_>, _>>()?;
        let found = ids.iter().filter_map(|id| self.points.get(id)).map(|stored| q::RetrievedPoint {
            id: stored.point.id.clone(),
            payload: shown(&stored.point, request.with_payload.as_ref()),
            vectors: stored.vectors(request.with_vectors.as_ref()),
            ..q::RetrievedPoint::default()
        });
        Ok(found.collect())
    }

    pub fn query(&self, asked: &q::QueryPoints) -> Result<Vec<q::ScoredPoint>, Status> {
        let allowed = self.select(asked.filter.as_ref());
        let mut scored: Vec<(f32, &Stored)> = match asked.query.as_ref().and_then(|it| it.variant.as_ref()) {
            Some(query::Variant::Sample(_)) => allowed.map(|stored| (0.0, stored)).collect(),
            Some(query::Variant::Nearest(input)) => match (asked.using(), input.variant.as_ref()) {
                ("dense", Some(vector_input::Variant::Dense(given))) => {
                    let given = unit(given.data.clone());
                    let near = |stored: &'_ Stored| Some(dot(stored.dense.as_ref()?, &given));
                    allowed.filter_map(|stored| Some((near(stored)?, stored))).collect()
                }
                ("bm25", Some(vector_input::Variant::Sparse(given))) => {
                    let given: HashMap<u32, f32> =
                        given.indices.iter().copied().zip(given.values.iter().copied()).collect();
                    let weight = |stored: &Stored| {
                        given
                            .iter()
                            .filter_map(|(term, weight)| Some(stored.sparse.get(term)? * weight))
                            .sum()
                    };
                    allowed
                        .map(|stored| (weight(stored), stored))
                        .filter(|(score, _): &(f32, _)| *score > 0.0)
                        .collect()
                }
                _ => return Err(Status::invalid_argument("no such vector, or of another kind")),
            },
            _ => return Err(Status::unimplemented("only nearest and samples")),
        };
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.truncate(usize::try_from(asked.limit()).unwrap());
        let hit = |(score, stored): (f32, &Stored)| q::ScoredPoint {
            id: stored.point.id.clone(),
            payload: shown(&stored.point, asked.with_payload.as_ref()),
            score,
            ..q::ScoredPoint::default()
        };
        Ok(scored.into_iter().map(hit).collect())
    }
}

impl Stored {
    fn vectors(&self, wanted: Option<&q::WithVectorsSelector>) -> Option<q::VectorsOutput> {
        let names = match wanted?.selector_options.as_ref()? {
            with_vectors_selector::SelectorOptions::Enable(false) => return None,
            with_vectors_selector::SelectorOptions::Enable(true) => {
                vec!["dense".to_owned(), "bm25".to_owned()]
            }
            with_vectors_selector::SelectorOptions::Include(wanted) => wanted.names.clone(),
        };
        let output = |vector| q::VectorOutput { vector: Some(vector), ..q::VectorOutput::default() };
        let vectors = names.into_iter().filter_map(|name| {
            let vector = if name == "dense" {
                vector_output::Vector::Dense(q::DenseVector { data: self.dense.clone()? })
            } else {
                let (indices, values) = self.sparse.iter().unzip();
                vector_output::Vector::Sparse(q::SparseVector { values, indices })
            };
            Some((name, output(vector)))
        });
        let named = q::NamedVectorsOutput { vectors: vectors.collect() };
        Some(q::VectorsOutput { vectors_options: Some(vectors_output::VectorsOptions::Vectors(named)) })
    }
}

fn key(id: Option<&q::PointId>) -> Result<String, Status> {
    match id.and_then(|id| id.point_id_options.as_ref()) {
        Some(PointIdOptions::Uuid(uuid)) if uuid.len() == 36 => Ok(uuid.clone()),
        other => Err(Status::invalid_argument(format!("not a UUID: {other:?}"))),
    }
}

fn shown(point: &q::PointStruct, wanted: Option<&q::WithPayloadSelector>) -> HashMap<String, q::Value> {
    match wanted.and_then(|wanted| wanted.selector_options.as_ref()) {
        Some(with_payload_selector::SelectorOptions::Enable(true)) => point.payload.clone(),
        Some(with_payload_selector::SelectorOptions::Include(wanted)) => {
            let entries = point.payload.clone().into_iter();
            entries.filter(|(name, _)| wanted.fields.contains(name)).collect()
        }
        _ => HashMap::new(),
    }
}

pub(super) fn matches(filter: Option<&q::Filter>, point: &q::PointStruct) -> bool {
    let holds = |condition: &q::Condition| match condition.condition_one_of.as_ref().unwrap() {
        ConditionOneOf::Field(field) => {
            let wanted = field.r#match.as_ref().and_then(|wanted| wanted.match_value.as_ref()).unwrap();
            match (point.payload.get(&field.key).and_then(|value| value.kind.as_ref()), wanted) {
                (Some(value::Kind::StringValue(found)), MatchValue::Keyword(wanted)) => found == wanted,
                (Some(value::Kind::StringValue(found)), MatchValue::Keywords(any)) => {
                    any.strings.contains(found)
                }
                (Some(value::Kind::IntegerValue(found)), MatchValue::Integer(wanted)) => found == wanted,
                (Some(value::Kind::IntegerValue(found)), MatchValue::Integers(any)) => {
                    any.integers.contains(found)
                }
                _ => false,
            }
        }
        other => panic!("the stand-in does not know {other:?}"),
    };
    filter.is_none_or(|filter| {
        assert!(filter.should.is_empty() && filter.min_should.is_none());
        filter.must.iter().all(holds) && !filter.must_not.iter().any(holds)
    })
}

fn unit(vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    vector.into_iter().map(|number| if length > 0.0 { number / length } else { number }).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
