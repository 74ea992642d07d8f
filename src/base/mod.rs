//! Words everyone shares; this floor knows no site.
