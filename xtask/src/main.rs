//! Build steps that are easier in Rust than in a shell. `xtask bindgen WASM OUT_DIR [--debug]` writes the
//! JavaScript that loads the wasm, and the wasm it loads.

use std::env;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["bindgen", wasm, out_dir] => bindgen(wasm.as_ref(), out_dir.as_ref(), false),
        ["bindgen", wasm, out_dir, "--debug"] => bindgen(wasm.as_ref(), out_dir.as_ref(), true),
        _ => bail!("usage: xtask bindgen WASM OUT_DIR [--debug]"),
    }
}

/// Writes `creator-goals.js` and `creator-goals_bg.wasm`, the names Leptos asks for.
fn bindgen(wasm: &Path, out_dir: &Path, debug: bool) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("creator-goals")
        .web(true)?
        .typescript(false)
        .debug(debug)
        .remove_name_section(!debug)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(out_dir)
        .with_context(|| format!("wasm-bindgen could not process {}", wasm.display()))
}
