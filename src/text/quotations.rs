//! What stands between quotation marks.

use super::document::Document;
use super::lexicon::Classes;
use std::ops::Range;

/// Stretches between quotation marks within one paragraph: the tokens inside the marks.
pub(crate) fn quotations(doc: &Document<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut paragraph = None;
    for (n, sentence) in doc.sentences.iter().enumerate() {
        let mut continued = None;
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            // a quote over several paragraphs begins each of them with its mark
            let again =
                matches!(doc.word(sentence.start), "“" | "\"") && open.iter().any(|&(_, m)| matches!(m, '“' | '"'));
            if again {
                open.retain(|&(_, m)| matches!(m, '“' | '"'));
                continued = Some(sentence.start);
            } else {
                open.clear();
            }
        }
        let end = doc.sentences.get(n + 1).map_or(doc.tokens.len(), |next| next.start);
        let marks = doc.of_class(sentence.start..end.max(sentence.end), Classes::MARK);
        for at in marks.filter(|&at| continued != Some(at)) {
            let mark = match doc.word(at) {
                "“" | "„" | "«" => '“',
                "”" | "»" => '”',
                "\"" => '"',
                "‘" => '‘',
                "’" => '’',
                "'" => '\'',
                _ => continue,
            };
            let spaced = !doc.is_joined(at);
            let closes = match mark {
                '“' | '‘' => None,
                '”' => open.iter().rposition(|&(_, m)| m == '“' || m == '"'),
                '"' => open.iter().rposition(|&(_, m)| m == '"' || m == '“'),
                '’' => open.iter().rposition(|&(_, m)| m == '‘').filter(|_| !is_apostrophe(doc, at)),
                _ => open.iter().rposition(|&(_, m)| m == '\'').filter(|_| !is_apostrophe(doc, at)),
            };
            match closes {
                Some(position) => {
                    let (start, _) = open[position];
                    open.truncate(position);
                    if start + 1 < at {
                        out.push(start + 1..at);
                    }
                }
                // opened again without having been closed
                None if mark == '“' && open.iter().any(|&(_, m)| m == '“') => {}
                None if matches!(mark, '“' | '‘') => open.push((at, mark)),
                None if mark == '"' => open.push((at, mark)),
                None if mark == '\'' && spaced => open.push((at, mark)),
                None => {}
            }
            if open.len() > 8 {
                open.remove(0);
            }
        }
    }
    out.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    out
}

/// `leaders’ meeting`: after an s, before a word of the same phrase.
pub(crate) fn is_apostrophe(doc: &Document<'_>, at: usize) -> bool {
    at > 0
        && doc.is_joined(at)
        && doc.word(at - 1).ends_with(['s', 'S'])
        && doc.tokens.get(at + 1).is_some_and(|t| t.is_word())
        && !doc.is_joined(at + 1)
        && !doc
            .class(at + 1)
            .any(Classes::VERB | Classes::PREPOSITION | Classes::CONJUNCTION | Classes::BE | Classes::RELATIVE)
}
