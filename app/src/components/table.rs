//! Tables, as `.table` of the style sheet wants them. On a phone their rows become blocks, which takes away what the
//! elements mean; so each says its role itself, and a cell brings the name of its column along.

use leptos::attr::custom::{CustomAttr, custom_attribute};
use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::either::Either;
use leptos::prelude::*;
use std::borrow::Cow;

/// What stands inside a part of a table. Unlike [`Children`] it may borrow: the server writes it at once.
pub struct Inside<C>(C);

impl<F: FnOnce() -> C, C> ToChildren<F> for Inside<C> {
    fn to_children(inside: F) -> Self {
        Self(inside())
    }
}

impl<C> ToChildren<ChildrenOptContainer<C>> for Inside<C> {
    fn to_children(inside: ChildrenOptContainer<C>) -> Self {
        Self(inside.0)
    }
}

/// A table: [`Columns`], then [`Rows`].
#[component]
pub fn Table<C: IntoView>(
    /// What it lists, for those who do not see it.
    caption: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// Columns and rows.
    children: Inside<C>,
) -> impl IntoView {
    view! {
        <table role="table" {..classes("table table-stack", class)}>
            <caption class="sr-only">{caption}</caption>
            {children.0}
        </table>
    }
}

/// The head of a table.
#[component]
pub fn Columns<C: IntoView>(
    /// Each [`Column`].
    children: Inside<C>,
) -> impl IntoView {
    view! { <thead role="rowgroup"><tr role="row">{children.0}</tr></thead> }
}

/// The head of a column.
#[component]
pub fn Column(
    /// Its name.
    #[prop(into)]
    label: Cow<'static, str>,
    /// Whether it holds numbers, which stand at the right.
    #[prop(optional)]
    numeric: bool,
    /// Whether what it holds is plain to see, so that only a screen reader needs the name.
    #[prop(optional)]
    unseen: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let label =
        if unseen { Either::Left(view! { <span class="sr-only">{label}</span> }) } else { Either::Right(label) };
    view! { <th role="columnheader" scope="col" {..classes(num(numeric), class)}>{label}</th> }
}

/// Rows that belong together.
#[component]
pub fn Rows<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// Each [`Row`].
    children: Inside<C>,
) -> impl IntoView {
    view! { <tbody role="rowgroup" {..classes("", class)}>{children.0}</tbody> }
}

/// A row: cells, one of them its [`RowHead`].
#[component]
pub fn Row<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// Each cell.
    children: Inside<C>,
) -> impl IntoView {
    view! { <tr role="row" {..classes("", class)}>{children.0}</tr> }
}

/// A row that names the rows below it.
#[component]
pub fn RowsHead(
    /// Their name.
    label: String,
    /// How many columns the table has.
    columns: &'static str,
) -> impl IntoView {
    view! {
        <tr role="row" class="group">
            <th role="columnheader" scope="rowgroup" colspan=columns>{label}</th>
        </tr>
    }
}

/// The cell that says what its row is about.
#[component]
pub fn RowHead<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// What is in it.
    children: Inside<C>,
) -> impl IntoView {
    view! { <th role="rowheader" scope="row" {..classes("", class)}>{children.0}</th> }
}

/// A cell.
#[component]
pub fn Cell<C: IntoView>(
    /// The name of its column, shown beside it on a phone; unless it goes without saying.
    #[prop(optional, into)]
    label: Option<Cow<'static, str>>,
    /// Whether it is a number.
    #[prop(optional)]
    numeric: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// What is in it.
    children: Inside<C>,
) -> impl IntoView {
    view! { <td role="cell" data-label={label} {..classes(num(numeric), class)}>{children.0}</td> }
}

fn num(numeric: bool) -> &'static str {
    if numeric { "num" } else { "" }
}

/// The attribute with the classes of both. Leptos itself would write an empty one where there are none.
fn classes(own: &'static str, more: &'static str) -> CustomAttr<&'static str, Option<Cow<'static, str>>> {
    let classes = match (own, more) {
        ("", "") => None,
        ("", only) | (only, "") => Some(only.into()),
        (own, more) => Some(format!("{own} {more}").into()),
    };
    custom_attribute("class", classes)
}
