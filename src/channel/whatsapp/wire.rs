//! What the Graph API is told, as JSON.

use serde::Serialize;

/// The name of the product in every call.
const PRODUCT: &str = "whatsapp";

/// A message to one person.
#[derive(Debug, Serialize)]
pub(super) struct Message<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(flatten)]
    recipient: &'a Recipient,
    #[serde(flatten)]
    payload: &'a Payload,
    biz_opaque_callback_data: &'a str,
}

/// Who is written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Recipient {
    /// A phone number, without `+`.
    To(Box<str>),
    /// A business-scoped user id (BSUID).
    Recipient(Box<str>),
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Payload {
    Text { text: Text },
    Interactive { interactive: Interactive },
    Template { template: Template },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Text {
    pub(super) preview_url: bool,
    pub(super) body: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Interactive {
    Button { body: Body, action: Buttons },
    List { body: Body, action: List },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Body {
    pub(super) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Buttons {
    pub(super) buttons: Vec<Button>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Button {
    Reply { reply: Tap },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tap {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct List {
    pub(super) button: String,
    pub(super) sections: [Section; 1],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Section {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Template {
    pub(super) name: Box<str>,
    pub(super) language: TemplateLanguage,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) components: Vec<Component>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TemplateLanguage {
    pub(super) code: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Component {
    Body { parameters: Vec<Parameter> },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Parameter {
    Text {
        #[serde(skip_serializing_if = "Option::is_none")]
        parameter_name: Option<Box<str>>,
        text: String,
    },
}

/// The customer's message was seen, and an answer is being written.
#[derive(Debug, Serialize)]
pub(super) struct Seen<'a> {
    messaging_product: &'static str,
    status: &'static str,
    message_id: &'a str,
    typing_indicator: Typing,
}

#[derive(Debug, Serialize)]
struct Typing {
    #[serde(rename = "type")]
    kind: &'static str,
}

// === impl Payload ===

impl Payload {
    pub(super) fn is_template(&self) -> bool {
        matches!(self, Self::Template { .. })
    }
}

// === impl Message ===

impl<'a> Message<'a> {
    pub(super) fn new(recipient: &'a Recipient, payload: &'a Payload, reference: &'a str) -> Self {
        Self {
            messaging_product: PRODUCT,
            recipient_type: "individual",
            recipient,
            payload,
            biz_opaque_callback_data: reference,
        }
    }
}

// === impl Seen ===

impl<'a> Seen<'a> {
    pub(super) fn new(message_id: &'a str) -> Self {
        Self {
            messaging_product: PRODUCT,
            status: "read",
            message_id,
            typing_indicator: Typing { kind: "text" },
        }
    }
}
