-- Erasing looks for goals that were deleted long ago, in all projects. Safe for servers of the release before that are still
-- running.
CREATE INDEX goals_deleted ON goals (project_id, goal_id) WHERE deleted_at IS NOT NULL;
