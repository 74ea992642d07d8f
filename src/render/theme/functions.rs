//! The functions of templates: strings, names of languages, numbers.

use crate::site::strings::{Arg, Strings};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, PoisonError, RwLock};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// The strings of a language, with what they said without arguments or about numbers: the same on many pages.
struct Speaker {
    tag: String,
    strings: Arc<Strings>,
    said: [RwLock<HashMap<Box<str>, Value>>; 3],
}

/// How a template asks for a string.
#[derive(Clone, Copy)]
enum Manner {
    Html,
    Text,
    Script,
}

impl Speaker {
    fn say(&self, manner: Manner, arguments: &Kwargs) -> TeraResult<Value> {
        let key = arguments.must_get::<&str>("key")?;
        let Some(asked) = question(key, arguments) else { return Ok(self.make(manner, key, arguments)) };
        let said = &self.said[manner as usize];
        if let Some(known) = said.read().unwrap_or_else(PoisonError::into_inner).get(&*asked) {
            return Ok(known.clone());
        }
        let value = self.make(manner, key, arguments);
        said.write().unwrap_or_else(PoisonError::into_inner).insert(asked.into(), value.clone());
        Ok(value)
    }

    fn make(&self, manner: Manner, key: &str, arguments: &Kwargs) -> Value {
        let given: Vec<(&str, Arg<'_>)> =
            arguments.iter().filter_map(|(name, value)| Some((name.as_str().filter(|name| *name != "key")?, argument(value)))).collect();
        match manner {
            Manner::Html => Value::safe_string(&self.strings.html(key, &given)),
            Manner::Text => Value::normal_string(&self.strings.text(key, &given)),
            Manner::Script => Value::normal_string(&self.strings.script(key)),
        }
    }
}

/// What is asked of a string, where many pages may ask the same: its name, and no arguments but numbers.
fn question<'k>(key: &'k str, arguments: &Kwargs) -> Option<Cow<'k, str>> {
    let mut asked = Cow::Borrowed(key);
    for (name, value) in arguments.iter().filter(|(name, _)| name.as_str() != Some("key")) {
        let number = value.as_f64().filter(|_| value.as_str().is_none())?;
        let _ = write!(asked.to_mut(), " {}={number}", name.as_str()?);
    }
    Some(asked)
}

/// The most numbers that `range` makes. Tera has no limit of work, and its own `range` makes 100,000: two loops inside each other would
/// never end, and say nothing.
const LONGEST_RANGE: usize = 1000;

/// `range(start=0, end, step_by=1)`.
fn range(arguments: &Kwargs) -> TeraResult<Vec<i64>> {
    let (mut at, end) = (arguments.get::<i64>("start")?.unwrap_or(0), arguments.must_get::<i64>("end")?);
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    let mut numbers = Vec::new();
    while if step < 0 { at > end } else { at < end } {
        if numbers.len() == LONGEST_RANGE || step == 0 {
            return Err(Error::message(format!("`range` makes at most {LONGEST_RANGE} numbers")));
        }
        numbers.push(at);
        at = at.saturating_add(step);
    }
    Ok(numbers)
}

/// Makes the functions of templates known.
pub(super) fn register(tera: &mut Tera, strings: Vec<(String, Arc<Strings>)>) {
    let speaker = |(tag, strings)| Speaker { tag, strings, said: Default::default() };
    let speakers: Arc<Vec<Speaker>> = Arc::new(strings.into_iter().map(speaker).collect());
    for (name, manner) in [("t", Manner::Html), ("tt", Manner::Text), ("msg", Manner::Script)] {
        let speakers = speakers.clone();
        tera.register_function(name, move |arguments: Kwargs, state: &State| speaking(&speakers, state)?.say(manner, &arguments));
    }
    let all = speakers.clone();
    tera.register_function("language_name", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&all, state)?.strings.language_name(arguments.must_get::<&str>("tag")?)))
    });
    let all = speakers.clone();
    tera.register_function("number", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&all, state)?.strings.locale.number(arguments.must_get::<i64>("n")?)))
    });
    tera.register_function("range", |arguments: Kwargs, _: &State| range(&arguments));
    tera.register_function("percent", move |arguments: Kwargs, state: &State| {
        Ok::<_, Error>(Value::normal_string(&speaking(&speakers, state)?.strings.locale.percent(arguments.must_get::<f64>("n")?)))
    });
}

/// The strings of the page's language.
fn speaking<'s>(speakers: &'s [Speaker], state: &State<'_>) -> TeraResult<&'s Speaker> {
    let lang = state.get::<String>("lang")?.unwrap_or_default();
    let known = speakers.iter().find(|speaker| speaker.tag == lang);
    known.ok_or_else(|| Error::message(format!("`lang` is `{lang}`, which is not a language of this site")))
}

fn argument(value: &Value) -> Arg<'_> {
    match (value.as_str(), value.as_f64()) {
        (Some(text), _) if value.is_safe() => Arg::Html(text.into()),
        (Some(text), _) => Arg::Text(text.into()),
        (_, Some(number)) => Arg::Number(number),
        _ => value.as_i64().map_or_else(|| Arg::Text(value.to_string().into()), |number| Arg::Number(number as f64)),
    }
}
