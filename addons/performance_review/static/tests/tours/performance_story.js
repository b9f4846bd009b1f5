import { inputFiles } from "@web/../tests/utils";
import { addTour } from "./patience";

/**
 * The main job in a browser. Each persona has a tour and a session of its own; the Python test
 * runs them one after the other on the same data.
 */

const RESULTS = [
    "Employee,KPI,Unit,Weight,Baseline,Target,Actual,Direction,Rating",
    "pr_porter@example.com,Complaints,per month,2,8,4,5,less is better,B",
    "pr_porter@example.com,Benches finished,pieces,1,0,100,90,more is better,B",
].join("\n");

/** Add the line with this number; the row before it may still be selected for a moment. */
function addLine(list, cells, number = 1) {
    const root = `.o_field_widget[name="${list}"]`;
    const row = `${root} .o_data_row:eq(${number - 1}).o_selected_row`;
    return [
        {
            content: `add a line to ${list}`,
            trigger: `${root} .o_field_x2many_list_row_add a, ${root} .o_field_x2many_list_row_add button`,
            run: "click",
        },
        ...Object.entries(cells).map(([name, text]) => ({
            content: `fill ${name} of ${list}`,
            trigger: `${row} [name="${name}"] textarea, ${row} [name="${name}"] input`,
            run: `edit ${text}`,
        })),
    ];
}

/** Type a point and its fact, Enter after each; the card is the one with this number. */
function addPoint(kind, name, fact, number) {
    return [
        {
            content: `add a ${kind}`,
            trigger: `.o_pr_${kind} .o_pr_add textarea`,
            run: `edit ${name} && press Enter`,
        },
        {
            content: `say the fact of ${name}`,
            trigger: `.o_pr_${kind} .o_pr_point:eq(${number - 1}) [name=fact] textarea`,
            run: `edit ${fact} && press Enter`,
        },
    ];
}

function openPage(name) {
    return {
        content: `open the page ${name}`,
        trigger: `.o_notebook .nav-link[name="${name}"]`,
        run: "click",
    };
}

function fill(name, text, root = ".o_form_view") {
    return {
        content: `fill ${name}`,
        trigger: `${root} .o_field_widget[name="${name}"] input, ${root} .o_field_widget[name="${name}"] textarea`,
        run: `edit ${text}`,
    };
}

addTour("performance_story_hr", {
    url: "/odoo/action-performance_review.performance_cycle_action",
    steps: () => [
        { content: "new cycle", trigger: ".o_list_button_add", run: "click" },
        {
            content: "name it",
            trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
            run: "edit Story cycle",
        },
        {
            content: "import the results",
            trigger: ".o_statusbar_buttons button:contains(Import results)",
            run: "click",
        },
        {
            content: "choose the file",
            trigger: ".modal .o_field_widget[name=file]",
            async run() {
                const file = new File([RESULTS], "results.csv", { type: "text/csv" });
                await inputFiles(".modal .o_field_widget[name=file] input[type=file]", [file]);
            },
        },
        {
            content: "wait for the upload",
            trigger: ".modal .o_field_widget[name=file] input:value(results.csv)",
        },
        {
            content: "dry run",
            trigger: ".modal button[name=action_check]",
            run: "click",
        },
        { content: "nothing wrong", trigger: ".modal .alert-success:contains(2)" },
        { content: "import", trigger: ".modal button[name=action_import]", run: "click" },
        {
            content: "the result is there",
            trigger: ".o_list_view .o_data_row:contains(Pr Porter)",
        },
        {
            content: "back to the cycles",
            trigger: ".o_menu_sections button[data-menu-xmlid='performance_review.menu_cycles']",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu [data-menu-xmlid='performance_review.menu_cycles_all']",
            run: "click",
        },
        {
            content: "open the cycle",
            trigger: ".o_data_row .o_data_cell[name=name]:contains(Story cycle)",
            run: "click",
        },
        {
            content: "preview the launch",
            trigger: ".o_statusbar_buttons button:contains(Launch)",
            run: "click",
        },
        {
            content: "somebody is left out and told why",
            trigger: ".modal .o_data_row:contains(No manager)",
        },
        { content: "launch", trigger: ".modal button[name=action_launch]", run: "click" },
        {
            content: "the cycle is open",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Open)",
        },
    ],
});

addTour("performance_story_manager", {
    url: "/odoo/action-performance_review.performance_review_action",
    steps: () => [
        {
            content: "drag a card whose preparation is empty",
            trigger: ".o_kanban_group:contains(Preparation) .o_kanban_record:contains(Pr Porter)",
            run: "drag_and_drop(.o_kanban_group:eq(1))",
        },
        {
            content: "the guard of every other way answers",
            trigger: ".modal:contains(Strengths: 0 of 3)",
        },
        { trigger: ".modal button:contains(Close)", run: "click" },
        {
            content: "open the card",
            trigger: ".o_kanban_group:contains(Preparation) .o_kanban_record:contains(Pr Porter)",
            run: "click",
        },
        {
            content: "evidence is there",
            trigger: ".o_performance_evidence li:contains(Complaints)",
        },
        ...["strength", "gap", "support"].flatMap((kind) =>
            [1, 2, 3].flatMap((number) =>
                addPoint(
                    kind,
                    `${kind} ${number}`,
                    `Seen on 3 February: ${kind} ${number}`,
                    number,
                ),
            ),
        ),
        {
            content: "go on to the dialogue",
            trigger: ".o_statusbar_buttons button:contains(Go to the dialogue)",
            run: "click",
        },
        {
            content: "open the record of the dialogue",
            trigger: ".o-form-buttonbox button[name=action_open_dialogue]:visible",
            run: "click",
        },
        {
            content: "topics come from the outline",
            trigger: "[name=topic_ids] .o_data_row:contains(Which result fell short)",
        },
        fill("date_start", "03/02/2026 09:00:00"),
        { trigger: ".o_form_view .oe_title", run: "click" },
        fill("date_end", "03/02/2026 10:00:00"),
        { trigger: ".o_form_view .oe_title", run: "click" },
        openPage("feedback"),
        ...addLine("feedback_ids", {
            behaviour: "Asked before ordering",
            effect: "No wrong parts",
            suggestion: "Keep asking",
            thanks: "Thank you",
        }),
        openPage("calibration"),
        fill("expectations", "Shared"),
        fill("support_needed", "A second bench"),
        {
            content: "the talk is over",
            trigger: ".o_statusbar_buttons button[name=action_finish]:visible",
            run: "click",
        },
        {
            content: "write the agreement",
            trigger: ".o_statusbar_buttons button[name=action_open_agreement]:visible",
            run: "click",
        },
        ...addLine("goal_ids", {
            name: "Halve the complaints",
            metric: "Complaints",
            baseline: "8",
            target: "4",
            unit: "per month",
            means: "A checklist",
        }),
        {
            content: "contributes to",
            trigger: "[name=goal_ids] .o_selected_row [name=parent_id] input",
            run: "edit Fewer",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Fewer complaints)",
            run: "click",
        },
        {
            content: "the goal is complete",
            trigger:
                "[name=goal_ids] .o_selected_row [name=parent_id] input:value(Fewer complaints)",
        },
        {
            content: "propose too early",
            trigger: ".o_statusbar_buttons button[name=action_propose]:visible",
            run: "click",
        },
        {
            content: "what is missing is named",
            trigger: ".modal:contains(Add one or two behaviours to change)",
        },
        { trigger: ".modal button:contains(Close)", run: "click" },
        ...addLine("change_ids", { name: "Confirms every handover in writing" }),
        ...addLine("support_ids", { name: "A second bench" }),
        {
            content: "propose it",
            trigger: ".o_statusbar_buttons button[name=action_propose]:visible",
            run: "click",
        },
        {
            content: "sign it",
            trigger: ".o_statusbar_buttons button[name=action_open_sign]:visible",
            run: "click",
        },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        {
            content: "signed by the reviewer, waiting for the employee",
            trigger:
                ".o_form_view:not(:has(button[name=action_open_sign]:visible)) .o_arrow_button_current:contains(Proposed)",
        },
    ],
});

function openReview() {
    return {
        content: "open the review of the cycle",
        trigger: ".o_pr_card a:contains(Story cycle)",
        run: "click",
        expectUnloadPage: true,
    };
}

addTour("performance_story_employee_prepares", {
    url: "/my/reviews",
    steps: () => [
        openReview(),
        {
            content: "write an answer, saved by itself",
            trigger: ".o_pr_self_assessment textarea[data-is-question]:first",
            run: "edit I finished the new bench in time.",
        },
        {
            content: "what I want to talk about",
            trigger: "#o_pr_text_agenda",
            run: "edit The second bench",
        },
        { content: "saved", trigger: ".o_pr_save_state[data-state=saved]" },
        { content: "hand it in", trigger: ".o_pr_submit", run: "click" },
        { content: "told what is answered", trigger: "#o_pr_submit_modal.show:contains(1)" },
        {
            trigger: "#o_pr_submit_modal.show .o_pr_submit_confirm",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "read-only from now on",
            trigger:
                ".o_pr_review:not(:has(.o_pr_self_assessment)):contains(I finished the new bench)",
        },
    ],
});

addTour("performance_story_employee_signs", {
    url: "/my/reviews",
    steps: () => [
        openReview(),
        {
            content: "what others owe stands beside what I owe",
            trigger: ".o_pr_review:contains(A second bench):contains(Halve the complaints)",
        },
        { trigger: "button[data-bs-target='#o_pr_sign_agree']", run: "click" },
        {
            content: "type the name",
            trigger: "#o_pr_sign_agree.show .o_web_sign_name_and_signature input",
            run: "edit Pr Porter",
        },
        {
            content: "the typed name is drawn",
            trigger: "#o_pr_sign_agree.show canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            trigger: "#o_pr_sign_agree.show .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "both have signed, and what is shown is found to be what was signed",
            trigger: "#agreement .o_pr_verified:contains(SHA-256)",
        },
    ],
});
