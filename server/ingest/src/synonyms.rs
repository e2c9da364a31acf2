//! The names that columns go by, in lower case and without spaces and punctuation.

use crate::field::{Field, normalised};

/// Header names of each field, the best name first: if a file has several columns for one field, the one with the best
/// name is used. The names of other languages are those of the exports and reports that people have shown.
const SYNONYMS: [(Field, &[&str]); 18] = [
    (
        Field::PostId,
        &[
            "tiktokvideoid",
            "videoid",
            "postid",
            "awemeid",
            "itemid",
            "tiktokid",
            "mediaid",
            "statsid",
            "id",
            "iddelavidéo",
            "iddevidéo",
            "iddovídeo",
            "iddelvídeo",
            "iddelvideo",
            "videokennung",
            "idvideo",
        ],
    ),
    (
        Field::Creator,
        &[
            "tiktokhandle",
            "handle",
            "creatorhandle",
            "tiktokusername",
            "authormetaname",
            "authoruniqueid",
            "authorusername",
            "creatorusername",
            "accounthandle",
            "username",
            "uniqueid",
            "creator",
            "account",
            "author",
            "uploader",
            "tiktokaccount",
            "profileurl",
            "profilelink",
            "creatorurl",
            "nutzername",
            "konto",
            "benutzername",
            "compte",
            "usuario",
            "utente",
            "nomdutilisateur",
            "usuário",
            "profileusername",
            "benutzer",
        ],
    ),
    (
        Field::CreatorName,
        &[
            "creatorname",
            "displayname",
            "membername",
            "authormetanickname",
            "authornickname",
            "nickname",
            "authorname",
            "accountname",
            "fullname",
            "channel",
        ],
    ),
    (Field::AvatarUrl, &["avatarurl", "avatar", "authormetaavatar", "profilepicture", "profileimage"]),
    (Field::AccountId, &["authorid", "authormetaid", "authoruserid", "uploaderid", "tiktokuserid", "profileid"]),
    (Field::SecUid, &["secuid", "authorsecuid", "authormetasecuid", "secuserid", "channelid"]),
    (
        Field::PublishedAt,
        &[
            "publishedat",
            "published",
            "dateposted",
            "postdate",
            "posttime",
            "publishtime",
            "publishdate",
            "publishedon",
            "posted",
            "postedat",
            "postedon",
            "datepublished",
            "wentlive",
            "wentliveat",
            "livedate",
            "uploaddate",
            "uploadedat",
            "uploaded",
            "uploadtime",
            "createtimeiso",
            "createtime",
            "createdat",
            "creationtime",
            "creationdate",
            "videopublishtime",
            "releasedate",
            "veröffentlicht",
            "veröffentlichtam",
            "veröffentlichungsdatum",
            "gepostetam",
            "datedepublication",
            "publiéle",
            "fechadepublicación",
            "datadipubblicazione",
            "datadepublicação",
            "videotimestamp",
            "veröffentlichungszeit",
            "datepublication",
            "heuredepublication",
            "horadepublicación",
            "horadepublicação",
            "oradipubblicazione",
            "fechadepublicacion",
        ],
    ),
    (
        Field::CapturedAt,
        &[
            "capturedat",
            "captured",
            "collectedat",
            "datecollected",
            "fetchedat",
            "scrapedat",
            "epoch",
            "asof",
            "readat",
            "exportedat",
            "exportdate",
            "reportdate",
            "erfasstam",
            "abgerufenam",
            "stand",
            "datedecollecte",
            "coletadoem",
            "fechaderecopilación",
            "datadiraccolta",
            "recogidoel",
            "collectedon",
            "scrapedon",
            "capturedon",
            "fetchedon",
            "crawledon",
        ],
    ),
    (
        Field::Views,
        &[
            "views",
            "viewcount",
            "playcount",
            "plays",
            "videoviews",
            "totalviews",
            "totalplays",
            "totalplay",
            "viewstotal",
            "videoviewcount",
            "numberofviews",
            "statsplaycount",
            "statsv2playcount",
            "statisticsplaycount",
            "aufrufe",
            "videoaufrufe",
            "vues",
            "visualizaciones",
            "reproducciones",
            "visualizzazioni",
            "visualizações",
            "weergaven",
            "videoplaycount",
            "gesamtzahlderaufrufe",
            "totaldevues",
            "totaldevisualizaciones",
            "totaldereproducciones",
            "totaldevisualizações",
        ],
    ),
    (
        Field::Likes,
        &[
            "likes",
            "likecount",
            "diggcount",
            "diggs",
            "digg",
            "totallikes",
            "hearts",
            "heart",
            "heartcount",
            "liked",
            "numberoflikes",
            "statsdiggcount",
            "statsv2diggcount",
            "statisticsdiggcount",
            "gefälltmir",
            "gefälltmirangaben",
            "jaime",
            "megusta",
            "mipiace",
            "curtidas",
            "videodiggcount",
            "gesamtzahlderlikes",
            "totaldejaime",
            "totaldelikes",
            "totaldemegusta",
            "totaldecurtidas",
        ],
    ),
    (
        Field::Comments,
        &[
            "comments",
            "commentcount",
            "totalcomments",
            "replies",
            "replycount",
            "numberofcomments",
            "statscommentcount",
            "statsv2commentcount",
            "statisticscommentcount",
            "kommentare",
            "commentaires",
            "comentarios",
            "commenti",
            "comentários",
            "reacties",
            "videocommentcount",
            "gesamtzahlderkommentare",
            "totaldecommentaires",
            "totaldecomentarios",
            "totaldecomentários",
        ],
    ),
    (
        Field::Shares,
        &[
            "shares",
            "sharecount",
            "reposts",
            "repostcount",
            "repost",
            "totalshares",
            "shared",
            "numberofshares",
            "statssharecount",
            "statsv2sharecount",
            "statisticssharecount",
            "geteilt",
            "teilungen",
            "partages",
            "compartidos",
            "condivisioni",
            "compartilhamentos",
            "videosharecount",
            "gesamtzahldergeteilteninhalte",
            "totaldepartages",
            "totaldecompartidos",
            "totaldecompartilhamentos",
        ],
    ),
    (
        Field::Saves,
        &[
            "saves",
            "savecount",
            "saved",
            "collects",
            "collectcount",
            "favourites",
            "favouritescount",
            "favorites",
            "favoritescount",
            "totalsaves",
            "totalfavorites",
            "addedtofavorites",
            "bookmarks",
            "bookmarked",
            "bookmarkcount",
            "statscollectcount",
            "statsv2collectcount",
            "statisticscollectcount",
            "gespeichert",
            "favoriten",
            "favoris",
            "guardados",
            "salvataggi",
            "salvamentos",
            "enregistrements",
        ],
    ),
    (
        Field::Followers,
        &[
            "followers",
            "followercount",
            "accountfollowers",
            "fans",
            "totalfollowers",
            "followerstotal",
            "authormetafans",
            "authorstatsfollowercount",
            "authorstatsv2followercount",
            "authorfollowers",
            "creatorfollowers",
            "follower",
            "subscribers",
            "abonnenten",
            "abonnés",
            "seguidores",
            "volgers",
            "authorfollowercount",
            "profilefollowers",
        ],
    ),
    (
        Field::Description,
        &[
            "description",
            "videodescription",
            "desc",
            "caption",
            "text",
            "title",
            "videotitle",
            "posttitle",
            "posttext",
            "beschreibung",
            "titel",
            "titredelavidéo",
            "títulodelvideo",
            "títulodelvídeo",
            "títulodovídeo",
            "videotitel",
            "postmessage",
        ],
    ),
    (
        Field::Url,
        &[
            "posturl",
            "webpageurl",
            "webvideourl",
            "shareurl",
            "videourl",
            "videolink",
            "postlink",
            "url",
            "link",
            "permalink",
            "linktopost",
            "linktovideo",
            "tiktokurl",
            "tiktoklink",
            "contentlink",
            "contenturl",
            "videolinks",
            "liendelavidéo",
            "enlacedelvideo",
            "enlacedelvídeo",
            "linkdovídeo",
            "postpermalink",
        ],
    ),
    (Field::Kind, &["kind", "posttype", "mediatype", "contenttype"]),
    (Field::Platform, &["platform", "network", "socialnetwork", "socialmedia", "plattform", "netzwerk", "plateforme"]),
];

/// Headers that name a time without saying of what: the publication in a row with a post, the reading otherwise.
const MOMENTS: [&str; 11] =
    ["date", "day", "time", "datetime", "timestamp", "timeutc", "dateutc", "dategmt", "timegmt", "datum", "fecha"];

/// The names under which scrapers write when they read an item, in lower case without punctuation.
pub(crate) const CAPTURE_NAMES: [&str; 34] = [
    "scrapedat",
    "collectedat",
    "capturedat",
    "fetchedat",
    "crawledat",
    "datecollected",
    "datescraped",
    "collecttime",
    "collectiontime",
    "collectiondate",
    "scrapetime",
    "scrapedtime",
    "scrapedate",
    "scrapeddate",
    "scrapetimestamp",
    "crawltime",
    "crawltimestamp",
    "fetchtime",
    "capturetime",
    "retrievedat",
    "extractedat",
    "extractiontime",
    "snapshotat",
    "snapshottime",
    "snapshotdate",
    "snapshottimestamp",
    "observedat",
    "recordedat",
    "checkedat",
    "downloadedat",
    "timestampcollected",
    "extracteddate",
    "extractiondate",
    "datefetched",
];

/// Returns the field that a header names, and the rank of the name (0 is the best). `date` and similar names are
/// not included: see [`names_a_moment`].
pub(crate) fn field_of(header: &str) -> Option<(Field, usize)> {
    let name = normalised(header);
    let listed = SYNONYMS.iter().find_map(|(field, names)| {
        names.iter().position(|synonym| *synonym == name).map(|position| (*field, position))
    });
    let is_capture = || CAPTURE_NAMES.iter().position(|synonym| *synonym == name);
    listed.or_else(|| is_capture().map(|position| (Field::CapturedAt, position))).or_else(|| match name {
        name if name.starts_with("digg") => Some((Field::Likes, usize::MAX)),
        name if name.starts_with("repost") => Some((Field::Shares, usize::MAX)),
        _ => None,
    })
}

/// Returns whether a header names a time without saying of what, as `date` does.
pub(crate) fn names_a_moment(header: &str) -> bool {
    MOMENTS.contains(&normalised(header).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Views", Field::Views)]
    #[case("playCount", Field::Views)]
    #[case("diggCount", Field::Likes)]
    #[case("digg_total", Field::Likes)]
    #[case("Comment Count", Field::Comments)]
    #[case("repost_count", Field::Shares)]
    #[case("Saved", Field::Saves)]
    #[case("collects", Field::Saves)]
    #[case("Account Followers", Field::Followers)]
    #[case("Date Posted", Field::PublishedAt)]
    #[case("createTime", Field::PublishedAt)]
    #[case("Date Collected", Field::CapturedAt)]
    #[case("collected_at", Field::CapturedAt)]
    #[case("epoch", Field::CapturedAt)]
    #[case("PostURL", Field::Url)]
    #[case("aweme_id", Field::PostId)]
    #[case("Hearts", Field::Likes)]
    #[case("Total likes", Field::Likes)]
    #[case("Replies", Field::Comments)]
    #[case("Shared", Field::Shares)]
    #[case("Bookmarked", Field::Saves)]
    #[case("Went live", Field::PublishedAt)]
    #[case("Post time", Field::PublishedAt)]
    #[case("Video link", Field::Url)]
    #[case("Total views", Field::Views)]
    #[case("authorMeta/name", Field::Creator)]
    #[case("authorMeta.fans", Field::Followers)]
    #[case("stats/playCount", Field::Views)]
    #[case("collectTime", Field::CapturedAt)]
    #[case("Aufrufe", Field::Views)]
    #[case("member_name", Field::CreatorName)]
    #[case("authorMeta.id", Field::AccountId)]
    #[case("uploader_id", Field::AccountId)]
    #[case("author.secUid", Field::SecUid)]
    #[case("Veröffentlichungszeit", Field::PublishedAt)]
    #[case("Gesamtzahl der Likes", Field::Likes)]
    #[case("Total de J'aime", Field::Likes)]
    #[case("ID de la vidéo", Field::PostId)]
    #[case("video_playcount", Field::Views)]
    #[case("timestamp_collected", Field::CapturedAt)]
    #[case("Network", Field::Platform)]
    fn a_header_is_recognised_whatever_its_case_and_spacing(#[case] header: &str, #[case] field: Field) {
        assert_eq!(field_of(header).map(|(found, _)| found), Some(field));
    }

    #[rstest]
    #[case("member_id")]
    #[case("video_no")]
    #[case("duration_min")]
    #[case("date")]
    #[case("")]
    fn a_header_that_could_mean_anything_is_left_to_the_mapping(#[case] header: &str) {
        assert_eq!(field_of(header), None);
    }
}
