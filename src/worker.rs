//! The loop that leases turns, runs the workflow and commits.
