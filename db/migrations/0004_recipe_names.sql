-- A recipe is one thing, whatever it is called: buttons and members that know an earlier name still find it.
-- +goose Up

-- Names that recipes had. A name that a recipe has now goes before one that another had.
CREATE TABLE recipe_former (
    scope  TEXT    NOT NULL,
    key    TEXT    NOT NULL, -- as in recipe
    recipe INTEGER NOT NULL REFERENCES recipe (id) ON DELETE CASCADE,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX recipe_former_recipe ON recipe_former (recipe);

-- What messages name a recipe by: when it was made, which stays when a history moves and ids do not.
CREATE INDEX recipe_created ON recipe (scope, created);
