//! What Meta documents of a call, so that a call that breaks it fails the test.
//!
//! Written from the documentation, not from the channel: lengths are checked by both ways to count.

use std::collections::HashSet;

use serde_json::Value;

/// What is wrong with a call.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<String>);

/// Checks the body of a message, or of a mark as read.
pub(super) fn check(body: &Value) -> Faults {
    let mut faults = Faults::default();
    faults.is(body, "/messaging_product", "whatsapp");
    if body.get("status").is_some() {
        faults.seen(body);
    } else {
        faults.message(body);
    }
    faults
}

impl Faults {
    fn add(&mut self, fault: impl Into<String>) {
        self.0.push(fault.into());
    }

    fn keys(&mut self, at: &str, value: &Value, required: &[&str], optional: &[&str]) {
        let Some(object) = value.as_object() else {
            return self.add(format!("{at} is no object"));
        };
        for key in required.iter().filter(|key| !object.contains_key(**key)) {
            self.add(format!("{at} lacks {key}"));
        }
        let known = |key: &&String| [required, optional].concat().contains(&key.as_str());
        for key in object.keys().filter(|key| !known(key)) {
            self.add(format!("{at} has an unknown {key}"));
        }
    }

    fn is(&mut self, body: &Value, pointer: &str, wanted: &str) {
        if body.pointer(pointer).and_then(Value::as_str) != Some(wanted) {
            self.add(format!("{pointer} is not {wanted}"));
        }
    }

    /// A text that is there, not blank and not too long.
    fn text<'a>(&mut self, at: &str, value: &'a Value, max: usize) -> &'a str {
        let Some(text) = value.as_str() else {
            self.add(format!("{at} is no text"));
            return "";
        };
        if text.trim().is_empty() {
            self.add(format!("{at} is blank"));
        }
        let length = text.chars().count().max(text.encode_utf16().count());
        if length > max {
            self.add(format!("{at} has {length} characters, over {max}"));
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            self.add(format!("{at} has control characters"));
        }
        text
    }

    /// A text on one line without blanks around it.
    fn label<'a>(&mut self, at: &str, value: &'a Value, max: usize) -> &'a str {
        let text = self.text(at, value, max);
        if text.trim() != text || text.contains('\n') {
            self.add(format!("{at} has blanks around it or several lines"));
        }
        text
    }

    fn unique(&mut self, at: &str, texts: &[&str]) {
        if texts.iter().collect::<HashSet<_>>().len() < texts.len() {
            self.add(format!("{at} are not unique"));
        }
    }

    fn seen(&mut self, body: &Value) {
        let keys = [
            "messaging_product",
            "status",
            "message_id",
            "typing_indicator",
        ];
        self.keys("the mark as read", body, &keys, &[]);
        self.is(body, "/status", "read");
        self.is(body, "/typing_indicator/type", "text");
        let id = self.text("message_id", &body["message_id"], 512);
        if !id.starts_with("wamid.") {
            self.add("message_id is none of WhatsApp's");
        }
    }

    fn message(&mut self, body: &Value) {
        let kind = body["type"].as_str().unwrap_or_default();
        let required = [
            "messaging_product",
            "recipient_type",
            "type",
            "biz_opaque_callback_data",
            kind,
        ];
        self.keys("the message", body, &required, &["to", "recipient"]);
        self.is(body, "/recipient_type", "individual");
        self.text(
            "biz_opaque_callback_data",
            &body["biz_opaque_callback_data"],
            512,
        );
        match (body["to"].as_str(), body["recipient"].as_str()) {
            (Some(to), None) => self.phone(to),
            (None, Some(id)) => self.user_id(id),
            _ => self.add("not exactly one of to and recipient"),
        }
        match kind {
            "text" => {
                self.keys("text", &body["text"], &["body"], &["preview_url"]);
                self.text("text.body", &body["text"]["body"], 4096);
            }
            "interactive" => self.interactive(&body["interactive"]),
            "template" => self.template(&body["template"]),
            _ => self.add("type is unknown"),
        }
    }

    fn phone(&mut self, to: &str) {
        if !(7..=15).contains(&to.len()) || !to.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add("to is no phone number");
        }
    }

    /// Two letters of a country, a dot, and letters and digits.
    fn user_id(&mut self, id: &str) {
        let (country, rest) = id.split_once('.').unwrap_or_default();
        let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
        let is_country =
            country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_id = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_country || !is_id || id.len() > 131 {
            self.add("recipient is no user id");
        }
    }

    fn interactive(&mut self, interactive: &Value) {
        self.keys("interactive", interactive, &["type", "body", "action"], &[]);
        self.keys("interactive.body", &interactive["body"], &["text"], &[]);
        // Meta documents 4096 for lists, other providers of the API refuse over 1024.
        self.text("interactive.body.text", &interactive["body"]["text"], 1024);
        match interactive["type"].as_str() {
            Some("button") => self.buttons(&interactive["action"]),
            Some("list") => self.list(&interactive["action"]),
            _ => self.add("interactive.type is unknown"),
        }
    }

    fn buttons(&mut self, action: &Value) {
        self.keys("action", action, &["buttons"], &[]);
        let buttons = action["buttons"].as_array().map_or(&[][..], Vec::as_slice);
        if !(1..=3).contains(&buttons.len()) {
            self.add(format!("{} buttons", buttons.len()));
        }
        let (mut ids, mut titles) = (Vec::new(), Vec::new());
        for button in buttons {
            self.keys("button", button, &["type", "reply"], &[]);
            self.is(button, "/type", "reply");
            self.keys("button.reply", &button["reply"], &["id", "title"], &[]);
            ids.push(self.label("button id", &button["reply"]["id"], 256));
            titles.push(self.label("button title", &button["reply"]["title"], 20));
        }
        self.unique("button ids", &ids);
        self.unique("button titles", &titles);
    }

    fn list(&mut self, action: &Value) {
        self.keys("action", action, &["button", "sections"], &[]);
        self.label("list button", &action["button"], 20);
        let sections = action["sections"].as_array().map_or(&[][..], Vec::as_slice);
        if !(1..=10).contains(&sections.len()) {
            self.add(format!("{} sections", sections.len()));
        }
        let mut ids = Vec::new();
        for section in sections {
            let required = if sections.len() > 1 {
                &["title", "rows"][..]
            } else {
                &["rows"]
            };
            self.keys("section", section, required, &["title"]);
            let rows = section["rows"].as_array().map_or(&[][..], Vec::as_slice);
            for row in rows {
                self.keys("row", row, &["id", "title"], &["description"]);
                ids.push(self.label("row id", &row["id"], 200));
                self.label("row title", &row["title"], 24);
                if let Some(description) = row.get("description") {
                    self.label("row description", description, 72);
                }
            }
        }
        if !(1..=10).contains(&ids.len()) {
            self.add(format!("{} rows", ids.len()));
        }
        self.unique("row ids", &ids);
    }

    fn template(&mut self, template: &Value) {
        self.keys("template", template, &["name", "language"], &["components"]);
        let name = self.text("template.name", &template["name"], 512);
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !name.bytes().all(is_name) {
            self.add("template.name has other characters than a to z, digits and _");
        }
        self.keys(
            "template.language",
            &template["language"],
            &["code"],
            &["policy"],
        );
        let code = template["language"]["code"].as_str().unwrap_or_default();
        let (language, country) = code.split_once('_').unwrap_or((code, "US"));
        let is_language = (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_country =
            country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_language || !is_country {
            self.add("template.language.code is none");
        }
        for component in template["components"]
            .as_array()
            .map_or(&[][..], Vec::as_slice)
        {
            self.keys("component", component, &["type", "parameters"], &[]);
            self.is(component, "/type", "body");
            for parameter in component["parameters"]
                .as_array()
                .map_or(&[][..], Vec::as_slice)
            {
                self.keys(
                    "parameter",
                    parameter,
                    &["type", "text"],
                    &["parameter_name"],
                );
                self.is(parameter, "/type", "text");
                if let Some(name) = parameter.get("parameter_name") {
                    self.label("parameter_name", name, 60);
                }
                let text = self.text("parameter", &parameter["text"], 1024);
                if text.contains(['\n', '\t']) || text.contains("     ") {
                    self.add("parameter has a line break, a tab or more than four blanks");
                }
            }
        }
    }
}
