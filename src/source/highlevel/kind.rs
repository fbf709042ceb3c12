//! Types of messages, and how a contact who wrote one is answered.
//!
//! The names are those of HighLevel's webhooks (`SMS`, `GMB`, `Custom`, …) and of its conversations
//! API (`TYPE_SMS`, …). A type that is told and not in these tables is unknown: it is neither
//! answered by a guess nor passed over in silence.

use serde_json::Value;

use crate::message::Medium;

/// What a message's type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageType {
    /// Part of a conversation; the `type` of `POST /conversations/messages` that answers it, where
    /// the type was told.
    Conversation(Option<&'static str>),
    /// E-mails, calls, reviews, comments, activities: nothing to answer.
    Silent,
    /// A type that this release does not know.
    Unknown,
}

/// The types that are answered, without `TYPE_` and punctuation, and what they are answered by.
const CONVERSATIONS: [(&str, &str); 14] = [
    ("WHATSAPP", "WhatsApp"),
    ("SMS", "SMS"),
    ("CUSTOMSMS", "SMS"),
    ("RCS", "RCS"),
    ("IG", "IG"),
    ("INSTAGRAM", "IG"),
    ("FB", "FB"),
    ("FACEBOOK", "FB"),
    ("GMB", "GMB"),
    ("LIVECHAT", "Live_Chat"),
    ("WEBCHAT", "Live_Chat"),
    ("TIKTOK", "TIKTOK"),
    ("CUSTOM", "Custom"),
    ("CUSTOMPROVIDERSMS", "Custom"),
];

/// How the names of types begin that nobody answers.
const SILENT_STARTS: [&str; 3] = ["ACTIVITY", "INFO", "SYSTEM"];
/// How the names of types end that nobody answers.
const SILENT_ENDS: [&str; 13] = [
    "EMAIL",
    "CALL",
    "VOICEMAIL",
    "REVIEW",
    "REVIEWS",
    "REVIEWREQUEST",
    "NOSHOWREQUEST",
    "COMMENT",
    "COMMENTS",
    "REACTION",
    "INFOMESSAGE",
    "INTERNALCHAT",
    "FORMSUBMISSION",
];

/// The names of types that are told as a number: the first is 1. Those of campaigns are only sent.
const NUMBERED: [&str; 38] = [
    "CALL",
    "SMS",
    "EMAIL",
    "SMSREVIEWREQUEST",
    "WEBCHAT",
    "SMSNOSHOWREQUEST",
    "CAMPAIGNSMS",
    "CAMPAIGNCALL",
    "CAMPAIGNEMAIL",
    "CAMPAIGNVOICEMAIL",
    "FACEBOOK",
    "CAMPAIGNFACEBOOK",
    "CAMPAIGNMANUALCALL",
    "CAMPAIGNMANUALSMS",
    "GMB",
    "CAMPAIGNGMB",
    "REVIEW",
    "INSTAGRAM",
    "WHATSAPP",
    "CUSTOMSMS",
    "CUSTOMEMAIL",
    "CUSTOMPROVIDERSMS",
    "CUSTOMPROVIDEREMAIL",
    "IVRCALL",
    "ACTIVITYCONTACT",
    "ACTIVITYINVOICE",
    "ACTIVITYPAYMENT",
    "ACTIVITYOPPORTUNITY",
    "LIVECHAT",
    "LIVECHATINFOMESSAGE",
    "ACTIVITYAPPOINTMENT",
    "FACEBOOKCOMMENT",
    "INSTAGRAMCOMMENT",
    "CUSTOMCALL",
    "GROUPSMS",
    "INTERNALCHAT",
    "INTERNALCOMMENT",
    "ACTIVITYEMPLOYEEACTIONLOG",
];

// === impl MessageType ===

impl MessageType {
    /// The type that these fields tell, each a name or a number. A message that any field calls
    /// silent is: a custom provider's e-mail is told as `Custom` and `TYPE_CUSTOM_PROVIDER_EMAIL`.
    pub(super) fn read<'v>(told: impl IntoIterator<Item = &'v Value>) -> Self {
        let mut of_names = None;
        let mut of_numbers = None;
        for value in told {
            let (found, place) = match value {
                Value::String(name) if !name.trim().is_empty() => {
                    (Self::named(name), &mut of_names)
                }
                Value::Number(number) => (Self::numbered(number.as_u64()), &mut of_numbers),
                _ => continue,
            };
            *place = Some(match (*place, found) {
                (Some(Self::Silent), _) | (_, Self::Silent) => Self::Silent,
                (None | Some(Self::Unknown), found) => found,
                (Some(known), _) => known,
            });
        }
        // Names are documented, numbers are not.
        match (of_names, of_numbers) {
            (Some(Self::Unknown) | None, Some(found)) | (Some(found), _) => found,
            (None, None) => Self::Conversation(None),
        }
    }

    /// How the contact is answered: by the same way, and by the same provider of it where a custom
    /// one brought the message.
    pub(super) fn medium(self, provider: Option<&str>) -> Option<Box<str>> {
        match self {
            Self::Conversation(Some(kind)) => Some(Medium { kind, provider }.to_string().into()),
            Self::Conversation(None) | Self::Silent | Self::Unknown => None,
        }
    }

    fn numbered(number: Option<u64>) -> Self {
        let place = number.and_then(|number| usize::try_from(number.checked_sub(1)?).ok());
        let name = place.and_then(|place| NUMBERED.get(place));
        name.map_or(Self::Unknown, |name| Self::named(name))
    }

    fn named(name: &str) -> Self {
        // `TYPE_LIVE_CHAT` and `Live_Chat` are one type.
        let mut name = name.to_ascii_uppercase();
        name.retain(|character| character.is_ascii_alphanumeric());
        let name = name.strip_prefix("TYPE").unwrap_or(&name);
        let is_silent = SILENT_STARTS.iter().any(|start| name.starts_with(start))
            || SILENT_ENDS.iter().any(|end| name.ends_with(end));
        if is_silent {
            return Self::Silent;
        }
        let mut known = CONVERSATIONS.iter();
        let found = known.find(|(known, _)| *known == name);
        found.map_or(Self::Unknown, |(_, kind)| Self::Conversation(Some(kind)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(told: &Value) -> MessageType {
        MessageType::read(told.as_array().unwrap())
    }

    #[test]
    fn any_field_that_calls_a_message_silent_is_believed() {
        let silent = [
            json!(["Custom", "TYPE_CUSTOM_PROVIDER_EMAIL"]),
            json!(["TYPE_CUSTOM_PROVIDER_EMAIL", "Custom"]),
            json!(["Live_Chat", "TYPE_LIVE_CHAT_INFO_MESSAGE"]),
            json!(["GMB Review", "TYPE_GMB"]),
            json!([1]),
            json!([30]),
        ];
        for told in silent {
            assert_eq!(read(&told), MessageType::Silent, "{told}");
        }
    }

    #[test]
    fn a_name_outweighs_a_number_unless_nobody_knows_the_name() {
        let by = |kind| MessageType::Conversation(Some(kind));
        for (told, expected) in [
            (json!(["Custom", 3]), by("Custom")),
            (json!(["SOMETHING_NEW", 19]), by("WhatsApp")),
            (json!(["SOMETHING_NEW", "TYPE_SMS"]), by("SMS")),
            (json!([22]), by("Custom")),
            (json!([0]), MessageType::Unknown),
            (json!([99]), MessageType::Unknown),
            (json!([-1]), MessageType::Unknown),
            (json!(["SOMETHING_NEW"]), MessageType::Unknown),
            (json!(["GroupSMS"]), MessageType::Unknown),
            (json!([null, "", {}]), MessageType::Conversation(None)),
        ] {
            assert_eq!(read(&told), expected, "{told}");
        }
    }
}
