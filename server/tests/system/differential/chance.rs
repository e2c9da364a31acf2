//! Random facts, texts and dates: the same for the same seed.

use crate::short::handle;
use crate::support::{DAY, HOUR, NOW};
use compliance::calendar::{LocalDays as _, Zone};
use compliance::campaign::CampaignTarget;
use compliance::fact::{
    CollectionFact, Counters, CreatorStatsFact, Fact, PostFact, PostKind, PostStatsFact, ProfileFact,
};
use compliance::terms::GoalTerms;
use compliance::tracking::TrackingStatus;
use compliance::{Instant, Scope};
use program::campaigns::record::CampaignTerms;

pub const HANDLES: [&str; 6] = ["mia", "theo", "zoe.x", "a_b", "oneil", "x"];
pub const TEXTS: [&str; 7] =
    ["", "Été à Paris 🌴", "nul\0 inside", r#"a "quoted" \u0000 one"#, "100% _x_", "ABC", "a\nb"];

/// A small random number generator: the same seed gives the same log on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % bound
    }

    pub fn number(&mut self, bound: usize) -> i64 {
        i64::try_from(self.below(bound)).unwrap()
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn maybe<T>(&mut self, value: impl FnOnce(&mut Chance) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| value(self))
    }

    pub fn text(&mut self) -> String {
        self.one_of(&TEXTS).to_owned()
    }

    /// A name, for what must have one.
    pub fn name(&mut self) -> String {
        self.one_of(&TEXTS[1..]).to_owned()
    }

    pub fn handle(&mut self) -> &'static str {
        self.one_of(&HANDLES)
    }

    pub fn video(&mut self) -> String {
        format!("v{}", self.below(30))
    }

    /// One of few instants, so that corrections and duplicates are common.
    pub fn instant(&mut self) -> Instant {
        NOW.plus_millis(HOUR / 2 - self.number(120) * DAY / 4)
    }

    pub fn counters(&mut self) -> Counters {
        let views = self.maybe(Chance::count);
        let mut counter = || self.maybe(|chance| chance.number(900));
        Counters { views, likes: counter(), comments: counter(), shares: counter(), saves: counter() }
    }

    /// Views or followers: around 1,000, at 98, 99, 101 and 102 % of it and one either side; zeros; any others.
    pub fn count(&mut self) -> i64 {
        match self.below(8) {
            0 => 0,
            1 | 2 => 1_000,
            3..7 => self.one_of(&[979, 980, 981, 989, 990, 991, 1_009, 1_010, 1_011, 1_019, 1_020, 1_021]),
            _ => self.number(3_000),
        }
    }

    /// The source that a reading names: mostly none or one of two.
    pub fn source(&mut self) -> Option<String> {
        match self.below(10) {
            0..5 => None,
            5..8 => Some("a".to_owned()),
            8 => Some("b".to_owned()),
            _ => Some(self.text()),
        }
    }

    pub fn date(&mut self) -> chrono::NaiveDate {
        Zone::UTC.date_of(NOW.plus_millis((self.number(60) - 45) * DAY))
    }

    pub fn fact(&mut self) -> Fact {
        match self.below(12) {
            0..3 => Fact::Post(PostFact {
                tiktok_video_id: self.video(),
                handle: Some(handle(self.handle())),
                kind: self.maybe(|chance| chance.one_of(&[PostKind::Video, PostKind::PhotoCarousel])),
                published_at: self.instant(),
                url: self.maybe(|chance| format!("https://www.tiktok.com/@x/video/{}", chance.below(9))),
                description: self.maybe(Chance::text),
                tracking_status: self
                    .maybe(|chance| chance.one_of(&TrackingStatus::ALL))
                    .filter(|_| self.below(4) == 0),
            }),
            3..8 => Fact::PostStats(PostStatsFact {
                tiktok_video_id: self.video(),
                handle: (self.below(5) == 0).then(|| handle(self.handle())),
                captured_at: self.instant(),
                counters: self.counters(),
                source: self.source(),
            }),
            8..10 => Fact::CreatorStats(CreatorStatsFact {
                handle: handle(self.handle()),
                captured_at: self.instant(),
                followers: self.count(),
                source: self.source(),
            }),
            10 => Fact::Collection(CollectionFact {
                handle: handle(self.handle()),
                collected_at: self.instant(),
                scope: self.one_of(&Scope::ALL),
            }),
            _ => Fact::Profile(ProfileFact {
                handle: handle(self.handle()),
                accounts: Vec::new(),
                seen_at: None,
                display_name: self.maybe(Chance::text),
                avatar_url: None,
            }),
        }
    }

    pub fn goal_terms(&mut self) -> GoalTerms {
        let start_date = self.maybe(Chance::date);
        GoalTerms {
            target_value: 1 + self.number(50),
            start_date,
            end_date: (self.below(4) == 0).then(|| self.date().max(start_date.unwrap_or_default())),
            is_active: self.below(5) > 0,
        }
    }

    pub fn campaign_terms(&mut self) -> CampaignTerms {
        let target = self.maybe(|chance| {
            let start_date = chance.date();
            CampaignTarget { views: 1 + chance.number(9), start_date, target_date: start_date + chrono::Days::new(30) }
        });
        CampaignTerms { name: self.name(), notes: self.text(), target }
    }
}
