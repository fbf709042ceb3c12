//! In which language to answer.
//!
//! The invariant: it is one of the business's. What is said in another is answered only as far as
//! it was understood.

use super::{InputReader, LanguageWish, Utterance};
use crate::language::{DetectedLanguage, Language, Reading, Slot, words::Words};

/// With so many words a text is in a language, whatever was spoken before. Fewer may be a name,
/// or a word that both languages have.
const A_SENTENCE: usize = 4;

impl Utterance {
    pub(super) fn language(
        &mut self,
        input_reader: &InputReader<'_>,
        words: &Words,
        reading: &Reading,
    ) {
        let spoken = |language: &Language| input_reader.business.languages.contains(language);
        let asked_for = reading.find(|slot| match slot {
            Slot::Language(language) => Some(*language),
            _ => None,
        });
        if let Some(wanted) = asked_for {
            match wanted {
                DetectedLanguage::In(language) if spoken(&language) => {
                    self.language = Some(language);
                    self.tongue = Some(LanguageWish::Switch);
                }
                _ => self.tongue = Some(LanguageWish::Foreign),
            }
            return;
        }
        let known = self.language.or(input_reader.memory.language);
        match reading.tongue {
            DetectedLanguage::In(language) if spoken(&language) => {
                if !reading.is_empty() {
                    self.tongue.take_if(|wish| *wish == LanguageWish::Foreign);
                }
                if known.is_none() || words.as_slice().len() >= A_SENTENCE {
                    self.language = Some(language);
                }
            }
            // Of a whole sentence that is foreign what is understood is chance.
            DetectedLanguage::Other if words.as_slice().len() >= A_SENTENCE => {
                self.tongue = Some(LanguageWish::Foreign);
            }
            // One word proves nothing: "yo" is also English.
            DetectedLanguage::In(_) | DetectedLanguage::Other if words.as_slice().len() == 1 => {}
            DetectedLanguage::In(_) | DetectedLanguage::Other => {
                if reading.is_empty() {
                    self.tongue = Some(LanguageWish::Foreign);
                }
            }
            DetectedLanguage::Unclear => {}
        }
    }
}
