//! What the process uses, under the names that every dashboard knows (`process_*`).

use prometheus_client::registry::Registry;

/// Adds them where they can be read: on Linux.
pub(super) fn register(registry: &mut Registry) {
    #[cfg(target_os = "linux")]
    registry.register_collector(Box::new(linux::Process));
    #[cfg(not(target_os = "linux"))]
    let _ = registry;
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fmt;

    use procfs::{
        CurrentSI as _, KernelStats, WithCurrentSystemInfo as _,
        process::{LimitValue, Process as Procfs},
    };
    use prometheus_client::{
        collector::Collector,
        encoding::{DescriptorEncoder, EncodeMetric},
        metrics::{counter::ConstCounter, gauge::ConstGauge},
        registry::Unit,
    };

    /// Reads `/proc/self` at each scrape.
    #[derive(Debug)]
    pub(super) struct Process;

    /// One reading.
    struct Usage {
        cpu_seconds: f64,
        resident_bytes: u64,
        virtual_bytes: u64,
        threads: i64,
        open_fds: Option<u64>,
        max_fds: Option<u64>,
        start_time_seconds: Option<f64>,
    }

    impl Usage {
        fn read() -> procfs::ProcResult<Self> {
            let process = Procfs::myself()?;
            let stat = process.stat()?;
            let ticks = procfs::ticks_per_second();
            let seconds = |of: u64| Self::float(of) / Self::float(ticks);
            let limits = process.limits().ok();
            let max_fds = limits.map(|limits| limits.max_open_files.soft_limit);
            Ok(Self {
                cpu_seconds: seconds(stat.utime + stat.stime),
                resident_bytes: stat.rss_bytes().get(),
                virtual_bytes: stat.vsize,
                threads: stat.num_threads,
                open_fds: process.fd_count().ok().and_then(|n| u64::try_from(n).ok()),
                max_fds: max_fds.and_then(|limit| match limit {
                    LimitValue::Value(most) => Some(most),
                    LimitValue::Unlimited => None,
                }),
                start_time_seconds: KernelStats::current()
                    .ok()
                    .map(|kernel| Self::float(kernel.btime) + seconds(stat.starttime)),
            })
        }

        #[expect(
            clippy::cast_precision_loss,
            reason = "ticks and seconds stay far under 2^52"
        )]
        fn float(n: u64) -> f64 {
            n as f64
        }
    }

    impl Collector for Process {
        fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
            // A reading that fails (a locked-down /proc) leaves its metrics out of this scrape.
            let Ok(usage) = Usage::read() else {
                return Ok(());
            };
            let mut put = |name, help, unit: Option<Unit>, metric: &dyn Encoded| {
                metric.put(&mut encoder, name, help, unit.as_ref())
            };
            let bytes = || Some(Unit::Bytes);
            let seconds = || Some(Unit::Seconds);
            let gauge = |value| ConstGauge::<u64>::new(value);
            put(
                "process_cpu",
                "CPU time used",
                seconds(),
                &ConstCounter::new(usage.cpu_seconds),
            )?;
            put(
                "process_resident_memory",
                "Memory in RAM",
                bytes(),
                &gauge(usage.resident_bytes),
            )?;
            put(
                "process_virtual_memory",
                "Address space",
                bytes(),
                &gauge(usage.virtual_bytes),
            )?;
            put(
                "process_threads",
                "Threads",
                None,
                &ConstGauge::<i64>::new(usage.threads),
            )?;
            if let Some(open) = usage.open_fds {
                put(
                    "process_open_fds",
                    "Open files and sockets",
                    None,
                    &gauge(open),
                )?;
            }
            if let Some(most) = usage.max_fds {
                put(
                    "process_max_fds",
                    "The most files and sockets",
                    None,
                    &gauge(most),
                )?;
            }
            if let Some(start) = usage.start_time_seconds {
                let start = ConstGauge::<f64>::new(start);
                put("process_start_time", "Start, since 1970", seconds(), &start)?;
            }
            Ok(())
        }
    }

    /// A metric of any type.
    trait Encoded {
        fn put(
            &self,
            encoder: &mut DescriptorEncoder<'_>,
            name: &str,
            help: &str,
            unit: Option<&Unit>,
        ) -> fmt::Result;
    }

    impl<M: EncodeMetric> Encoded for M {
        fn put(
            &self,
            encoder: &mut DescriptorEncoder<'_>,
            name: &str,
            help: &str,
            unit: Option<&Unit>,
        ) -> fmt::Result {
            let encoder = encoder.encode_descriptor(name, help, unit, self.metric_type())?;
            self.encode(encoder)
        }
    }
}
