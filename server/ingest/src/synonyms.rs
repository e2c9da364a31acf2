//! The names that columns go by, in lower case and without spaces and punctuation.

use crate::field::Field;

/// Header names of each field, the best name first: if a file has several columns for one field, the one with the best
/// name is used. The names of other languages are those of the exports and reports that people have shown.
pub(crate) const SYNONYMS: [(Field, &[&str]); 15] = [
    (
        Field::PostId,
        &["tiktokvideoid", "videoid", "postid", "awemeid", "itemid", "tiktokid", "mediaid", "statsid", "id"],
    ),
    (
        Field::Creator,
        &[
            "tiktokhandle", "handle", "creatorhandle", "tiktokusername", "authormetaname", "authoruniqueid",
            "authorusername", "creatorusername", "accounthandle", "username", "uniqueid", "creator", "account", "author",
            "uploader", "tiktokaccount", "profileurl", "profilelink", "creatorurl",
            "nutzername", "konto", "benutzername", "compte", "usuario", "utente",
        ],
    ),
    (
        Field::CreatorName,
        &[
            "creatorname", "displayname", "membername", "authormetanickname", "authornickname", "nickname", "authorname",
            "accountname", "fullname", "channel",
        ],
    ),
    (Field::AvatarUrl, &["avatarurl", "avatar", "authormetaavatar", "profilepicture", "profileimage"]),
    (
        Field::PublishedAt,
        &[
            "publishedat", "published", "dateposted", "postdate", "posttime", "publishtime", "publishdate", "publishedon",
            "posted", "postedat", "postedon", "datepublished", "wentlive", "wentliveat", "livedate", "uploaddate", "uploadedat",
            "uploaded", "uploadtime", "createtimeiso", "createtime", "createdat", "creationtime", "creationdate",
            "videopublishtime", "releasedate", "veröffentlicht", "veröffentlichtam", "veröffentlichungsdatum", "gepostetam",
            "datedepublication", "publiéle", "fechadepublicación", "datadipubblicazione", "datadepublicação",
        ],
    ),
    (
        Field::CapturedAt,
        &[
            "capturedat", "captured", "collectedat", "datecollected", "fetchedat", "scrapedat", "epoch", "asof", "readat",
            "exportedat", "exportdate", "reportdate", "erfasstam", "abgerufenam", "stand",
        ],
    ),
    (
        Field::Views,
        &[
            "views", "viewcount", "playcount", "plays", "videoviews", "totalviews", "totalplays", "totalplay", "viewstotal",
            "videoviewcount", "numberofviews", "statsplaycount", "statsv2playcount", "statisticsplaycount", "aufrufe",
            "videoaufrufe", "vues", "visualizaciones", "reproducciones", "visualizzazioni", "visualizações", "weergaven",
        ],
    ),
    (
        Field::Likes,
        &[
            "likes", "likecount", "diggcount", "diggs", "digg", "totallikes", "hearts", "heart", "heartcount", "liked",
            "numberoflikes", "statsdiggcount", "statsv2diggcount", "statisticsdiggcount", "gefälltmir", "gefälltmirangaben",
            "jaime", "megusta", "mipiace", "curtidas",
        ],
    ),
    (
        Field::Comments,
        &[
            "comments", "commentcount", "totalcomments", "replies", "replycount", "numberofcomments", "statscommentcount",
            "statsv2commentcount", "statisticscommentcount", "kommentare", "commentaires", "comentarios", "commenti",
            "comentários", "reacties",
        ],
    ),
    (
        Field::Shares,
        &[
            "shares", "sharecount", "reposts", "repostcount", "repost", "totalshares", "shared", "numberofshares",
            "statssharecount", "statsv2sharecount", "statisticssharecount", "geteilt", "teilungen", "partages", "compartidos",
            "condivisioni", "compartilhamentos",
        ],
    ),
    (
        Field::Saves,
        &[
            "saves", "savecount", "saved", "collects", "collectcount", "favourites", "favouritescount", "favorites",
            "favoritescount", "totalsaves", "totalfavorites", "addedtofavorites", "bookmarks", "bookmarked", "bookmarkcount",
            "statscollectcount", "statsv2collectcount", "statisticscollectcount", "gespeichert", "favoriten", "favoris",
            "guardados", "salvataggi", "salvamentos",
        ],
    ),
    (
        Field::Followers,
        &[
            "followers", "followercount", "accountfollowers", "fans", "totalfollowers", "followerstotal", "authormetafans",
            "authorstatsfollowercount", "authorstatsv2followercount", "authorfollowers", "creatorfollowers", "follower",
            "subscribers", "abonnenten", "abonnés", "seguidores", "volgers",
        ],
    ),
    (
        Field::Description,
        &[
            "description", "videodescription", "desc", "caption", "text", "title", "videotitle", "posttitle", "posttext",
            "beschreibung", "titel",
        ],
    ),
    (
        Field::Url,
        &[
            "posturl", "webpageurl", "webvideourl", "shareurl", "videourl", "videolink", "postlink", "url", "link",
            "permalink", "linktopost", "linktovideo", "tiktokurl", "tiktoklink", "contentlink", "contenturl", "videolinks",
        ],
    ),
    (Field::Kind, &["kind", "posttype", "mediatype", "contenttype"]),
];

/// Headers that name a time without saying of what: the publication in a row with a post, the reading otherwise.
pub(crate) const MOMENTS: [&str; 8] =
    ["date", "day", "time", "datetime", "timestamp", "timeutc", "datum", "fecha"];
