//! Conversations that were written from a goal and a business alone, by people who had not seen the
//! assistant. Only what the customer has in the end counts. Each is a file of `data/goals` and a test
//! of its own, played through signed webhooks, `SQLite` and a mock of the Graph API.
//!
//! A conversation that does not end as it was meant yet says so in its first line, `# not met yet`;
//! its test fails once it does, so that the line goes.

use test_each_file::test_each_file;

use super::{
    House, Player,
    player::Stage,
    scene::{Booked, Status},
};

test_each_file! { in "./tests/it/data/goals" as goal => goal_is_met }

fn goal_is_met(script: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (missed, house) = runtime.block_on(play(script, House::new()));
    runtime.block_on(house.close());
    if script.starts_with("# not met yet") {
        assert!(missed.is_some(), "it is met now: the first line can go");
    } else if let Some(missed) = missed {
        panic!("{missed}");
    }
}

/// The booking that a customer is to have in the end.
struct Goal<'a> {
    services: &'a str,
    resource: &'a str,
    start: &'a str,
    who: Option<&'a str>,
}

impl<'a> Goal<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        if line == "none" {
            return None;
        }
        let (what, who) = match line.split_once(" (") {
            Some((what, who)) => (what, Some(who.trim_end_matches(')'))),
            None => (line, None),
        };
        let [services, resource, start] = what.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("no goal: {line}")
        };
        Some(Self {
            services,
            resource,
            start,
            who,
        })
    }

    fn is_met_by(&self, booked: &Booked, start: &str) -> bool {
        let sorted = |services: &str| {
            let mut all: Vec<_> = services.split('+').map(str::to_owned).collect();
            all.sort();
            all
        };
        let same = |one: &Option<String>, name: &str| {
            one.as_ref()
                .is_some_and(|one| one.to_lowercase() == name.to_lowercase())
        };
        let who = match self.who {
            None => true,
            Some(who) => match who.split_once("for ") {
                Some((_, other)) => same(&booked.for_name, other),
                None => same(&booked.name, who),
            },
        };
        sorted(self.services) == sorted(&booked.services)
            && (self.resource == "any" || self.resource == booked.resource)
            && self.start == start
            && who
    }
}

/// Plays a script: what went otherwise than it was meant, and the stage.
async fn play<S: Stage>(lines: &str, stage: S) -> (Option<String>, S) {
    let mut player = Player::new("goal", stage);
    let mut goals = Vec::new();
    for line in lines.lines() {
        match line.trim().strip_prefix("ends ") {
            Some(goal) => goals.extend(Goal::parse(goal.trim())),
            None => player.play(line).await,
        }
    }
    let transcript = player.transcript().to_owned();
    let (failure, mut stage) = player.finish();
    if failure.is_some() {
        return (failure, stage);
    }
    let mut booked = stage.bookings(Status::Booked);
    let business = stage.setting().business();
    let start = |one: &Booked| {
        business
            .zone
            .to_local(one.start)
            .format("%Y-%m-%dT%H:%M")
            .to_string()
    };
    let told = |one: &Booked| {
        let (services, resource) = (&one.services, &one.resource);
        let (name, other) = (&one.name, &one.for_name);
        format!("{services} {resource} {} {name:?} {other:?}", start(one))
    };
    let all: Vec<_> = booked.iter().map(told).collect();
    // Who is told of by name is found before who may be anybody.
    goals.sort_by_key(|goal| goal.who.is_none());
    let is_met = goals.iter().all(|goal| {
        let place = booked
            .iter()
            .position(|one| goal.is_met_by(one, &start(one)));
        place.map(|n| booked.remove(n)).is_some()
    });
    let meant: Vec<_> = lines
        .lines()
        .filter(|line| line.starts_with("ends "))
        .collect();
    let missed = (!is_met || !booked.is_empty())
        .then(|| format!("meant {meant:?}, came to {all:?}\n{transcript}"));
    (missed, stage)
}
