import { countClicks } from "./counted_clicks";
import { addTour } from "./patience";

/** From the end of the dialogue to a proposed agreement, the draft taken over; clicks are counted. */
const { click, check } = countClicks(12);

const goal = "[name=goal_ids] .o_data_row:first";

addTour("performance_agreement_draft", {
    steps: () => [
        click(".o_statusbar_buttons button[name=action_finish]:visible", "the talk is over"),
        click(".o_statusbar_buttons button[name=action_open_agreement]:visible"),
        click("[name=suggestions] button[name=action_accept_suggestions]", "take the draft over"),
        {
            content: "what is missing is said at the goal",
            trigger: `${goal} [name=missing_text]:contains(the means)`,
        },
        {
            content: "all three layers are in sight",
            trigger:
                ".o_form_view:has([name=change_ids] .o_data_row):has([name=support_ids] .o_data_row)",
        },
        click(`${goal} [name=means]`),
        {
            content: "say how",
            trigger: `${goal}.o_selected_row [name=means] textarea`,
            run: "edit A checklist",
        },
        click(`${goal}.o_selected_row [name=parent_id] input`, "what it contributes to"),
        click(".o-autocomplete--dropdown-item:contains(Fewer complaints)"),
        click(".o_statusbar_buttons button[name=action_propose]:visible"),
        {
            content: "it is proposed",
            trigger: ".o_form_view .o_arrow_button_current:contains(Proposed)",
        },
        check,
    ],
});
