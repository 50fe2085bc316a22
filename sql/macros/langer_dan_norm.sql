-- what: whether so many days are more than a norm in weeks; NULL when either is unknown.
-- definition: strict: with a norm of 10 weeks day 70 is in time and day 71 is late.
-- grain: scalar
create or replace macro langer_dan_norm(dagen, norm_weken) as
    dagen > 7 * norm_weken
