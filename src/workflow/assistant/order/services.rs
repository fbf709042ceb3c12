//! Which services a visit is to have, or what has to be asked of them.
//!
//! The invariant: what is settled can be done: the services are in the file, and somebody does all
//! of them in one visit.

use crate::{
    booking::{Business, ServiceId, Services},
    workflow::assistant::{
        memory::{Draft, Memory, Step},
        order::request::Order,
    },
};

/// Services of which one has to be asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Open {
    /// Those that may be meant; none: any.
    pub(super) among: Vec<ServiceId>,
    /// What is wanted besides, each with all that may be meant.
    pub(super) besides: Vec<Vec<ServiceId>>,
    /// Why not those that were named.
    pub(super) why: Option<Unsettled>,
}

/// Why services that were named cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workflow::assistant) enum Unsettled {
    /// One is not there any more.
    Gone,
    /// Nobody does all of them in one visit.
    NotTogether,
}

/// The services of an order, with those that were settled before.
pub(super) fn settle(
    business: &Business,
    memory: &Memory,
    order: &Order,
) -> Result<Services, Open> {
    let mut all = wanted(memory, order);
    if all.is_empty() {
        return match business.services.as_slice() {
            [only] => Ok(only.id.clone().into()),
            _ => Err(nothing_new(memory, order)),
        };
    }
    if let Some(n) = all.iter().position(|readings| readings.len() != 1) {
        let among = all.remove(n);
        return Err(Open {
            among,
            besides: all,
            why: None,
        });
    }
    let mut ids = all.concat();
    let named = ids.len();
    ids.retain(|id| business.service(id).is_some());
    if ids.len() < named {
        return Err(Open {
            among: Vec::new(),
            besides: ids.into_iter().map(|id| vec![id]).collect(),
            why: Some(Unsettled::Gone),
        });
    }
    let services = Services::new(ids.clone()).ok();
    let services = services.filter(|services| is_done(business, services));
    services.ok_or(Open {
        among: ids,
        besides: Vec::new(),
        why: Some(Unsettled::NotTogether),
    })
}

/// What a visit is with what an order adds to it and leaves out. None: it is as it was, or nobody
/// does all of that in one visit.
pub(in crate::workflow::assistant) fn completed(
    business: &Business,
    services: &Services,
    order: &Order,
) -> Option<Services> {
    let wanted = |id: &&ServiceId| !order.not_services.contains(id);
    let mut all: Vec<_> = services.iter().filter(wanted).collect();
    for readings in order.services.iter().filter(|_| order.adds) {
        match readings.as_slice() {
            [one] if all.contains(&one) => {}
            [one] => all.push(one),
            _ => return None,
        }
    }
    let all = Services::new(all.into_iter().cloned().collect()).ok()?;
    (all != *services && is_done(business, &all)).then_some(all)
}

/// Whether somebody does all of it.
pub(in crate::workflow::assistant) fn is_done(business: &Business, services: &Services) -> bool {
    let visit = business.visit(services);
    visit.is_some_and(|visit| visit.resources().next().is_some())
}

/// What is wanted, each with all that may be meant: what is named after what is kept, each once.
fn wanted(memory: &Memory, order: &Order) -> Vec<Vec<ServiceId>> {
    let named = !order.services.is_empty();
    let mut all: Vec<Vec<ServiceId>> = Vec::new();
    match (&memory.step, memory.draft()) {
        (Step::Service { wish }, _) if named => {
            all.clone_from(&wish.besides);
            let still_open = order.adds && !wish.among.is_empty();
            all.extend(still_open.then(|| wish.among.clone()));
        }
        // "The tyres at 1" of tyres and an alignment leaves nothing out.
        (_, Some(draft))
            if order.services_from.is_none()
                && (order.adds || !named || is_part_of(draft, order)) =>
        {
            let kept = draft.services.iter();
            let kept = kept.filter(|one| !order.not_services.contains(one));
            all.extend(kept.map(|one| vec![one.clone()]));
            // "No manicure" of what has none: the no was said to what it has.
            let there = |id: &ServiceId| draft.services.contains(id);
            if !order.not_services.is_empty() && !order.not_services.iter().any(there) {
                all = vec![order.not_services.clone()];
            }
        }
        _ => {}
    }
    for readings in &order.services {
        if !all.contains(readings) {
            all.push(readings.clone());
        }
    }
    let is_open = memory.draft().is_none() && order.services_from.is_none();
    let asks_among = matches!(&memory.step, Step::Service { wish } if !wish.among.is_empty());
    if all.is_empty() && is_open && !asks_among {
        // "What does a massage cost?" … "Thursday at 2 then."
        all.clone_from(&memory.topic);
    }
    all
}

/// Returns whether an order with a time names some of several services that are being booked, and
/// rules none out.
fn is_part_of(draft: &Draft, order: &Order) -> bool {
    let is_there = |readings: &Vec<ServiceId>| matches!(readings.as_slice(), [one] if draft.services.contains(one));
    // What is told of each who comes is all that they wish.
    let keeps = order.not_services.is_empty() && !order.only && order.with.is_empty();
    keeps && !order.when.times.at.is_empty() && order.services.iter().all(is_there)
}

/// Nothing was named: it is asked as before, or for any of the list that is paged through.
fn nothing_new(memory: &Memory, order: &Order) -> Open {
    let (among, besides) = match &memory.step {
        Step::Service { wish } => (wish.among.clone(), wish.besides.clone()),
        _ => (Vec::new(), Vec::new()),
    };
    let paging = order.services_from.is_some();
    Open {
        among: if paging { Vec::new() } else { among },
        besides,
        why: None,
    }
}
