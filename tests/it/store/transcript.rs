//! Transcripts: long ones, read page by page, and whose they are.

use chrono::TimeDelta;
use frontdesk::{
    message::{Arrival, Content, Reply, ThreadId},
    store::{Line, Said, TranscriptPlace},
};
use proptest::{prelude::*, test_runner::TestRunner};
use tokio::{runtime::Handle, task::block_in_place};

use super::{LEASE, Shop, conformance, direct, saying};

conformance!(
    a_long_transcript_begins_with_its_newest_lines,
    the_cursor_of_another_thread_reads_nothing_of_it,
    every_line_is_read_exactly_once_whatever_the_pages,
    lines_keep_their_order_when_the_clock_steps,
);

fn text(line: &Line) -> String {
    match &line.said {
        Said::ByCustomer(Some(Content::Text { text }))
        | Said::ByUs {
            reply: Reply::Text { text },
            ..
        } => text.clone(),
        other => panic!("{other:?}"),
    }
}

impl Shop {
    async fn page(&self, id: ThreadId, before: TranscriptPlace, limit: usize) -> Vec<Line> {
        let lines = self.store.transcript(id, before, limit).await;
        lines.unwrap()
    }

    /// All lines of a thread, the oldest first, read in pages as the API reads them.
    async fn pages(&self, id: ThreadId, limit: usize) -> Vec<String> {
        let (mut before, mut read) = (TranscriptPlace::END, Vec::new());
        loop {
            let mut lines = self.page(id, before, limit + 1).await;
            let is_more = lines.len() > limit;
            lines.truncate(limit);
            before = before.before(&lines);
            read.extend(lines.iter().map(text));
            if !is_more {
                read.reverse();
                return read;
            }
        }
    }

    async fn accept_texts(&self, thread: &str, texts: impl Iterator<Item = String>) {
        let messages = texts.map(|text| Arrival::Message(direct(thread, &text)));
        self.store.accept(messages.collect()).await.unwrap();
    }
}

async fn a_long_transcript_begins_with_its_newest_lines(shop: Shop) {
    let (ana, _) = shop.accept_new(direct("ana", "0")).await;
    let (bea, _) = shop.accept_new(direct("bea", "other")).await;
    for thousand in 0..10 {
        let from = thousand * 1_000 + 1;
        shop.accept_texts("ana", (from..from + 1_000).map(|n| n.to_string()))
            .await;
    }
    let newest = shop.page(ana, TranscriptPlace::END, 200).await;
    let expected = (9_801..=10_000).rev().map(|n| n.to_string());
    assert_eq!(
        newest.iter().map(text).collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );
    let before = TranscriptPlace::END.before(&newest);
    assert_eq!(text(&shop.page(ana, before, 1).await[0]), "9800");
    let whole = shop.pages(ana, 500).await;
    assert_eq!(
        whole,
        (0..=10_000).map(|n| n.to_string()).collect::<Vec<_>>()
    );
    assert_eq!(shop.pages(bea, 500).await, ["other"]);
}

async fn the_cursor_of_another_thread_reads_nothing_of_it(shop: Shop) {
    let (ana, _) = shop.accept_new(direct("ana", "ana 1")).await;
    let (bea, _) = shop.accept_new(direct("bea", "bea 1")).await;
    shop.accept_new(direct("ana", "ana 2")).await;
    shop.accept_new(direct("bea", "bea 2")).await;
    for thread in [ana, bea] {
        let own = shop.pages(thread, 10).await[0][..3].to_owned();
        for number in [i64::MIN, -1, 0, 1, 2, 3, 4, 5, 6, i64::MAX - 1] {
            let forged = TranscriptPlace {
                message: number,
                outbox: number,
                notice: number,
            };
            for line in shop.page(thread, forged, 10).await {
                assert_eq!(text(&line)[..3], own, "{number}");
            }
        }
    }
}

/// One thing that happens in one of three threads.
#[derive(Debug, Clone, Copy)]
enum Step {
    Message(usize),
    Answer,
}

fn history() -> impl Strategy<Value = (Vec<(i64, Step)>, usize)> {
    let step = prop_oneof![
        4 => (0_usize..3).prop_map(Step::Message),
        1 => Just(Step::Answer),
    ];
    // The clock stands still, goes on, and steps back.
    let seconds = prop_oneof![Just(0_i64), 1_i64..5, -50_i64..0];
    (prop::collection::vec((seconds, step), 1..60), 1_usize..12)
}

async fn every_line_is_read_exactly_once_whatever_the_pages(shop: Shop) {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(24));
    let case = std::sync::atomic::AtomicU32::new(0);
    let held = runner.run(&history(), |(steps, limit)| {
        let case = case.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        block_in_place(|| {
            Handle::current().block_on(async {
                let mut said = vec![(None, Vec::new()); 3];
                for (n, (seconds, step)) in steps.into_iter().enumerate() {
                    shop.pass(TimeDelta::seconds(seconds));
                    match step {
                        Step::Message(which) => {
                            let thread = format!("{case}-{which}");
                            let words = n.to_string();
                            let (id, _) = shop.accept_new(direct(&thread, &words)).await;
                            said[which].0 = Some(id);
                            said[which].1.push(words);
                        }
                        Step::Answer => {
                            for lease in shop.store.lease(1, LEASE).await.unwrap().turns {
                                let words = format!("to {n}");
                                shop.settle(&lease, saying(&[&words])).await;
                                let thread =
                                    said.iter_mut().find(|one| one.0 == Some(lease.turn.thread));
                                thread.unwrap().1.push(words);
                            }
                        }
                    }
                }
                for (id, lines) in said {
                    let Some(id) = id else { continue };
                    let mut read = shop.pages(id, limit).await;
                    let by = |bot: bool| move |line: &&String| line.starts_with("to ") == bot;
                    // What each said stands in its order, and nothing is missing or twice.
                    for bot in [false, true] {
                        let read: Vec<_> = read.iter().filter(by(bot)).collect();
                        let said: Vec<_> = lines.iter().filter(by(bot)).collect();
                        prop_assert_eq!(read, said);
                    }
                    let mut lines = lines;
                    read.sort();
                    lines.sort();
                    prop_assert_eq!(read, lines);
                }
                Ok(())
            })?;
            // No turn is left to the next case.
            Handle::current().block_on(async {
                shop.pass(TimeDelta::hours(1));
                loop {
                    let turns = shop.store.lease(100, LEASE).await.unwrap().turns;
                    if turns.is_empty() {
                        break;
                    }
                    for lease in turns {
                        shop.settle(&lease, saying(&[])).await;
                    }
                }
            });
            Ok(())
        })
    });
    held.unwrap_or_else(|broken| panic!("{broken}"));
}

async fn lines_keep_their_order_when_the_clock_steps(shop: Shop) {
    let (ana, _) = shop.accept_new(direct("ana", "1")).await;
    shop.pass(TimeDelta::hours(-1));
    shop.accept_new(direct("ana", "2")).await;
    shop.pass(TimeDelta::hours(2));
    shop.accept_new(direct("ana", "3")).await;
    for limit in 1..4 {
        assert_eq!(shop.pages(ana, limit).await, ["1", "2", "3"], "{limit}");
    }
}
