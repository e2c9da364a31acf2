//! Enums whose values have names: in SQL, in URLs, in forms and on the wire.

/// Implements `ALL`, `name`, `from_name`, `Serialize` and `Deserialize` for an enum without data, from a list of its values with their
/// names. `ALL` has the order of the list.
///
/// The compiler reports a value that the list leaves out or repeats.
///
/// ```
/// #[derive(Debug, Clone, Copy, PartialEq, Eq)]
/// enum Size {
///     Small,
///     Large,
/// }
///
/// compliance::named!(Size { Small: "small", Large: "large" });
///
/// assert_eq!(Size::ALL, [Size::Small, Size::Large]);
/// assert_eq!(Size::Large.name(), "large");
/// assert_eq!(Size::from_name("large"), Some(Size::Large));
/// assert_eq!(Size::from_name("Large"), None);
/// ```
// Written like a struct expression, because rustfmt formats those.
#[macro_export]
macro_rules! named {
    ($enum:ident { $($value:ident: $name:literal),+ $(,)? }) => {
        impl $enum {
            /// Every value, in the order of the list of names.
            pub const ALL: [$enum; [$($name),+].len()] = [$($enum::$value),+];

            /// Returns the name, which is the same in SQL, in URLs, in forms and on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($enum::$value => $name),+
                }
            }

            /// Returns the value with this [`name`](Self::name).
            #[must_use]
            pub fn from_name(name: &str) -> Option<$enum> {
                Self::ALL.into_iter().find(|value| value.name() == name)
            }
        }

        impl $crate::named::serde::Serialize for $enum {
            fn serialize<S: $crate::named::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> $crate::named::serde::Deserialize<'de> for $enum {
            fn deserialize<D: $crate::named::serde::Deserializer<'de>>(deserializer: D) -> Result<$enum, D::Error> {
                let name = <String as $crate::named::serde::Deserialize>::deserialize(deserializer)?;
                let unknown = || $crate::named::serde::de::Error::custom(format_args!("unknown value {name:?}"));
                $enum::from_name(&name).ok_or_else(unknown)
            }
        }
    };
}

#[doc(hidden)]
pub use serde;
