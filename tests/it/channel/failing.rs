//! What becomes of a message when Meta refuses it, fails, or does not answer.

use std::time::Duration;

use tokio::net::TcpListener;

use super::*;
use crate::support::graph::Fault;

/// What `hello` meets under a fault.
async fn met(graph: &Graph, fault: Fault) -> SendError {
    graph.fail([fault]);
    channel(graph).send(&hello(), 0).await.unwrap_err()
}

/// The error in a word: what to do about it, and why.
fn told(error: &SendError) -> String {
    match error {
        SendError::Retry { reason, .. } => format!("retry {reason}"),
        SendError::Wait { reason, .. } => format!("wait {reason}"),
        SendError::Hold { reason, .. } => format!("hold {reason}"),
        SendError::GiveUp { reason, code } => format!("give up {reason} {code:?}"),
        SendError::Alert { reason, code } => format!("alert {reason} {code:?}"),
        SendError::Template { reason, code } => format!("template {reason} {code}"),
        SendError::NoSuchPart => "no such part".to_owned(),
        SendError::Ambiguous => "ambiguous".to_owned(),
    }
}

#[tokio::test]
async fn every_documented_code_says_what_to_do() {
    let graph = Graph::start().await;
    for (code, expected) in [
        (131_047, "give up window_closed Some(131047)"),
        (130_429, "hold throughput"),
        (131_056, "wait pair_rate"),
        (131_048, "give up spam_rate Some(131048)"),
        (131_049, "give up unwanted Some(131049)"),
        (131_026, "give up undeliverable Some(131026)"),
        (131_051, "give up invalid Some(131051)"),
        (131_052, "give up invalid Some(131052)"),
        (131_053, "give up invalid Some(131053)"),
        (131_000, "retry provider_failed"),
        (131_016, "retry provider_failed"),
        (132_000, "template template_parameter_count 132000"),
        (132_001, "template template_missing 132001"),
        (132_005, "template template_text_too_long 132005"),
        (132_007, "template template_policy 132007"),
        (132_012, "template template_parameter_format 132012"),
        (132_015, "template template_paused 132015"),
        (132_016, "template template_disabled 132016"),
        (132_018, "template template_parameter_format 132018"),
        (132_068, "give up invalid Some(132068)"),
        (132_100, "template template 132100"),
        (130_472, "give up experiment Some(130472)"),
        (190, "alert token Some(190)"),
        (0, "alert token Some(0)"),
        (10, "alert permission Some(10)"),
        (200, "alert permission Some(200)"),
        (299, "alert permission Some(299)"),
        (4, "hold app_rate"),
        (80_007, "hold app_rate"),
        (368, "alert account_blocked Some(368)"),
        (131_031, "alert account_blocked Some(131031)"),
        (100, "give up invalid Some(100)"),
        (999_999, "retry unknown_error"),
    ] {
        // As 400, which is how limits come, and as 500: the code decides.
        for status in [400, 500] {
            let error = met(&graph, Fault::Code(status, code)).await;
            assert_eq!(told(&error), expected);
        }
    }
    let foreign = met(&graph, Fault::Subcode(400, 100, 33)).await;
    assert_eq!(told(&foreign), "alert unknown_number Some(100)");
    assert_eq!(graph.taken().len(), 0);
}

#[tokio::test]
async fn without_a_code_the_status_says_what_to_do() {
    let graph = Graph::start().await;
    for (status, expected) in [
        (400, "retry unknown_error"),
        (401, "alert permission None"),
        (403, "alert permission None"),
        (404, "alert api_url None"),
        (413, "give up invalid None"),
        (429, "hold throughput"),
        (500, "ambiguous"),
        (502, "ambiguous"),
        (503, "retry provider_failed"),
        (504, "ambiguous"),
    ] {
        assert_eq!(
            told(&met(&graph, Fault::Html(status)).await),
            expected,
            "{status}"
        );
    }
    let elsewhere = Fault::Redirect(format!("{}/1/messages", graph.url()));
    assert_eq!(told(&met(&graph, elsewhere).await), "alert api_url None");
    assert_eq!(graph.taken().len(), 0);
}

#[tokio::test]
async fn a_limit_that_is_met_holds_the_messages_that_it_concerns() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    let mut other = hello();
    other.thread.key = format!("{NUMBER}:12025550199").into();
    other.contact.phone = PhoneNumber::parse("+12025550199").ok();

    graph.fail([Fault::RetryAfter(400, 131_056, "20")]);
    let refused = channel.send(&hello(), 0).await.unwrap_err();
    assert!(matches!(refused, SendError::Wait { after, .. } if after == Duration::from_secs(20)));
    let held = channel.send(&hello(), 0).await.unwrap_err();
    assert!(matches!(held, SendError::Wait { after, .. } if after > Duration::from_secs(19)));
    assert_eq!(graph.calls(), 1);
    channel.send(&other, 0).await.unwrap();

    graph.fail([Fault::RetryAfter(429, 130_429, "30")]);
    let refused = channel.send(&other, 0).await.unwrap_err();
    assert!(matches!(refused, SendError::Hold { after, .. } if after == Duration::from_secs(30)));
    let held = channel.send(&hello(), 0).await.unwrap_err();
    assert!(matches!(held, SendError::Hold { after, .. } if after > Duration::from_secs(29)));
    assert_eq!(channel.room(NUMBER).count, 0);
    assert_eq!(graph.calls(), 3);
}

#[tokio::test]
async fn a_failure_is_retried_when_the_provider_says() {
    let graph = Graph::start().await;
    let date = Fault::RetryAfter(503, 131_016, "Fri, 27 Nov 2026 10:01:00 GMT");
    let error = met(&graph, date).await;
    let SendError::Retry { after, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(after, Some(Duration::from_mins(1)));
}

#[tokio::test]
async fn who_gets_no_answer_does_not_know_what_became_of_the_message() {
    let graph = Graph::start().await;
    let channel = with_config(Config {
        answer_timeout: Duration::from_millis(200),
        ..Config::new(graph.url().parse().unwrap())
    });
    let taken = [
        Fault::NoAnswer,
        Fault::LostAnswer,
        Fault::Garbled(""),
        Fault::Garbled("{\"messages\":[{}]}"),
        Fault::Huge,
    ];
    for fault in taken {
        graph.fail([fault.clone()]);
        let error = channel.send(&hello(), 0).await.unwrap_err();
        assert_eq!(told(&error), "ambiguous", "{fault:?}");
    }
    assert_eq!(graph.taken().len(), 5);
    graph.fail([Fault::HangUp]);
    assert_eq!(
        told(&channel.send(&hello(), 0).await.unwrap_err()),
        "ambiguous"
    );
    assert_eq!(graph.taken().len(), 5);
    // Late is not lost.
    graph.fail([Fault::Slow(Duration::from_millis(20))]);
    channel.send(&hello(), 0).await.unwrap();
}

#[tokio::test]
async fn where_nobody_is_there_the_message_waits() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for url in [
        format!("http://{address}/v26.0"),
        "http://frontdesk.invalid/v26.0".to_owned(),
    ] {
        let channel = with_config(Config::new(url.parse().unwrap()));
        let error = channel.send(&hello(), 0).await.unwrap_err();
        assert_eq!(told(&error), "hold unreached");
        assert!(!format!("{error:?} {error}").contains(PHONE));
    }
}

#[tokio::test]
async fn who_does_not_speak_tls_was_told_nothing() {
    let graph = Graph::start().await;
    let url = graph.url().replace("http://", "https://");
    let channel = with_config(Config::new(url.parse().unwrap()));
    let error = channel.send(&hello(), 0).await.unwrap_err();
    assert_eq!(told(&error), "hold unreached");
}

#[tokio::test]
async fn a_mark_as_seen_that_fails_is_none_of_the_replys() {
    let graph = Graph::start().await;
    let channel = with_config(Config {
        answer_timeout: Duration::from_millis(200),
        ..Config::new(graph.url().parse().unwrap())
    });
    let mut message = hello();
    message.answers = MessageId::new("wamid.HBgL");
    for fault in [
        Fault::Code(400, 100),
        Fault::HangUp,
        Fault::NoAnswer,
        Fault::Html(500),
    ] {
        graph.fail_seen(fault);
        channel.send(&message, 0).await.unwrap();
    }
    assert_eq!((graph.seen().len(), graph.taken().len()), (4, 4));
}

#[tokio::test]
async fn a_server_that_fails_five_times_in_a_row_is_left_alone() {
    let graph = Graph::start().await;
    let channel = channel(&graph);
    for _ in 0..5 {
        graph.fail([Fault::Code(503, 131_016)]);
        let error = channel.send(&hello(), 0).await.unwrap_err();
        assert_eq!(told(&error), "retry provider_failed");
    }
    let calls = graph.calls();
    let error = channel.send(&hello(), 0).await.unwrap_err();
    assert_eq!(told(&error), "hold breaker_open");
    assert_eq!(graph.calls(), calls, "nothing was called");
}
