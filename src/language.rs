//! What did they mean? Intent, service, date and time.
