//! Which tables there are, and which columns they have.

use crate::schema::EntityType;

/// A kind of table of the gazetteers. Its columns stand in `gazetteers/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Table {
    /// Sovereign states and territories.
    States,
    /// Cities, subdivisions, seas, regions, venues.
    Places,
    /// Bodies of one state.
    Agencies,
    /// Intergovernmental bodies.
    Bodies,
    /// Companies, universities, media, parties.
    Organisations,
    /// Series of meetings, conferences, exercises.
    Events,
    /// Treaties, plans, laws.
    Instruments,
    /// Programmes, funds, networks.
    Programmes,
    /// Persons who hold or held office.
    People,
    /// Who held which office when.
    Tenures,
    /// Posts.
    Roles,
    /// Titles, ranks and styles before a name.
    Honorifics,
    /// Surfaces that are no names by themselves.
    NotNames,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 13] = [
        Table::States,
        Table::Places,
        Table::Agencies,
        Table::Bodies,
        Table::Organisations,
        Table::Events,
        Table::Instruments,
        Table::Programmes,
        Table::People,
        Table::Tenures,
        Table::Roles,
        Table::Honorifics,
        Table::NotNames,
    ];

    /// Name of the table: the stem of its file, or the folder of its files.
    pub fn as_str(self) -> &'static str {
        match self {
            Table::States => "states",
            Table::Places => "places",
            Table::Agencies => "agencies",
            Table::Bodies => "bodies",
            Table::Organisations => "organisations",
            Table::Events => "events",
            Table::Instruments => "instruments",
            Table::Programmes => "programmes",
            Table::People => "people",
            Table::Tenures => "tenures",
            Table::Roles => "roles",
            Table::Honorifics => "honorifics",
            Table::NotNames => "not-names",
        }
    }

    /// The table of that name.
    pub fn from_name(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|t| t.as_str() == name)
    }

    /// Its columns, in order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Table::States => &[
                "id", "name", "official", "aliases", "acronyms", "former", "demonyms", "capital", "iso2", "iso3",
                "wikidata", "asean", "source",
            ],
            Table::Places => {
                &["id", "name", "aliases", "acronyms", "state", "kind", "parent", "wikidata", "geonames", "source"]
            }
            Table::Agencies => &[
                "id", "name", "aliases", "acronyms", "native", "former", "state", "kind", "parent", "from", "to",
                "wikidata", "source",
            ],
            Table::Bodies => &["id", "name", "aliases", "acronyms", "former", "kind", "parent", "wikidata", "source"],
            Table::Organisations => {
                &["id", "name", "aliases", "acronyms", "state", "kind", "parent", "wikidata", "source"]
            }
            Table::Events => &["id", "name", "aliases", "acronyms", "kind", "organiser", "wikidata", "source"],
            Table::Instruments => &["id", "name", "aliases", "acronyms", "kind", "date", "wikidata", "source"],
            Table::Programmes => &["id", "name", "aliases", "acronyms", "kind", "owner", "wikidata", "source"],
            Table::People => &["id", "name", "aliases", "honours", "state", "wikidata", "source"],
            Table::Tenures => &["person", "office", "state", "agency", "from", "to", "seen", "source"],
            Table::Roles => &["id", "name", "aliases", "acronyms", "kind", "states", "source"],
            Table::Honorifics => &["id", "title", "variants", "states", "kind", "gender", "gloss", "source"],
            Table::NotNames => &["surface", "reason"],
        }
    }

    /// What a line of the table is in a text; `None` where it is no entity by itself.
    pub(crate) fn entity_type(self) -> Option<EntityType> {
        match self {
            Table::States => Some(EntityType::State),
            Table::Places => Some(EntityType::Place),
            Table::Agencies => Some(EntityType::Agency),
            Table::Bodies => Some(EntityType::Body),
            Table::Organisations => Some(EntityType::Organisation),
            Table::Events => Some(EntityType::Event),
            Table::Instruments => Some(EntityType::Instrument),
            Table::Programmes => Some(EntityType::Programme),
            Table::People => Some(EntityType::Person),
            Table::Roles => Some(EntityType::Role),
            Table::Tenures | Table::Honorifics | Table::NotNames => None,
        }
    }
}
