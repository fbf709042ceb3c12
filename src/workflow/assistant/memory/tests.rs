use super::*;

fn now() -> DateTime<Utc> {
    "2026-03-03T15:00:00Z".parse().unwrap()
}

fn state(memory: Memory) -> State {
    match memory.into_state() {
        StateChange::Put(state) => state,
        other => panic!("{other:?}"),
    }
}

fn deciding() -> Memory {
    let draft = Draft {
        services: ServiceId::new("cut").into(),
        staff: None,
        not_staff: Vec::new(),
        when: When::default(),
        for_whom: Some(ForWhom::Named("Leo".into())),
        moving: None,
        with: Vec::new(),
    };
    Memory {
        name: Some("Ana".into()),
        step: Step::Time { draft },
        ..Memory::new(now())
    }
}

#[test]
fn a_memory_survives_being_stored() {
    let memory = deciding();
    let stored = state(memory.clone());
    assert_eq!(
        Memory::recall(Some(&stored), now(), None),
        (memory, Recall::Whole)
    );
}

#[test]
fn an_unreadable_memory_starts_over() {
    let stored = state(deciding());
    for broken in [
        State {
            version: 99,
            ..stored.clone()
        },
        State {
            workflow: "other".into(),
            ..stored.clone()
        },
        State {
            bytes: Bytes::from_static(b"\xff{"),
            ..stored
        },
    ] {
        let (memory, recall) = Memory::recall(Some(&broken), now(), None);
        assert_eq!((memory.step, recall), (Step::Idle, Recall::Lapsed));
    }
}

#[test]
fn a_draft_that_was_left_for_long_starts_over_and_the_name_is_kept() {
    let stored = state(deciding());
    let (memory, recall) = Memory::recall(Some(&stored), now() + TimeDelta::hours(37), None);
    assert_eq!((memory.step, recall), (Step::Idle, Recall::Lapsed));
    assert_eq!(memory.name.as_deref(), Some("Ana"));
}

#[test]
fn a_draft_that_a_person_talked_over_starts_over_and_a_newer_one_does_not() {
    let stored = state(deciding());
    let recall = |until| Memory::recall(Some(&stored), now() + TimeDelta::hours(1), Some(until));
    let over = recall(now() + TimeDelta::minutes(1));
    assert_eq!((over.0.step, over.1), (Step::Idle, Recall::Lapsed));
    assert_eq!(recall(now()), (deciding(), Recall::Whole));
}

#[test]
fn printing_shows_no_name() {
    let printed = format!("{:?}", deciding());
    assert!(
        !printed.contains("Ana") && !printed.contains("Leo"),
        "{printed}"
    );
}
