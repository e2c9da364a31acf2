// Reads Rust source for the checks of this folder.

/** The source without comments, texts and what only tests compile. */
export function bare(source) {
  // In one pass: a text may hold `//`, a comment a quotation mark, and a character be one. A lifetime is no character.
  const texts = /\/\/[^\n]*|\bb?r(#*)"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\\n]|\\[^'\n]+|\\')'/g;
  return source
    .replace(texts, (found) => (found.startsWith("//") ? "" : '""'))
    .replace(/#\[cfg\(test\)\]\s*mod \w+ \{[\s\S]*/, "");
}
