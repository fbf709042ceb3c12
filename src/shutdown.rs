//! SIGTERM and SIGINT, once, for everyone.
