//! The collection: made where it is missing, compared where it is there, repaired where that loses nothing.

use std::collections::HashMap;

use qdrant_client::QdrantError;
use qdrant_client::qdrant::{
    BinaryQuantizationBuilder, CollectionConfig, CollectionInfo, CreateCollection, CreateCollectionBuilder,
    CreateFieldIndexCollectionBuilder, Disabled, Distance, FieldType, HnswConfigDiffBuilder,
    IntegerIndexParamsBuilder, KeywordIndexParamsBuilder, Modifier, PayloadSchemaInfo, PayloadSchemaType,
    ScalarQuantizationBuilder, SparseIndexConfigBuilder, SparseVectorParamsBuilder,
    SparseVectorsConfigBuilder, UpdateCollectionBuilder, VectorParams, VectorParamsBuilder,
    VectorParamsDiffBuilder, VectorParamsDiffMap, VectorsConfigBuilder, payload_index_params::IndexParams,
    quantization_config, quantization_config_diff, value, vectors_config, vectors_config_diff,
};

use super::super::{IndexModel, VectorError};
use super::calls::{Calls, Failure};
use super::points::{DENSE, DOCUMENT, PROJECT, READING, SPARSE};
use super::settings::{QdrantSettings, Quantization};

/// Where the collection keeps the name of the model that its vectors are of.
const MODEL: &str = "docent_model";
/// Of the numbers in all vectors, those beyond are cut off when each is to fit into a byte.
const QUANTILE: f32 = 0.99;
/// Links of a node in the graph of a project.
const LINKS: u64 = 16;

/// Sets the collection up.
pub(super) async fn set_up(calls: &Calls, settings: &QdrantSettings) -> Result<(), VectorError> {
    let name = settings.collection();
    if !exists(calls, &name).await? {
        create(calls, settings).await?;
    }
    let answer = calls.read(|| calls.client.collection_info(&name)).await?;
    let found = answer.result.unwrap_or_default();
    let config = found.config.clone().unwrap_or_default();
    check(&config, settings)?;
    mend(calls, &config, settings).await?;
    Ok(index_fields(calls, &found, settings).await?)
}

/// Throws the collection away, if there is one.
pub(super) async fn discard(calls: &Calls, settings: &QdrantSettings) -> Result<(), VectorError> {
    let name = settings.collection();
    if exists(calls, &name).await? {
        calls.write(|| calls.client.delete_collection(&name)).await?;
    }
    Ok(())
}

async fn exists(calls: &Calls, name: &str) -> Result<bool, Failure> {
    calls.read(|| calls.client.collection_exists(name)).await
}

async fn create(calls: &Calls, settings: &QdrantSettings) -> Result<(), VectorError> {
    let request = wanted(settings);
    match calls.write(|| calls.client.create_collection(request.clone())).await {
        // Another node was faster.
        Err(_) if exists(calls, &request.collection_name).await? => {}
        created => {
            created?;
            tracing::info!(
                collection = request.collection_name,
                "A collection was made on the Qdrant server"
            );
        }
    }
    Ok(())
}

/// The collection as this program makes it.
fn wanted(settings: &QdrantSettings) -> CreateCollection {
    let mut dense = VectorsConfigBuilder::default();
    let size = settings.model.dimension as u64;
    dense.add_named_vector_params(
        DENSE,
        VectorParamsBuilder::new(size, Distance::Cosine).on_disk(settings.on_disk),
    );
    // All searches are of one project, so graphs are built within projects only.
    let graphs = HnswConfigDiffBuilder::default().m(0).payload_m(LINKS).build();
    let mut request = CreateCollectionBuilder::new(settings.collection())
        .vectors_config(dense)
        .sparse_vectors_config(sparse(settings))
        .hnsw_config(graphs)
        .on_disk_payload(true);
    if let Some(shards) = settings.shards {
        request = request.shard_number(shards);
    }
    if let Some(replicas) = settings.replicas {
        request = request.replication_factor(replicas);
    }
    if let Some(replicas) = settings.write_consistency {
        request = request.write_consistency_factor(replicas);
    }
    request = match settings.quantization {
        Some(Quantization::Scalar) => request.quantization_config(scalar()),
        Some(Quantization::Binary) => request.quantization_config(binary()),
        Some(Quantization::None) | None => request,
    };
    let mut request = request.build();
    request.metadata.insert(MODEL.to_owned(), settings.model.name.clone().into());
    request
}

fn sparse(settings: &QdrantSettings) -> SparseVectorsConfigBuilder {
    let index = SparseIndexConfigBuilder::default().on_disk(settings.on_disk).build();
    let params = SparseVectorParamsBuilder::default().modifier(Modifier::None).index(index);
    let mut config = SparseVectorsConfigBuilder::default();
    config.add_named_vector_params(SPARSE, params);
    config
}

fn scalar() -> ScalarQuantizationBuilder {
    ScalarQuantizationBuilder::default().quantile(QUANTILE).always_ram(true)
}

fn binary() -> BinaryQuantizationBuilder {
    BinaryQuantizationBuilder::new(true)
}

/// Refuses a collection that cannot be made to fit without losing what it holds.
fn check(config: &CollectionConfig, settings: &QdrantSettings) -> Result<(), VectorError> {
    let unfit = |what: &str| {
        let name = settings.collection();
        VectorError::Unfit(format!(
            "the collection `{name}` {what}; run `docent reindex` to make it anew, or set another \
             QDRANT_COLLECTION_PREFIX if it belongs to somebody else"
        ))
    };
    let dense = dense(config).ok_or_else(|| unfit("has no vector named `dense`"))?;
    let recorded = IndexModel {
        name: model(config).unwrap_or(&settings.model.name).to_owned(),
        dimension: usize::try_from(dense.size).unwrap_or(usize::MAX),
    };
    settings.model.compare(recorded)?;
    if dense.distance() != Distance::Cosine {
        return Err(unfit("does not compare by cosine"));
    }
    if modifier(config).is_none() {
        return Err(unfit("has no sparse vector named `bm25`"));
    }
    Ok(())
}

fn dense(config: &CollectionConfig) -> Option<&VectorParams> {
    match config.params.as_ref()?.vectors_config.as_ref()?.config.as_ref()? {
        vectors_config::Config::ParamsMap(named) => named.map.get(DENSE),
        vectors_config::Config::Params(_) => None,
    }
}

/// `None` where there is no sparse vector at all.
fn modifier(config: &CollectionConfig) -> Option<Modifier> {
    let sparse = config.params.as_ref()?.sparse_vectors_config.as_ref()?;
    Some(sparse.map.get(SPARSE)?.modifier())
}

fn model(config: &CollectionConfig) -> Option<&str> {
    match config.metadata.get(MODEL)?.kind.as_ref()? {
        value::Kind::StringValue(name) => Some(name),
        _ => None,
    }
}

/// Changes what differs and can be changed in place.
async fn mend(calls: &Calls, config: &CollectionConfig, settings: &QdrantSettings) -> Result<(), Failure> {
    let name = settings.collection();
    let (mut request, mut changes) = (UpdateCollectionBuilder::new(&name), Vec::new());
    let to_disk = settings.on_disk && !is_on_disk(config);
    if to_disk || modifier(config) == Some(Modifier::Idf) {
        request = request.sparse_vectors_config(sparse(settings));
        changes.push("sparse vectors");
    }
    if settings.quantization.is_some_and(|wanted| wanted != quantization(config)) {
        request = request.quantization_config(match settings.quantization {
            Some(Quantization::Scalar) => scalar().into(),
            Some(Quantization::Binary) => binary().into(),
            Some(Quantization::None) | None => quantization_config_diff::Quantization::Disabled(Disabled {}),
        });
        changes.push("quantisation");
    }
    if to_disk {
        let diff = VectorParamsDiffBuilder::default().on_disk(true).build();
        let map = HashMap::from([(DENSE.to_owned(), diff)]);
        request = request.vectors_config(vectors_config_diff::Config::ParamsMap(VectorParamsDiffMap { map }));
        changes.push("vectors on disk");
    }
    let mut request = request.build();
    if model(config).is_none() {
        request.metadata.insert(MODEL.to_owned(), settings.model.name.clone().into());
        changes.push("name of the model");
    }
    if changes.is_empty() {
        return Ok(());
    }
    calls.write(|| calls.client.update_collection(request.clone())).await?;
    tracing::info!(collection = name, changes = changes.join(", "), "A collection was changed");
    Ok(())
}

fn quantization(config: &CollectionConfig) -> Quantization {
    match config.quantization_config.as_ref().and_then(|found| found.quantization.as_ref()) {
        Some(quantization_config::Quantization::Scalar(_)) => Quantization::Scalar,
        Some(quantization_config::Quantization::Binary(_)) => Quantization::Binary,
        _ => Quantization::None,
    }
}

fn is_on_disk(config: &CollectionConfig) -> bool {
    #[expect(deprecated, reason = "its successor is unknown to servers before 1.19")]
    dense(config).is_some_and(|params| params.on_disk == Some(true))
}

/// The fields that filters ask for, with an index of the kind that they need.
fn fields() -> [(&'static str, FieldType, IndexParams); 3] {
    let tenant = KeywordIndexParamsBuilder::default().is_tenant(true);
    // Graphs are built along the project alone.
    let number = IntegerIndexParamsBuilder::new(true, false).enable_hnsw(false);
    let word = KeywordIndexParamsBuilder::default().enable_hnsw(false);
    [
        (PROJECT, FieldType::Keyword, tenant.into()),
        (DOCUMENT, FieldType::Integer, number.into()),
        (READING, FieldType::Keyword, word.into()),
    ]
}

/// Without them, every filter reads every payload.
async fn index_fields(
    calls: &Calls,
    found: &CollectionInfo,
    settings: &QdrantSettings,
) -> Result<(), Failure> {
    let name = settings.collection();
    for (field, kind, params) in fields() {
        if found.payload_schema.get(field).is_some_and(|index| fits(index, kind, &params)) {
            continue;
        }
        let request = CreateFieldIndexCollectionBuilder::new(&name, field, kind)
            .field_index_params(params)
            .wait(true)
            .build();
        calls.write(|| calls.client.create_field_index(request.clone())).await?;
        tracing::info!(collection = name, field, "A field was indexed");
    }
    Ok(())
}

fn fits(found: &PayloadSchemaInfo, kind: FieldType, wanted: &IndexParams) -> bool {
    let of_kind = match kind {
        FieldType::Keyword => found.data_type() == PayloadSchemaType::Keyword,
        FieldType::Integer => found.data_type() == PayloadSchemaType::Integer,
        _ => false,
    };
    let params = found.params.as_ref().and_then(|params| params.index_params.as_ref());
    match (wanted, params) {
        (IndexParams::KeywordIndexParams(wanted), Some(IndexParams::KeywordIndexParams(found))) => {
            of_kind && wanted.is_tenant() == found.is_tenant()
        }
        (IndexParams::KeywordIndexParams(wanted), _) => of_kind && !wanted.is_tenant(),
        _ => of_kind,
    }
}

/// How the collection is doing.
pub(super) async fn info(calls: &Calls, name: &str) -> Result<CollectionInfo, Failure> {
    // Once only: who asks this, asks again soon.
    let answer: Result<_, QdrantError> = calls.client.collection_info(name).await;
    Ok(answer?.result.unwrap_or_default())
}
