import { countClicks } from "./counted_clicks";
import { addTour } from "./patience";

/** A review is finished from its form: five promises, each with one click; clicks are counted. */
const { click, check } = countClicks(8);
const CHOSEN = ["closed", "improved", "untouched", "recurred", "closed"];

addTour("performance_closing", {
    steps: () => [
        click(".o_statusbar_buttons button[name=action_open_closing]:visible", "finish the review"),
        ...CHOSEN.flatMap((outcome, index) => [
            {
                content: `promise ${index + 1}, the cursor in its word`,
                trigger: `.o_pr_closing_lines button:eq(${index})[aria-current=step]`,
            },
            {
                content: "a word is typed without a click",
                trigger: "#o_pr_closing_word:focus",
                run: `edit Word ${index + 1}`,
            },
            click(`.o_pr_closing_outcomes button[data-outcome=${outcome}]:enabled`),
        ]),
        {
            content: "what was not kept goes on",
            trigger: ".o_pr_closing:has(.o_pr_closing_left:eq(1)):contains(3 of 5 kept)",
        },
        click(".o_pr_closing .btn-primary:enabled:contains(Finish the review)"),
        {
            content: "the review is done",
            trigger: ".o_form_view:not(:has(.modal)) .o_arrow_button_current:contains(Done)",
        },
        check,
    ],
});
