//! The files built for the browser. They are served under a name made from their content, so a browser may keep
//! them for ever and still never meets a stale one.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Base name of the style sheet, the script and the wasm.
pub const OUTPUT_NAME: &str = "creator-goals";

/// The built files and the version their content gives them.
#[derive(Clone, Debug)]
pub struct Site {
    /// `DIR/pkg`, as built.
    files: PathBuf,
    /// Changes whenever a file does.
    version: String,
}

impl Site {
    /// Looks at what the build wrote into `dir`.
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

    /// A site without files, for tests that never ask for one.
    #[must_use]
    pub fn empty() -> Self {
        Self { files: PathBuf::from("/nonexistent"), version: "none".to_owned() }
    }

    /// Where the files are on disk.
    #[must_use]
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// The name of this build.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The directory part of the files' URLs, without slashes around it.
    #[must_use]
    pub fn url_directory(&self) -> String {
        format!("pkg/{}", self.version)
    }
}

/// Names and contents, in an order that does not depend on the file system.
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
