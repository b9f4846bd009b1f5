import { countClicks } from "./counted_clicks";
import { addTour } from "./patience";

/** A checkpoint is noted from its review: two lines, and it took place; clicks are counted. */
const { click, check } = countClicks(5);

const line = (text) => `.o_pr_noting_line:contains(${text})`;

addTour("performance_noting", {
    steps: () => [
        click(
            ".o_form_view [name=next_action_label] button, .o_form_view div[name=next_action] button",
        ),
        click(`${line("Halve the complaints")} input:first`, "the figure of the goal"),
        {
            content: "type it",
            trigger: `${line("Halve the complaints")} input:first`,
            run: "edit 6,5",
        },
        click(`${line("Confirms every handover")} button:contains(Seen)`, "the behaviour was seen"),
        click(".o_pr_noting button[data-act=done]:enabled"),
        {
            content: "it took place",
            trigger: "body:not(:has(.modal)) [name=checkpoint_ids] .badge:contains(Done)",
        },
        check,
    ],
});
