//! The files built for the browser. Their URLs contain a hash of their content, so a browser may cache them for good
//! and never uses an outdated one.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The base name of the style sheet, the script and the wasm file.
pub const OUTPUT_NAME: &str = "creator-goals";

/// The built files, and the version derived from their content.
#[derive(Clone, Debug)]
pub struct Site {
    /// `DIR/pkg`, as built.
    files: PathBuf,
    /// The hash of all files.
    version: String,
}

impl Site {
    /// Reads what the build wrote into `dir`.
    pub fn open(dir: &Path) -> Result<Self> {
        let files = dir.join("pkg");
        let wasm = files.join(format!("{OUTPUT_NAME}_bg.wasm"));
        if !wasm.is_file() {
            bail!(
                "{} is missing: run scripts/build-frontend.sh, or name the built directory with --site",
                wasm.display()
            );
        }
        let mut hasher = DefaultHasher::new();
        hash_directory(&files, &mut hasher).with_context(|| format!("cannot read {}", files.display()))?;
        Ok(Self { files, version: format!("{:016x}", hasher.finish()) })
    }

    /// Returns a site without files, for tests that load none.
    #[must_use]
    pub fn empty() -> Self {
        Self { files: PathBuf::from("/nonexistent"), version: "none".to_owned() }
    }

    /// Returns the directory of the files on disk.
    #[must_use]
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// Returns the version of this build.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the directory part of the files' URLs, without surrounding slashes.
    #[must_use]
    pub fn url_directory(&self) -> String {
        format!("pkg/{}", self.version)
    }
}

/// Hashes names and contents, in an order that does not depend on the file system.
fn hash_directory(dir: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut entries = fs::read_dir(dir)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            hash_directory(&path, hasher)?;
        } else {
            hasher.write(entry.file_name().as_encoded_bytes());
            hasher.write(&fs::read(path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(css: &str) -> Site {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("pkg")).unwrap();
        fs::write(dir.path().join("pkg/creator-goals_bg.wasm"), "wasm").unwrap();
        fs::write(dir.path().join("pkg/creator-goals.css"), css).unwrap();
        Site::open(dir.path()).unwrap()
    }

    #[test]
    fn the_version_is_made_from_the_content() {
        assert_eq!(built("a").url_directory(), built("a").url_directory());
        assert_ne!(built("a").url_directory(), built("b").url_directory());
    }

    #[test]
    fn a_missing_build_is_refused_with_the_mend() {
        let error = Site::open(Path::new("/nonexistent")).unwrap_err().to_string();
        assert!(error.contains("scripts/build-frontend.sh"), "{error}");
    }
}
