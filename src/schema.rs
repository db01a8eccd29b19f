//! The types of things that are found.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EntityType {
    /// A sovereign state or territory, by any of its names, also as an adjective.
    State,
    /// City, province, sea, region, venue.
    Place,
    /// A body of one state: ministry, agency, court, force, embassy.
    Agency,
    /// An intergovernmental body or its organ.
    Body,
    /// Any other organisation: company, university, medium, party.
    Organisation,
    /// A person, without honorifics and post.
    Person,
    /// A post held by one person.
    Role,
    /// A named meeting, conference, exercise, ceremony.
    Event,
    /// A named document: treaty, plan, law, report.
    Instrument,
    /// A named programme, project, initiative, fund.
    Programme,
    /// A calendar expression of day, week, month or year.
    Date,
    /// The motto of an event or a year.
    Theme,
}

impl EntityType {
    /// All types, in the order of the documentation.
    pub const ALL: [EntityType; 12] = [
        EntityType::State,
        EntityType::Place,
        EntityType::Agency,
        EntityType::Body,
        EntityType::Organisation,
        EntityType::Person,
        EntityType::Role,
        EntityType::Event,
        EntityType::Instrument,
        EntityType::Programme,
        EntityType::Date,
        EntityType::Theme,
    ];

    /// The name of the type in tables, rules and results.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityType::State => "state",
            EntityType::Place => "place",
            EntityType::Agency => "agency",
            EntityType::Body => "body",
            EntityType::Organisation => "organisation",
            EntityType::Person => "person",
            EntityType::Role => "role",
            EntityType::Event => "event",
            EntityType::Instrument => "instrument",
            EntityType::Programme => "programme",
            EntityType::Date => "date",
            EntityType::Theme => "theme",
        }
    }

    /// The type of that name.
    pub fn from_name(name: &str) -> Option<EntityType> {
        EntityType::ALL.into_iter().find(|t| t.as_str() == name)
    }

    /// Whether it can act: state, agency, body, organisation or person.
    pub fn is_agent(self) -> bool {
        matches!(
            self,
            EntityType::State | EntityType::Agency | EntityType::Body | EntityType::Organisation | EntityType::Person
        )
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How sure and of what time a statement of the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// Said to be so.
    #[default]
    Asserted,
    /// To come: will, is to, plans to.
    Planned,
    /// Said not to be so.
    Negated,
    /// Was so once.
    Former,
}

impl Status {
    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Status> {
        [Status::Asserted, Status::Planned, Status::Negated, Status::Former].into_iter().find(|s| s.as_str() == name)
    }

    /// The name of the status in results.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Planned => "planned",
            Status::Negated => "negated",
            Status::Former => "former",
        }
    }
}
