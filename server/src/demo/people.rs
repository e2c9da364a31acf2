//! The invented creators of the demo program: their names, how much they post, and their goals.

use compliance::Cadence;
use compliance::metric::Metric;

/// An invented creator.
#[derive(Clone, Copy)]
pub struct Person {
    pub handle: &'static str,
    pub name: &'static str,
    /// The number of posts in ten days.
    pub posts_in_ten_days: i64,
    /// The views that a post ends up with, in thousands.
    pub reach: i64,
    /// Followers at the beginning, and the followers gained in ten days.
    pub followers: (i64, i64),
    /// The hours since the last collection.
    pub hours_ago: i64,
    /// Whether new posts wait for approval.
    pub selective: bool,
    /// The goals: metric, cadence, target.
    pub goals: &'static [(Metric, Cadence, i64)],
}

type Ask = (Metric, Cadence, i64);

const fn posts(cadence: Cadence, target: i64) -> Ask {
    (Metric::Posts, cadence, target)
}

const fn views(target: i64) -> Ask {
    (Metric::Views, Cadence::Weekly, target)
}

const fn followers(target: i64) -> Ask {
    (Metric::Followers, Cadence::Monthly, target)
}

const fn engagement(target: i64) -> Ask {
    (Metric::Engagement, Cadence::Monthly, target)
}

use Cadence::{Daily, Monthly, Weekly};

const fn person(
    handle: &'static str,
    name: &'static str,
    posts_in_ten_days: i64,
    reach: i64,
    followers: (i64, i64),
    hours_ago: i64,
    goals: &'static [Ask],
) -> Person {
    Person { handle, name, posts_in_ten_days, reach, followers, hours_ago, selective: false, goals }
}

/// Makes a creator selective: new posts wait for approval.
const fn selective(person: Person) -> Person {
    Person { selective: true, ..person }
}

/// A selective creator who posts every day.
pub const DAILY_AND_SELECTIVE: &str = "hana.hikes";

/// The former handle of a creator who was renamed.
pub const FORMER_HANDLE: &str = "lena.draws";

#[rustfmt::skip]
pub const PEOPLE: &[Person] = &[
    person("mia.moves", "Mia Moreau", 14, 21, (48_200, 900), 2, &[posts(Weekly, 10), views(150_000)]),
    person("theo.bakes", "Theo Lindqvist", 3, 9, (12_900, 60), 2, &[posts(Weekly, 7), views(60_000)]),
    person("ana.runs", "Ana Ribeiro", 9, 34, (103_400, 1_450), 1, &[posts(Weekly, 5), followers(3_000)]),
    person("kofi.eats", "Kofi Mensah", 7, 15, (31_000, 240), 3, &[posts(Weekly, 7), engagement(20_000)]),
    person("lena.sketches", "Lena Hoffmann", 5, 6, (8_750, 35), 30, &[posts(Weekly, 5), views(60_000)]),
    person("sunny.skates", "Sunny Park", 11, 52, (240_800, 2_100), 2, &[posts(Daily, 1), views(150_000)]),
    person("omar.films", "Omar Haddad", 6, 27, (66_300, 510), 2, &[posts(Weekly, 5), followers(1_850)]),
    person("iris.grows", "Iris Janssen", 8, 11, (19_400, 330), 55, &[posts(Weekly, 5)]),
    person("noor.reads", "Noor Rahman", 4, 18, (27_600, 180), 4, &[posts(Monthly, 12), views(60_000)]),
    person("pablo.fixes", "Pablo Serrano", 12, 13, (22_100, 410), 2, &[posts(Weekly, 7), engagement(20_000)]),
    person("yuki.sews", "Yuki Tanaka", 10, 29, (88_000, 980), 1, &[posts(Weekly, 5), views(150_000)]),
    person("ben.climbs", "Ben O’Connor", 2, 41, (54_900, -120), 2, &[posts(Weekly, 5), followers(3_000)]),
    selective(person("zoe.codes", "Zoe Papadaki", 7, 8, (15_300, 150), 3, &[posts(Weekly, 5), views(30_000)])),
    person("amara.sings", "Amara Okafor", 9, 63, (310_200, 3_900), 2, &[views(150_000), followers(3_000)]),
    person("luca.drives", "Luca Bianchi", 6, 17, (40_500, 270), 2, &[]),
    selective(person(DAILY_AND_SELECTIVE, "Hana Dvořák", 10, 12, (18_800, 210), 2, &[posts(Daily, 1), posts(Weekly, 6)])),
    person("jonas.brews", "Jonas Weber", 5, 7, (9_900, 80), 5, &[posts(Weekly, 4), engagement(4_000)]),
    person("priya.paints", "Priya Raman", 13, 24, (71_400, 1_120), 2, &[posts(Weekly, 8), views(100_000)]),
    person("marco.surfs", "Marco Silva", 4, 38, (95_200, 640), 2, &[posts(Weekly, 3), views(120_000)]),
    person("elif.travels", "Elif Kaya", 8, 31, (120_500, 1_300), 1, &[posts(Monthly, 20), followers(3_500)]),
    person("sam.lifts", "Sam Adeyemi", 15, 10, (25_300, 380), 2, &[posts(Daily, 1), posts(Weekly, 9)]),
    selective(person("chloe.crafts", "Chloé Martin", 6, 9, (14_200, 120), 4, &[posts(Weekly, 4), engagement(6_000)])),
    person("diego.drums", "Diego Fuentes", 7, 20, (46_700, 520), 2, &[posts(Weekly, 5)]),
    person("anja.gardens", "Anja Nowak", 5, 5, (7_400, 60), 26, &[posts(Weekly, 3)]),
    person("tariq.talks", "Tariq Aziz", 10, 44, (180_300, 1_700), 2, &[views(200_000), engagement(60_000)]),
    person("freya.knits", "Freya Olsen", 6, 8, (11_800, 140), 3, &[posts(Weekly, 4), views(40_000)]),
    person("leo.grills", "Leo Marchetti", 9, 16, (37_200, 290), 2, &[posts(Weekly, 6), views(90_000)]),
    person("mei.plays", "Mei Lin", 12, 57, (265_000, 2_900), 1, &[posts(Weekly, 7), views(300_000), followers(8_000)]),
    person("oscar.rides", "Oscar Nilsson", 3, 14, (21_600, 90), 2, &[posts(Weekly, 4)]),
    person("nadia.bakes", "Nadia Petrova", 8, 19, (52_900, 610), 2, &[posts(Weekly, 6), engagement(25_000)]),
    person("finn.fishes", "Finn Gallagher", 4, 6, (6_300, 40), 70, &[posts(Weekly, 3)]),
    person("rosa.writes", "Rosa Delgado", 7, 11, (17_500, 200), 2, &[posts(Monthly, 18)]),
    person("kenji.cuts", "Kenji Mori", 11, 23, (64_100, 880), 2, &[posts(Weekly, 7), views(110_000)]),
    person("ines.dances", "Inês Carvalho", 14, 36, (142_700, 1_900), 1, &[posts(Daily, 1), views(220_000)]),
    person("viktor.builds", "Viktor Horvat", 5, 12, (20_100, 160), 2, &[posts(Weekly, 5)]),
    person("aisha.styles", "Aisha Bello", 10, 48, (205_400, 2_400), 2, &[posts(Weekly, 6), followers(5_000)]),
    person("emil.maps", "Emil Sørensen", 6, 7, (10_700, 100), 3, &[posts(Weekly, 4)]),
    person("gia.glows", "Gia Romano", 9, 28, (98_300, 1_010), 2, &[posts(Weekly, 5), engagement(40_000)]),
    // Removed and added again; removed; not yet collected.
    person("ivo.jumps", "Ivo Petkov", 6, 10, (13_400, 110), 2, &[posts(Weekly, 4)]),
    person("kira.vlogs", "Kira Sommer", 5, 9, (12_200, 90), 200, &[posts(Weekly, 4)]),
];

/// A creator who was added and has no data yet.
pub const NEWCOMER: &str = "noa.begins";
