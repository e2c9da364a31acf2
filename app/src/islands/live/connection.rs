//! The connection of a page to the worker that receives the server's events.

use super::names::{LIVE, UUID_LENGTH};
use super::notes::{Notes, Retry};
use super::parts::{BUSY, Loaded, fresh_page, is_of_removed, named, replace};
use js_sys::{Date, Function};
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use web_sys::{Document, MessageEvent, MessagePort, SharedWorker, Worker};

/// How often the page sends a message to the worker, which answers each.
const TICK: Duration = Duration::from_secs(5);
/// How long the page waits without any message before it shows that it is not live. The server sends one every 15
/// seconds.
const SILENCE_MS: f64 = 45_000.0;
/// The shortest time between two updates of a page.
const PAUSE: Duration = Duration::from_secs(1);
/// The shortest time for which “Trying again…” is shown.
const LEAST_TRY: Duration = Duration::from_millis(500);
/// How often the page of a deleted project checks whether the project was restored.
const GONE_MS: f64 = 30_000.0;

/// The connection of a page.
pub struct Connection {
    worker: String,
    project: String,
    /// The only creator on the page, or `all`.
    creator: String,
    notes: Notes,
    port: RefCell<Option<MessagePort>>,
    on_message: OnceCell<Function>,
    /// The position that the page shows.
    shown: RefCell<String>,
    /// The position that it still has to be updated to.
    due: RefCell<Option<String>>,
    refreshing: Cell<bool>,
    /// When the page was last known to be current.
    current_at: Cell<f64>,
    /// When it last became visible.
    shown_at: Cell<f64>,
    /// When the worker last sent a message.
    heard_at: Cell<f64>,
    /// When the project was last found to be deleted.
    gone_at: Cell<f64>,
    /// Whether the creator was removed already when the page was loaded, so that the page says so itself.
    knows_removed: bool,
    updated: RefCell<BTreeSet<String>>,
}

impl Connection {
    /// Creates a connection that is not open yet, for a page that shows this position of the project.
    pub fn new(worker: String, project: String, creator: String, position: String) -> Connection {
        Connection {
            worker,
            project,
            creator,
            notes: Notes::default(),
            port: RefCell::default(),
            on_message: OnceCell::new(),
            shown: RefCell::new(position),
            due: RefCell::default(),
            refreshing: Cell::new(false),
            current_at: Cell::new(Date::now()),
            shown_at: Cell::new(0.0),
            heard_at: Cell::new(0.0),
            gone_at: Cell::new(0.0),
            knows_removed: is_of_removed(&document()),
            updated: RefCell::default(),
        }
    }

    /// Connects now, and again whenever the page becomes visible.
    pub fn open(self: &Rc<Self>) {
        let told = Rc::clone(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string() {
                told.hear(&message);
            }
        });
        // The closure lives as long as the page, and is used for every port.
        let _ = self.on_message.set(on_message.into_js_value().unchecked_into());
        self.connect();
        self.show();
        let this = Rc::clone(self);
        window_event_listener_untyped("visibilitychange", move |_| this.show());
        let this = Rc::clone(self);
        set_interval(move || this.tick(), TICK);
    }

    /// Retries at once.
    pub fn retry(self: &Rc<Self>) {
        self.notes.change(|notes| notes.retry = Retry::Running);
        self.say("retry");
        self.catch_up();
    }

    /// Connects to the worker that all pages of the browser share, or else starts one for this page.
    fn connect(&self) {
        self.say("leave");
        self.heard_at.set(Date::now());
        let shared = SharedWorker::new(&self.worker).map(|worker| worker.port());
        // A dedicated worker has the same messages as a port.
        let port = shared.or_else(|_| Worker::new(&self.worker).map(JsCast::unchecked_into::<MessagePort>));
        if let Ok(port) = port {
            port.set_onmessage(self.on_message.get());
            *self.port.borrow_mut() = Some(port);
        }
    }

    fn say(&self, message: &str) {
        if let Some(port) = &*self.port.borrow() {
            let _ = port.post_message(&JsValue::from_str(message));
        }
    }

    /// Listens while the page is visible; a hidden page catches up when it becomes visible again.
    fn show(self: &Rc<Self>) {
        if document().hidden() {
            self.say("leave");
        } else if self.notes.now().gone {
            self.look_again();
        } else {
            self.shown_at.set(Date::now());
            self.heard_at.set(Date::now());
            self.follow();
            self.catch_up();
        }
    }

    fn follow(&self) {
        self.say(&format!("follow {} {} {}", self.project, self.creator, self.shown.borrow()));
    }

    /// Checks for a silent connection, for a worker that has ended, and whether the machine was asleep.
    fn tick(self: &Rc<Self>) {
        if document().hidden() {
            return;
        }
        if self.notes.now().gone {
            if (Date::now() - self.gone_at.get()).abs() > GONE_MS {
                self.look_again();
            }
            return;
        }
        if is_over(self.current_at.get()) && is_over(self.shown_at.get()) {
            self.lose();
        }
        if is_over(self.heard_at.get()) {
            self.connect();
        }
        self.follow();
    }

    fn hear(self: &Rc<Self>, message: &str) {
        self.heard_at.set(Date::now());
        let (what, position) = message.split_once(' ').unwrap_or((message, ""));
        match what {
            "changed" => {
                *self.due.borrow_mut() = Some(position.to_owned());
                self.catch_up();
            }
            "current" => {
                // Loading the page failed before; try again, since the server is back.
                self.catch_up();
                if !self.refreshing.get() {
                    self.be_current(position.to_owned());
                }
            }
            "lost" => {
                self.lose();
                self.fail();
            }
            "gone" => {
                self.gone_at.set(Date::now());
                self.notes.change(|notes| notes.gone = true);
            }
            _ => {}
        }
    }

    fn be_current(&self, position: String) {
        *self.shown.borrow_mut() = position;
        self.current_at.set(Date::now());
        self.notes.change(|notes| (notes.lost_since, notes.retry) = (None, Retry::None));
    }

    fn lose(&self) {
        self.notes.change(|notes| {
            notes.lost_since.get_or_insert_with(|| time_of_day(self.current_at.get()));
        });
    }

    /// Shows that a retry failed, after it was seen for a moment even if it took no time.
    fn fail(self: &Rc<Self>) {
        if self.notes.now().retry == Retry::Running {
            let this = Rc::clone(self);
            let failed_at = time_of_day(Date::now());
            set_timeout(
                move || {
                    // Unless it has connected meanwhile.
                    if this.notes.now().retry == Retry::Running {
                        this.notes.change(|notes| notes.retry = Retry::Failed(failed_at));
                    }
                },
                LEAST_TRY,
            );
        }
    }

    /// Checks whether the project has been restored, and updates the page if so.
    fn look_again(self: &Rc<Self>) {
        self.gone_at.set(Date::now());
        let this = Rc::clone(self);
        spawn_local(async move {
            if let Some(Loaded::Page(fresh)) = fresh_page().await {
                this.notes.change(|notes| (notes.gone, notes.vanished) = (false, false));
                this.replace(&fresh);
                this.show();
            }
        });
    }

    /// Loads the page and replaces the parts that differ. Changes that arrive meanwhile cause one more load.
    fn catch_up(self: &Rc<Self>) {
        if self.refreshing.get() {
            return;
        }
        let Some(position) = self.due.take() else { return };
        self.refreshing.set(true);
        let this = Rc::clone(self);
        spawn_local(async move {
            let Some(loaded) = fresh_page().await else {
                this.due.borrow_mut().get_or_insert(position);
                this.refreshing.set(false);
                this.lose();
                this.fail();
                return;
            };
            this.notes.change(|notes| notes.vanished = matches!(loaded, Loaded::Gone));
            if let Loaded::Page(fresh) = loaded {
                this.replace(&fresh);
            }
            this.be_current(position);
            // The first change shows at once; further ones that follow closely are shown together.
            set_timeout(
                move || {
                    this.refreshing.set(false);
                    this.catch_up();
                },
                PAUSE,
            );
        });
    }

    fn replace(&self, fresh: &Document) {
        let removed = !self.knows_removed && is_of_removed(fresh);
        self.notes.change(|notes| notes.removed = removed);
        let (now, then) = (named(&document()), named(fresh));
        for (name, element) in &now {
            let Some((_, fresh)) = then.iter().find(|(other, _)| other == name) else { continue };
            let differs = element.outer_html() != fresh.outer_html();
            // A part that somebody is using is not replaced; the next update brings it.
            if differs && !matches!(element.query_selector(BUSY), Ok(Some(_))) {
                replace(LIVE, name, element, fresh);
                // Only creators and goals, which are named by id, count as updates; headings and counts do not.
                if name.len() == UUID_LENGTH {
                    self.updated.borrow_mut().insert(name.clone());
                }
            }
        }
        if !removed && !now.iter().map(|(name, _)| name).eq(then.iter().map(|(name, _)| name)) {
            let updated = self.updated.borrow().len().max(1);
            self.notes.change(|notes| notes.moved = i64::try_from(updated).unwrap_or(i64::MAX));
        }
    }
}

/// Returns whether a time is longer ago than [`SILENCE_MS`]; a clock that was set back counts too.
fn is_over(time: f64) -> bool {
    (Date::now() - time).abs() > SILENCE_MS
}

/// Returns a time in words: "17:03", or "Fri 17:03" if it was not today.
fn time_of_day(millis: f64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let (then, now) = (Date::new(&JsValue::from_f64(millis)), Date::new_0());
    let time = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    if then.get_date() == now.get_date() {
        return time;
    }
    let day = usize::try_from(then.get_day()).ok().and_then(|day| DAYS.get(day)).copied();
    format!("{} {time}", day.unwrap_or_default())
}
