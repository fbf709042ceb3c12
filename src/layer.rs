//! The tower layers in front of the webhook.
