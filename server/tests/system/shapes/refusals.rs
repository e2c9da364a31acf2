//! The shapes of refusals.

use super::{Client, two_creators};
use crate::program::Program;
use insta::assert_json_snapshot;
use program::keys::secret::Secret;
use serde_json::json;

#[tokio::test]
async fn a_refusal_names_the_parameter_or_field_at_fault() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    assert_json_snapshot!(client.get("/projects?limit=0").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "“0” is not a whole number from 1 to 100.",
        "meta": {
          "code": "invalid_query",
          "field": "limit"
        }
      },
      "status": 400
    }
    "#);
    assert_json_snapshot!(client.get("/projects?colour=red").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "There is no parameter “colour”; there are: limit, cursor.",
        "meta": {
          "code": "invalid_query",
          "field": "colour"
        }
      },
      "status": 400
    }
    "#);
    assert_json_snapshot!(client.get("/projects/one").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "Invalid URL: Cannot parse `project_id` with value `one`: UUID parsing failed: invalid character: found `o` at 0",
        "meta": {
          "code": "invalid_params"
        }
      },
      "status": 400
    }
    "#);
    assert_json_snapshot!(client.get("/no-such-thing").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "The API has nothing at this address.",
        "meta": {
          "code": "not_found"
        }
      },
      "status": 404
    }
    "#);
    assert_json_snapshot!(client.sent("PATCH", &client.path(""), &json!({ "early_grace_percent": 101 })).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "Enter a whole number from 0 to 100.",
        "meta": {
          "code": "invalid_body",
          "field": "early_grace_percent"
        }
      },
      "status": 400
    }
    "#);
    let many = json!({ "creators": [{ "tiktok_handle": "a" }, { "tiktok_handle": 7 }] });
    assert_json_snapshot!(client.sent("POST", &client.path("/creators"), &many).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "The body cannot be read: invalid type: integer `7`, expected a string at line 1 column 53.",
        "meta": {
          "code": "invalid_body",
          "field": "creators[1].tiktok_handle"
        }
      },
      "status": 400
    }
    "#);
}

#[tokio::test]
async fn a_key_that_is_unknown_or_may_too_little_is_told_so() {
    let world = two_creators().await;
    let stranger = Client::of(Program { world: &world, secret: Secret::generate().unwrap() });
    assert_json_snapshot!(stranger.get("/projects").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This API key is not known here, or was revoked.",
        "meta": {
          "code": "invalid_api_key"
        }
      },
      "status": 401
    }
    "#);
    let reading = Client::of(Program::new(&world, Some(world.id()), false).await);
    assert_json_snapshot!(reading.sent("PATCH", &reading.path(""), &json!({ "name": "Autumn" })).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This key may only read.",
        "meta": {
          "code": "insufficient_scope",
          "granted": [
            "read"
          ],
          "required": "write"
        }
      },
      "status": 403
    }
    "#);
    // A key for one project cannot create others.
    let writing = Client::new(&world).await;
    let new = json!({ "name": "Winter", "time_zone": "UTC" });
    assert_json_snapshot!(writing.sent("POST", "/projects", &new).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "This key gives access to one project only.",
        "meta": {
          "code": "insufficient_scope",
          "granted": [
            "read",
            "write"
          ],
          "required": "write"
        }
      },
      "status": 403
    }
    "#);
}

#[tokio::test]
async fn an_idempotency_key_with_another_body_is_a_conflict() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let mia = client.creator("mia").await;
    let send = async |target: i64, key: &str| {
        let body = json!({ "creator_id": mia, "metric": "views", "period": "daily", "target_value": target });
        let headers = [("idempotency-key", key)];
        client.send("POST", &client.path("/goals"), &headers, body.to_string().into_bytes()).await
    };
    let first = send(5, "once").await;
    assert_eq!(send(5, "once").await, first, "the first answer again");
    assert_json_snapshot!(send(6, "once").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "Another body was sent with this Idempotency-Key.",
        "meta": {
          "code": "conflict"
        }
      },
      "status": 409
    }
    "#);
    assert_json_snapshot!(send(5, "two words").await, @r#"
    {
      "answer": {
        "data": null,
        "error": "An Idempotency-Key is 1 to 255 visible ASCII characters.",
        "meta": {
          "code": "invalid_params"
        }
      },
      "status": 400
    }
    "#);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let world = two_creators().await;
    let client = Client::new(&world).await;
    let large = vec![b' '; 2 * 1024 * 1024];
    assert_json_snapshot!(client.send("POST", &client.path("/goals"), &[], large).await, @r#"
    {
      "answer": {
        "data": null,
        "error": "The body is larger than 1 MiB.",
        "meta": {
          "code": "too_large"
        }
      },
      "status": 413
    }
    "#);
}
