//! docs/rules.md, sentence by sentence: each test is named after the sentence it proves.

mod actual;
mod advisory;
mod back_test;
mod bounds;
mod campaign;
mod case;
mod course;
mod evidence;
mod goal_form;
mod judging;
mod local_days;
mod misreadings;
mod name;
mod named;
mod numbers;
mod overview;
mod period;
mod previous;
mod status;
mod track_record;
mod versions;
