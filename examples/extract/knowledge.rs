//! Files of names and rules → extractor.

use crate::args::{Args, wrong};
use dateline::{Extractor, Table};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

/// The bundled extractor, or one with what the arguments add and take away. A relation or a rule that it does not have ends
/// the program, as any wrong command line does.
pub(crate) fn extractor(args: &Args) -> Result<Cow<'static, Extractor>, Box<dyn Error>> {
    let extractor = if args.gazetteers.is_empty() && args.rules.is_empty() && args.without_rules.is_empty() {
        Cow::Borrowed(Extractor::bundled())
    } else {
        Cow::Owned(build(args)?)
    };
    let known: BTreeSet<&str> = extractor.rules().iter().map(|rule| rule.relation.as_str()).collect();
    if let Some(name) = args.only_relations.iter().find(|name| !known.contains(name.as_str())) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        wrong(&format!("no relation is called `{name}`; the relations are {known}"));
    }
    Ok(extractor)
}

fn build(args: &Args) -> Result<Extractor, Box<dyn Error>> {
    let mut builder = Extractor::builder();
    let mut unread: Vec<String> = Vec::new();
    for file in &args.gazetteers {
        let name = file.display().to_string();
        let kind = if is_json_lines(file) { Ok(None) } else { table_kind(file).map(Some) };
        match kind.and_then(|kind| Ok((kind, read(file)?))) {
            Ok((Some(kind), text)) => builder = builder.table(kind, &name, &text),
            Ok((None, text)) => builder = builder.json_lines(&name, &text),
            Err(why) => unread.push(why),
        }
    }
    for file in &args.rules {
        match read(file) {
            Ok(text) => builder = builder.rules(&file.display().to_string(), &text),
            Err(why) => unread.push(why),
        }
    }
    for id in &args.without_rules {
        builder = builder.without_rule(id);
    }
    let built = builder.build();
    if let Err(e) = &built {
        let unknown = |id: &&String| e.faults().iter().any(|f| f.line == 0 && f.column.as_deref() == Some(id));
        if let Some(id) = args.without_rules.iter().find(unknown).filter(|_| unread.is_empty()) {
            wrong(&format!("no rule has the id `{id}`"));
        }
    }
    match built {
        Ok(extractor) if unread.is_empty() => Ok(extractor),
        built => {
            unread.extend(built.err().map(|e| e.to_string()));
            Err(unread.join("\n").into())
        }
    }
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))
}

fn is_json_lines(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl"))
}

/// Which table a file holds: `agencies.tsv` and `agencies/my.tsv` hold agencies.
fn table_kind(file: &Path) -> Result<Table, String> {
    let names = [file.file_stem(), file.parent().and_then(Path::file_name)];
    names.into_iter().flatten().filter_map(|name| Table::from_name(name.to_str()?)).next().ok_or_else(|| {
        let known: Vec<&str> = Table::ALL.into_iter().map(Table::as_str).collect();
        format!(
            "{}: cannot tell which table this is: the file (without its ending) or its folder must be called one of {}",
            file.display(),
            known.join(", ")
        )
    })
}
