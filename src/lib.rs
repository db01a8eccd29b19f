//! dateline

mod bundled;
mod entity;
mod error;
mod extraction;
mod extractor;
mod gazetteer;
mod mention;
pub mod output;
mod quote;
mod relation;
mod schema;
mod span;
mod syntax;
mod text;

pub use error::{Error, Fault};
pub use extraction::{Dateline, Entity, EntityId, Extraction, Mention, Quote, Relation};
pub use extractor::{Extractor, ExtractorBuilder};
pub use gazetteer::{Entry, Table, Tenure};
pub use mention::Found;
pub use relation::{Example, Rule};
pub use schema::{EntityType, Status};
pub use span::Span;
