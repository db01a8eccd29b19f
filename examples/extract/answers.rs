//! What is said of documents, and the form in which it is written.

use crate::input::Document;
use crate::output::Destination;
use crate::render::Renderer;
use serde::Serialize;
use std::error::Error;

/// A form of answers. They are collected and finished by any threads, and written by one.
pub(crate) trait Form {
    type Answers: Default;
    type Finished: Send;
    type Output;

    /// Answers a document with what is found in it.
    fn add(answers: &mut Self::Answers, renderer: &Renderer<'_>, document: &Document);
    fn add_failure(answers: &mut Self::Answers, failure: &Failure<'_>);
    fn finish(answers: Self::Answers) -> Result<Self::Finished, dateline::Error>;

    fn open(destination: Destination) -> Result<Self::Output, Box<dyn Error>>;
    fn write(output: &mut Self::Output, answers: &Self::Finished) -> Result<(), Box<dyn Error>>;
    /// Writes what comes last, and puts the file in its place.
    fn close(output: Self::Output) -> Result<(), Box<dyn Error>>;
}

/// The answer to a document without a result.
#[derive(Serialize)]
pub(crate) struct Failure<'f> {
    pub(crate) doc: Option<&'f str>,
    pub(crate) file: &'f str,
    /// The number of a line or row, from 1; 0: the file as a whole is meant.
    pub(crate) line: usize,
    pub(crate) error: &'f str,
}

/// A line of JSON for each document.
pub(crate) enum Lines {}

impl Form for Lines {
    type Answers = String;
    type Finished = String;
    type Output = Destination;

    fn add(answers: &mut String, renderer: &Renderer<'_>, document: &Document) {
        answers.push_str(&renderer.render(document).text);
    }

    fn add_failure(answers: &mut String, failure: &Failure<'_>) {
        let failure = serde_json::to_string(failure);
        answers.push_str(&failure.unwrap_or_else(|e| unreachable!("text is always valid JSON: {e}")));
        answers.push('\n');
    }

    fn finish(answers: String) -> Result<String, dateline::Error> {
        Ok(answers)
    }

    fn open(destination: Destination) -> Result<Destination, Box<dyn Error>> {
        Ok(destination)
    }

    fn write(output: &mut Destination, answers: &String) -> Result<(), Box<dyn Error>> {
        Ok(output.write_text(answers)?)
    }

    fn close(output: Destination) -> Result<(), Box<dyn Error>> {
        output.finish()
    }
}
