//! The edge: routes, probes, metrics and the error envelope.
