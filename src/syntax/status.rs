//! The status of a verb, with what governs it.

use super::{Parse, Voice};
use crate::schema::Status;
use crate::text::lexicon::{Classes, Lexicon};

/// How far an infinitive may hang below the verb that tells its status.
const DEEP: usize = 5;

impl Parse {
    /// Whether what a verb says is so, is to come, or is not.
    pub(crate) fn status(&self, lexicon: &Lexicon, verb: usize) -> Status {
        let group = &self.verbs[verb];
        if group.voice == Voice::Passive && !group.finite && !group.infinitive {
            // a participle that modifies a noun
            return group.status;
        }
        self.inherited_status(lexicon, verb, DEEP)
    }

    /// An infinitive or gerund takes its status from the verb that it hangs on.
    fn inherited_status(&self, lexicon: &Lexicon, verb: usize, depth: usize) -> Status {
        let group = &self.verbs[verb];
        if depth == 0 || group.finite || group.status != Status::Asserted {
            return group.status;
        }
        let Some(parent) = verb.checked_sub(1) else { return group.status };
        if group.infinitive || group.aimed {
            let above = lexicon.classes(self.verbs[parent].lemma);
            let negated = self.verbs[parent].status == Status::Negated;
            if above.any(Classes::REFUSING) {
                return if negated { Status::Asserted } else { Status::Negated };
            }
            if above.any(Classes::INTENDING) {
                return if negated { Status::Negated } else { Status::Planned };
            }
        }
        self.inherited_status(lexicon, parent, depth - 1)
    }
}
