//! docs/rules.md, sentence by sentence: each test is named after the sentence it proves.

mod actual;
mod advisory;
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
mod past;
mod past_periods;
mod period;
mod previous;
mod status;
mod versions;
