//! Tables. Where they do not fit, the style sheet turns rows into blocks, which removes their table semantics, so every element has
//! an explicit role and every cell repeats its column's name.

use leptos::attr::custom::{CustomAttr, custom_attribute};
use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::either::Either;
use leptos::prelude::*;
use std::borrow::Cow;

/// The children of a part of a table. Unlike [`Children`] they may borrow, because they are rendered at once.
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
    /// The caption for screen readers.
    caption: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// Whether it has so many columns that its rows fold on a tablet already.
    #[prop(optional)]
    wide: bool,
    /// Columns and rows.
    children: Inside<C>,
) -> impl IntoView {
    view! {
        <table role="table" {..classes(if wide { "table table-wide" } else { "table table-stack" }, class)}>
            <caption class="sr-only">{caption}</caption>
            {children.0}
        </table>
    }
}

/// The head of a table.
#[component]
pub fn Columns<C: IntoView>(
    /// The [`Column`]s.
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
    /// Whether it holds numbers, which are right-aligned.
    #[prop(optional)]
    numeric: bool,
    /// Whether the name is hidden except from screen readers.
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

/// A group of rows.
#[component]
pub fn Rows<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// The [`Row`]s.
    children: Inside<C>,
) -> impl IntoView {
    view! { <tbody role="rowgroup" {..classes("", class)}>{children.0}</tbody> }
}

/// A row: a [`RowHead`] and cells.
#[component]
pub fn Row<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// The cells.
    children: Inside<C>,
) -> impl IntoView {
    view! { <tr role="row" {..classes("", class)}>{children.0}</tr> }
}

/// A heading row for the rows below it.
#[component]
pub fn RowsHead(
    /// The heading.
    label: String,
    /// The number of columns of the table.
    columns: &'static str,
) -> impl IntoView {
    view! {
        <tr role="row" class="group">
            <th role="columnheader" scope="rowgroup" colspan=columns>{label}</th>
        </tr>
    }
}

/// The header cell of a row.
#[component]
pub fn RowHead<C: IntoView>(
    /// Classes.
    #[prop(optional)]
    class: &'static str,
    /// The content.
    children: Inside<C>,
) -> impl IntoView {
    view! { <th role="rowheader" scope="row" {..classes("", class)}>{children.0}</th> }
}

/// A cell.
#[component]
pub fn Cell<C: IntoView>(
    /// The name of its column, shown beside it where rows are folded; none if it is obvious.
    #[prop(optional, into)]
    label: Option<Cow<'static, str>>,
    /// Whether it is a number.
    #[prop(optional)]
    numeric: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// The content.
    children: Inside<C>,
) -> impl IntoView {
    view! { <td role="cell" data-label={label} {..classes(num(numeric), class)}>{children.0}</td> }
}

fn num(numeric: bool) -> &'static str {
    if numeric { "num" } else { "" }
}

/// Returns the `class` attribute with both lists of classes. If both are empty there is none; Leptos would write an empty
/// one.
fn classes(own: &'static str, more: &'static str) -> CustomAttr<&'static str, Option<Cow<'static, str>>> {
    let classes = match (own, more) {
        ("", "") => None,
        ("", only) | (only, "") => Some(only.into()),
        (own, more) => Some(format!("{own} {more}").into()),
    };
    custom_attribute("class", classes)
}
