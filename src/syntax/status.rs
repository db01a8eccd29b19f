//! The status of a verb, with what governs it.

use super::{Modality, Parse, Voice};
use crate::schema::Status;
use crate::text::lexicon::{Classes, Lexicon};

/// How far an infinitive may hang below the verb that tells its status.
const DEEP: usize = 5;

impl Parse<'_> {
    /// Whether what a verb says is so, is to come, or is not, and which words say so.
    pub(crate) fn status(&self, lexicon: &Lexicon, verb: usize) -> Modality {
        let group = &self.verbs[verb];
        if group.voice == Voice::Passive && !group.finite && !group.infinitive {
            // a participle that modifies a noun
            return group.modality.clone();
        }
        self.inherited_status(lexicon, verb, DEEP)
    }

    /// An infinitive or gerund takes its status from the verb that it hangs on.
    fn inherited_status(&self, lexicon: &Lexicon, verb: usize, depth: usize) -> Modality {
        let group = &self.verbs[verb];
        if depth == 0 || group.finite || group.modality.status != Status::Asserted {
            return group.modality.clone();
        }
        let Some(parent) = verb.checked_sub(1) else { return group.modality.clone() };
        let above = &self.verbs[parent];
        if (group.infinitive || group.aimed) && !group.occasion {
            let classes = lexicon.classes(above.lemma);
            let negated = above.modality.status == Status::Negated;
            // `is visiting Australia to host`: what somebody is about to do
            let about = group.infinitive && above.going_on;
            let said = lexicon.classes(group.lemma).any(Classes::PERFORMATIVE) && classes.any(Classes::WISHING);
            let status = if said && !negated {
                Some(Status::Asserted)
            } else if classes.any(Classes::REFUSING) {
                Some(if negated { Status::Asserted } else { Status::Negated })
            } else if classes.any(Classes::INTENDING) {
                Some(if negated { Status::Negated } else { Status::Planned })
            } else if about && !negated {
                Some(Status::Planned)
            } else {
                None
            };
            if let Some(status) = status {
                return Modality { status, cue: above.tokens.start..above.main + 1 };
            }
        }
        self.inherited_status(lexicon, parent, depth - 1)
    }
}
