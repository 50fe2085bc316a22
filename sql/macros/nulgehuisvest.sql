-- what: whether a municipality housed nobody on balance while it had a task: realisatie 0 or below and gecorrigeerd above 0.
-- definition: below zero too, when corrections of earlier afmeldingen outweigh the moves.
-- grain: scalar
create or replace macro nulgehuisvest(realisatie, gecorrigeerd) as
    realisatie <= 0 and gecorrigeerd > 0
